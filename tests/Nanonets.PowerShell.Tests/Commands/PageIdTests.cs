using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Get-NanonetsResult -IdOnly: the page ids of files, and nothing else.</summary>
public class PageIdTests
{
    private const string Long = "itemised-invoice-10-pages.pdf";

    [Theory]
    [InlineData("Get-NanonetsResult $id -IdOnly")]
    [InlineData("Get-NanonetsResult -RequestFileId $id -IdOnly -ModelId $model")]
    [InlineData("$id | Get-NanonetsResult -IdOnly")]
    [InlineData("$id, \" $id \" | Get-NanonetsResult -IdOnly")]
    [InlineData("$pages | Get-NanonetsResult -IdOnly")]
    [InlineData("[pscustomobject]@{ RequestFileId = $id; ModelId = $model; Id = 'of a row' } | Get-NanonetsResult -IdOnly")]
    public async Task Gives_the_ids_of_a_file_once_however_it_is_named(string script)
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Equal(session.Run("$pages.Id").Output.Select(id => id.ToString()), result.Values("Id"));
        Assert.Equal(Enumerable.Range(0, 10).Cast<object>(), result.Values("Page"));
        Assert.All(result.Values("PageCount"), count => Assert.Equal(10, count));
        Assert.Equal(["GetPageIds"], session.Emulator.Requests.All.Select(request => request.Route));
    }

    [Fact]
    public async Task A_single_page_of_a_long_document_is_fetched_by_its_id()
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run("$last = (Get-NanonetsResult $id -IdOnly)[-1]; $last; Get-NanonetsResult -Id $last.Id");
        Assert.Equal([9, 9], result.Values("Page"));
        Assert.Equal(["Pending", "Success"], result.Values("State").Select(state => state!.ToString()));
        Assert.Equal(["GetPageIds", "GetPage"], session.Emulator.Requests.All.Select(request => request.Route));
    }

    [Theory]
    [InlineData("Get-NanonetsResult -PageId $pages[3].PageId")]
    [InlineData("$pages | Export-Clixml pages.xml; Get-NanonetsResult -PageId (Import-Clixml pages.xml)[3].PageId")]
    [InlineData("(Get-NanonetsResult $id -IdOnly)[3] | Select-Object PageId | ForEach-Object { Get-NanonetsResult -Id $_.PageId }")]
    public async Task PageId_is_another_name_of_Id(string script)
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Equal([3], result.Values("Page"));
    }

    [Fact]
    public async Task What_is_known_of_a_file_is_carried_over_and_ids_lead_to_results()
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run("$ids = $pages | Get-NanonetsResult -IdOnly; $ids; $ids | Get-NanonetsResult");
        Assert.Equal(20, result.Output.Count);
        Assert.All(result.Values("Input"), name => Assert.Equal(Long, name));
        Assert.All(result.Values("SourcePath"), path => Assert.Equal(Path.Combine(session.Folder, Long), path));
        Assert.Equal(["GetPageIds", "GetPredictions"], session.Emulator.Requests.All.Select(request => request.Route));
    }

    [Fact]
    public async Task Its_table_shows_the_ids()
    {
        await using ModuleSession session = await StartAsync();
        string id = session.Run("$pages[3].Id").Output.Single().ToString();
        Assert.Contains($" 4/10 Pending        {id}", session.Show("Get-NanonetsResult $id -IdOnly"));
    }

    [Fact]
    public async Task An_unknown_file_is_one_error_and_the_rest_goes_on()
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run("'gone', $id | Get-NanonetsResult -IdOnly");
        Assert.Equal(["DocumentNotFound"], result.ErrorIds);
        Assert.Equal(10, result.Output.Count);
        Assert.Equal(["RequestFileIdMissing"], session.Run("[pscustomobject]@{ Other = 1 } | Get-NanonetsResult -IdOnly").ErrorIds);
        Assert.StartsWith("ApiKeyRejected",
            session.Run("'a', 'b' | Get-NanonetsResult -IdOnly -Connection (Connect-Nanonets -ApiKey wrong -BaseUri $uri "
                + "-ModelId $model -PassThru)").OnlyError.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("Get-NanonetsResult $id -IdOnly -Wait")]
    [InlineData("$pages | Get-NanonetsResult -IdOnly -Timeout 5")]
    [InlineData("Get-NanonetsResult -After 2020-01-01 -IdOnly")]
    public async Task What_makes_no_sense_together_is_refused(string script)
    {
        await using ModuleSession session = await StartAsync();
        Assert.StartsWith("AmbiguousParameterSet", session.Run(script).OnlyError.FullyQualifiedErrorId);
        Assert.Empty(session.Emulator.Requests.All);
    }

    private static async Task<ModuleSession> StartAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile(Long, await File.ReadAllBytesAsync(
            Path.Combine(RepositoryFiles.Root, "samples/documents/invoices", Long), TestContext.Current.CancellationToken));
        session.Run($"$pages = Send-NanonetsDocument {Long} -ProcessingType Sync; $id = $pages[0].RequestFileId");
        session.Emulator.Requests.Clear();
        return session;
    }
}
