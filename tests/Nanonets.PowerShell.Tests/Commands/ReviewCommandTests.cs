using System.Collections;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Approve, Undo, Remove, Restart and Set: what is sent, once for each file, and what a user learns.</summary>
public class ReviewCommandTests
{
    /// <summary>Every cmdlet that changes a stored file, and where its request goes.</summary>
    public static TheoryData<string, string> Cmdlets => new()
    {
        { "Approve-NanonetsDocument", "Inferences/Model/m1/ImageLevelInferences/Verify/" },
        { "Undo-NanonetsApproval", "Inferences/Model/m1/ImageLevelInferences/UnVerify/" },
        { "Remove-NanonetsDocument -Confirm:$false", "Inferences/Model/m1/InferenceRequestFiles/" },
        { "Restart-NanonetsExport", "Inferences/Model/m1/ImageLevelInferences/retryallexports" },
        { "Restart-NanonetsPrediction", "ObjectDetection/Model/m1/RetryPrediction" },
        { "Set-NanonetsReviewer -Reviewer reviewer@example.com", "team/members/model/m1/assign/files" },
    };

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task Each_file_is_asked_for_once_however_it_is_named(string cmdlet, string route)
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult result = session.Run(
            "$pages = Get-NanonetsResult a; $row = [pscustomobject]@{ RequestFileId = 'b'; SourcePath = '/x/b.pdf'; ModelId = '' };"
            + $"& {{ $pages; $pages; $row; 'a'; ' c '; $row }} | {cmdlet}");
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        ServedRequest[] changes = [.. service.Changes];
        Assert.All(changes, change => Assert.StartsWith(route, change.Path));
        string[] files = [.. changes.SelectMany(change => change.Body.Length == 0
            ? [change.Path[route.Length..]]
            : change.Json.GetProperty("file_ids").EnumerateArray().Select(id => id.GetString()!))];
        Assert.Equal(["a", "b", "c"], files.Order());
        Assert.Equal(changes[0].Body.Length == 0 ? 3 : 1, changes.Length);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task WhatIf_changes_nothing_and_names_the_file(string cmdlet, string route)
    {
        Assert.NotEmpty(route);
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Run($"Get-NanonetsResult a | {cmdlet.Replace(" -Confirm:$false", "", System.StringComparison.Ordinal)} -WhatIf");
        Assert.Empty(service.Changes);
        Assert.Contains("a.pdf (file a)", session.Console.Text);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task A_file_that_fails_is_one_error_and_can_be_piped_in_again(string cmdlet, string route)
    {
        Assert.NotEmpty(route);
        await using ScriptedService service = await StartAsync();
        service.Answer = request =>
            request.Method != "GET" && (request.Path.EndsWith("/b", System.StringComparison.Ordinal)
                || request.Body.Contains("\"b\"", System.StringComparison.Ordinal))
            ? (404, ScriptedService.Error(404, "File does not exist")) : null;
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult result = session.Run($"'a', 'b', 'c' | {cmdlet} -ErrorVariable failed");
        Assert.Equal(["DocumentNotFound"], result.ErrorIds);
        Assert.Equal("b", result.Errors[0].TargetObject.GetType().GetProperty("RequestFileId")!.GetValue(result.Errors[0].TargetObject));

        int before = service.Requests.Count;
        service.Answer = _ => null;
        Assert.Empty(session.Run($"$failed.TargetObject | {cmdlet}").Errors);
        Assert.Single(service.Requests.Skip(before));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task What_is_fatal_for_the_run_is_said_once(string cmdlet, string route)
    {
        Assert.NotEmpty(route);
        await using ScriptedService service = await StartAsync();
        service.Answer = _ => (401, "");
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult result = session.Run($"1..60 | ForEach-Object {{ \"file$_\" }} | {cmdlet}");
        Assert.StartsWith("ApiKeyRejected", result.OnlyError.FullyQualifiedErrorId);
        Assert.Equal(60, Assert.IsType<IList>(result.OnlyError.TargetObject, exactMatch: false).Count);
        Assert.InRange(service.Requests.Count, 1, 60);
    }

    [Fact]
    public async Task Ids_travel_together_up_to_fifty()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Run("1..120 | ForEach-Object { \"file$_\" } | Restart-NanonetsPrediction");
        Assert.Equal([20, 50, 50], service.Changes.Select(change => change.Json.GetProperty("file_ids").GetArrayLength()).Order());
        session.Run("[pscustomobject]@{ RequestFileId = 'x'; ModelId = 'other' } | Set-NanonetsReviewer -Member r@example.com");
        Assert.Equal("""team/members/model/other/assign/files {"member":"r@example.com","file_ids":["x"]}""",
            $"{service.Requests[^1].Path} {service.Requests[^1].Body}");
    }

    [Fact]
    public async Task The_model_is_the_pages_own_then_the_parameter_then_the_connections()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Run("Get-NanonetsResult a | Approve-NanonetsDocument -ModelId given; 'b' | Approve-NanonetsDocument -ModelId given; 'c' | "
            + "Approve-NanonetsDocument");
        Assert.Equal(["m1", "given", "m1"], service.Changes.Select(change => change.Path.Split('/')[2]));
    }

    [Theory]
    [InlineData("Restart-NanonetsPrediction", "RequestAmbiguous")]
    [InlineData("Restart-NanonetsExport", "RequestAmbiguous")]
    [InlineData("Approve-NanonetsDocument", "ServiceUnavailable")]
    public async Task What_may_cost_is_doubtful_after_a_lost_answer_and_never_repeated(string cmdlet, string expected)
    {
        await using ScriptedService service = await StartAsync();
        service.Answer = _ => (502, "<html>");
        await using ModuleSession session = await ModuleSession.StartAsync(service, retries: 1);
        Assert.Equal([expected], session.Run($"'a' | {cmdlet}").ErrorIds);
        Assert.Equal(expected == "RequestAmbiguous" ? 1 : 2, service.Requests.Count);
    }

    [Fact]
    public async Task PassThru_writes_what_stands_then()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult approved = session.Run("'a', 'b' | Approve-NanonetsDocument -PassThru");
        Assert.Equal(["a", "a", "b"], approved.Values("RequestFileId"));
        RunResult removed = session.Run("Get-NanonetsResult a | Remove-NanonetsDocument -Confirm:$false -PassThru");
        Assert.Equal("a.pdf", Assert.Single(removed.Values("Input")));
        RunResult again = session.Run("'a' | Restart-NanonetsPrediction -PassThru | Get-NanonetsResult -Wait");
        Assert.Equal(2, again.Output.Count);
    }

    [Theory]
    [InlineData("N", 0)]
    [InlineData("Y", 1)]
    public async Task Removing_asks(string answer, int removed)
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Console.Answers.Enqueue(answer);
        session.Run("Remove-NanonetsDocument a");
        Assert.Equal(removed, service.Changes.Count());
        Assert.Contains("Delete for good", session.Console.Text);
    }

    [Fact]
    public async Task What_names_no_file_is_refused_by_name()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        Assert.Equal(["RequestFileIdMissing"], session.Run("[pscustomobject]@{ Other = 1 }, 'a' | Approve-NanonetsDocument").ErrorIds);
        Assert.Single(service.Changes);
    }

    private static async Task<ScriptedService> StartAsync()
    {
        ScriptedService service = await ScriptedService.StartAsync();
        service.AddFile("a", ["total_amount", "110.00"], ["total_amount", "5.00"]);
        service.AddFile("b", [["total_amount", "7.00"]]);
        return service;
    }
}
