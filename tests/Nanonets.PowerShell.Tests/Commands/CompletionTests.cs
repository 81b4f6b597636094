using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Tab, through the real engine.</summary>
public class CompletionTests
{
    private const string Models = """
        [{"model_id":"abc-1","model_type":"ocr","state":5,"categories":[{"name":"total_amount"}]},{"model_id":"x y","model_type":"classification","state":0}]
        """;

    [Theory]
    [InlineData("Send-NanonetsDocument a.png -ModelId ", "abc-1", "'x y'")]
    [InlineData("Get-NanonetsResult -ModelId AB", "abc-1")]
    [InlineData("Get-NanonetsResult -ModelId 'a", "'abc-1'")]
    [InlineData("Get-NanonetsResult -ModelId \"x", "\"x y\"")]
    [InlineData("Approve-NanonetsDocument -ModelId a", "abc-1")]
    [InlineData("Start-NanonetsTraining -ModelId a", "abc-1")]
    [InlineData("Get-NanonetsModel a", "abc-1")]
    public async Task Model_ids_are_offered_in_the_users_quotes(string line, params string[] expected)
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Run("Connect-Nanonets -ApiKey k -BaseUri $service");
        CompletionResult[] offered = [.. await WarmAsync(service, session, line)];
        Assert.Equal(expected, offered.Select(result => result.CompletionText));
        if (expected[0].Contains("abc", System.StringComparison.Ordinal))
            Assert.Equal("ocr - Ready - total_amount", offered[0].ToolTip);
    }

    [Fact]
    public async Task The_list_is_asked_for_once()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        await WarmAsync(service, session, "Get-NanonetsResult -ModelId ");
        int before = service.Requests.Count;
        session.Complete("Get-NanonetsResult -ModelId ");
        session.Complete("Send-NanonetsDocument -ModelId a");
        Assert.Equal(before, service.Requests.Count);
    }

    [Fact]
    public async Task A_failure_is_silent_and_the_connections_model_is_still_offered()
    {
        await using ScriptedService service = await StartAsync();
        service.Answer = _ => (401, "");
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        Assert.Equal(["m1"], session.Complete("Get-NanonetsResult -ModelId ").Select(result => result.CompletionText));
        Assert.Empty(session.Run("$error").Output);
    }

    [Fact]
    public async Task Without_a_connection_nothing_of_ours_is_offered()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        Assert.Empty(session.Complete("Get-NanonetsResult -ModelId "));
    }

    [Fact]
    public async Task Files_seen_in_the_session_are_offered_newest_first_with_their_names()
    {
        await using ScriptedService service = await StartAsync();
        service.AddFile("file-a", [["total_amount", "1"]]);
        service.AddFile("file-b", [["total_amount", "1"]]);
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Run("Get-NanonetsResult file-a; Get-NanonetsResult file-b");
        CompletionResult[] offered = [.. session.Complete("Approve-NanonetsDocument -RequestFileId f")];
        Assert.Equal(["file-b", "file-a"], offered.Select(result => result.CompletionText));
        Assert.Equal("file-b.pdf", offered[0].ToolTip);
    }

    [Fact]
    public async Task Labels_of_the_model_and_of_the_session_are_offered()
    {
        await using ScriptedService service = await StartAsync();
        service.AddFile("file-a", [["total_amount", "1", "seller name", "N"]]);
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Run("Connect-Nanonets -ApiKey k -BaseUri $service -ModelId abc-1; $pages = Get-NanonetsResult file-a");
        await WarmAsync(service, session, "Get-NanonetsResult -ModelId ");
        CompletionResult[] offered = [.. session.Complete("$pages | ConvertTo-NanonetsRow -Label ")];
        Assert.Equal(["total_amount", "'seller name'"], offered.Select(result => result.CompletionText));
        Assert.Equal(["label of the model", "seen in this session"], offered.Select(result => result.ToolTip));
    }

    [Fact]
    public async Task Fields_to_correct_are_offered_as_a_hashtable_ready_for_the_text()
    {
        await using ScriptedService service = await StartAsync();
        service.AddFile("file-a", [["seller name", "N"]]);
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Run("Connect-Nanonets -ApiKey k -BaseUri $service -ModelId abc-1; $null = Get-NanonetsResult file-a");
        await WarmAsync(service, session, "Get-NanonetsResult -ModelId ");
        CompletionResult[] offered = [.. session.Complete("Update-NanonetsResult file-a -Field ")];
        Assert.Equal(["@{ total_amount = '' }", "@{ 'seller name' = '' }"], offered.Select(result => result.CompletionText));
        Assert.Equal(
            ["total_amount"], session.Complete("Add-NanonetsTrainingDocument a.png -Category tot").Select(result => result.CompletionText));
    }

    [Theory]
    [InlineData("Start-NanonetsTraining -ModelType l", "localization")]
    [InlineData("New-NanonetsModel a, b -ModelType c", "classification")]
    [InlineData("Send-NanonetsDocument -ProcessingType S", "Sync")]
    public async Task Words_that_are_known_are_offered(string line, string expected)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        Assert.Equal(expected, Assert.Single(session.Complete(line)).CompletionText);
    }

    /// <summary>The first Tab waits only for a moment: on a slow machine a later one has the answer.</summary>
    private static async Task<System.Collections.Generic.IReadOnlyList<CompletionResult>> WarmAsync(
        ScriptedService service, ModuleSession session, string line)
    {
        while (true)
        {
            System.Collections.Generic.IReadOnlyList<CompletionResult> offered = session.Complete(line);
            if (service.Requests.Count > 0 && offered.Any(result => result.ToolTip != "the connection's model"))
                return offered;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<ScriptedService> StartAsync()
    {
        ScriptedService service = await ScriptedService.StartAsync();
        service.Answer = request =>
            request.Path.StartsWith("ImageCategorization/Models", System.StringComparison.Ordinal) ? (200, Models) : null;
        return service;
    }
}
