using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

public class GetNanonetsResultTests
{
    [Theory]
    [InlineData(PendingAnswer.PendingPages)]
    [InlineData(PendingAnswer.Empty)]
    [InlineData(PendingAnswer.NotFound)]
    [InlineData(PendingAnswer.Partial)]
    public async Task Waits_until_documents_are_read_whatever_pending_looks_like(PendingAnswer shape)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(
            options: new EmulatorOptions { PendingAnswer = shape, ProcessingTimePerPage = TimeSpan.FromMilliseconds(1200) });
        session.AddFiles(2);
        RunResult result = session.Run("Get-ChildItem *.png | Send-NanonetsDocument | Get-NanonetsResult -Wait");
        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
        Assert.All(result.Values("State"), state => Assert.Equal("Success", state!.ToString()));
        Assert.Equal(
            ["doc-01.png", "doc-02.png"], result.Values("SourcePath").Select(path => System.IO.Path.GetFileName((string)path!)).Order());
    }

    [Theory]
    [InlineData("Continue", true)]
    [InlineData("SilentlyContinue", false)]
    public async Task Shows_how_many_are_waited_for_unless_nobody_looks(string preference, bool shown)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(
            options: new EmulatorOptions { ProcessingTimePerPage = TimeSpan.FromMilliseconds(1200) });
        session.AddFiles(2);
        session.Run($"$ProgressPreference = '{preference}'; Get-ChildItem *.png | Send-NanonetsDocument | Get-NanonetsResult -Wait");
        ProgressRecord[] records = [.. session.Console.Progress.Where(record => record.Activity == "Waiting for results from Nanonets")];
        Assert.Equal(shown, records.Length > 0);
        if (!shown)
            return;

        Assert.Contains(records, record => record.StatusDescription == "0 of 2 documents finished");
        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
        Assert.InRange(records.Length, 2, 100);
    }

    [Theory]
    [InlineData("$id | Get-NanonetsResult")]
    [InlineData("Get-NanonetsResult $id")]
    [InlineData("Get-NanonetsResult -RequestFileId $id -ModelId $model")]
    [InlineData("[pscustomobject]@{ RequestFileId = $id; ModelId = $model } | Get-NanonetsResult")]
    [InlineData("$page | Get-NanonetsResult")]
    [InlineData("$page, $page | Get-NanonetsResult")]
    [InlineData("Get-NanonetsResult -InputObject $page")]
    [InlineData("Get-NanonetsResult -Id $page.Id")]
    [InlineData("Get-NanonetsResult -Id $page.Id -Wait")]
    [InlineData("$id | Get-NanonetsResult -Wait")]
    public async Task Finds_a_file_however_it_is_named(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        session.Run("$page = Send-NanonetsDocument a.png; $id = $page.RequestFileId");
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Equal("Success", Assert.Single(result.Values("State"))!.ToString());
    }

    [Theory]
    [InlineData("1..20 | ForEach-Object { [pscustomobject]@{ RequestFileId = $page.RequestFileId; line = $_ } } | Get-NanonetsResult")]
    [InlineData("1..20 | ForEach-Object { $page.RequestFileId } | Get-NanonetsResult")]
    [InlineData("Get-NanonetsResult -RequestFileId (@($page.RequestFileId) * 20)")]
    [InlineData("Get-NanonetsResult -Id (@($page.Id) * 20)")]
    public async Task Of_many_rows_of_one_file_it_is_asked_for_once(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("invoice.pdf", TestInvoice.Create());
        session.Run("$page = Send-NanonetsDocument invoice.pdf -ProcessingType Sync");
        int before = session.Emulator.Requests.All.Count;
        Assert.Single(session.Run(script).Output);
        Assert.Equal(1, session.Emulator.Requests.All.Count - before);
    }

    [Fact]
    public async Task One_page_can_be_indexed_like_several()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        RunResult result = session.Run("$page = Send-NanonetsDocument a.png; $page[0], $page[-1] | ForEach-Object Input; $null -eq "
            + "$page[1]; $null -eq $page['nothing']");
        Assert.Equal(["a.png", "a.png", "True", "True"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public async Task Finished_pages_pass_through_without_a_request()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        RunResult result = session.Run("Get-ChildItem *.png | Send-NanonetsDocument -ProcessingType Sync | Get-NanonetsResult -Wait");
        Assert.Equal(3, result.Output.Count);
        Assert.All(session.Emulator.Requests.All, request => Assert.True(request.Route is "LabelFile" or "GetModel", request.Route));
    }

    [Fact]
    public async Task Asked_once_it_answers_in_the_order_of_the_input()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(8);
        session.Run("$ids = (Get-ChildItem *.png | Sort-Object Name | Send-NanonetsDocument -Ordered).RequestFileId");
        session.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.Delay, Route = "GetPredictions", From = 1, To = 1, Delay = TimeSpan.FromMilliseconds(200) });
        RunResult result = session.Run("$ids | Get-NanonetsResult");
        Assert.Equal(Enumerable.Range(1, 8).Select(i => $"doc-{i:00}.png"), result.Values("Input"));
    }

    [Fact]
    public async Task Unknown_files_are_one_error_each_and_the_others_come()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        RunResult result = session.Run("$id = (Send-NanonetsDocument a.png).RequestFileId; 'nobody', $id, 'nowhere' | Get-NanonetsResult");
        Assert.Single(result.Output);
        Assert.Equal(["DocumentNotFound", "DocumentNotFound"], result.ErrorIds);
        Assert.Equal("Nanonets.PageResult", result.Errors[0].TargetObject.GetType().FullName);
    }

    [Fact]
    public async Task A_document_that_could_not_be_read_comes_out_and_is_an_error()
    {
        var options = new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero };
        options.FailingFiles.Add("doc-01.png");
        await using ModuleSession session = await ModuleSession.StartAsync(options: options);
        session.AddFiles(2);
        RunResult result = session.Run("Get-ChildItem *.png | Send-NanonetsDocument | Get-NanonetsResult -Wait");
        Assert.Equal(["Failure", "Success"], result.Values("State").Select(state => state!.ToString()).Order());
        Assert.Equal(["DocumentFailed"], result.ErrorIds);
        Assert.Contains("doc-01.png", result.Errors[0].ToString());
    }

    [Theory]
    [InlineData("-Timeout 1")]
    [InlineData("-Timeout '1'")]
    [InlineData("-Timeout '00:00:01'")]
    [InlineData("-Timeout ([timespan]::FromSeconds(1))")]
    public async Task A_time_out_is_one_error_per_file_and_can_be_gone_on_with(string timeout)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(
            options: new EmulatorOptions { ProcessingTimePerPage = TimeSpan.FromMinutes(10) });
        session.AddFiles(2);
        RunResult result = session.Run(
            $"Get-ChildItem *.png | Send-NanonetsDocument | Get-NanonetsResult -Wait {timeout} -ErrorVariable late");
        Assert.Equal(["ResultTimedOut", "ResultTimedOut"], result.ErrorIds);
        session.Emulator.Options.PendingAnswer = PendingAnswer.PendingPages;
        RunResult again = session.Run("$late.TargetObject | Get-NanonetsResult");
        Assert.Equal(2, again.Output.Count);
        Assert.All(again.Values("SourcePath"), Assert.NotNull);
    }

    [Fact]
    public async Task A_rejected_key_is_one_error_with_everything_unread()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(5);
        RunResult result = session.Run(
            "$pages = Get-ChildItem *.png | Send-NanonetsDocument; $other = Connect-Nanonets -ApiKey wrong -BaseUri $uri -PassThru; $pages "
                + "| Get-NanonetsResult -Wait -Connection $other");
        Assert.StartsWith("ApiKeyRejected", result.OnlyError.FullyQualifiedErrorId);
        Assert.Equal(5, Assert.IsType<System.Collections.IList>(result.OnlyError.TargetObject, exactMatch: false).Count);
    }

    [Fact]
    public async Task A_model_id_is_asked_for_when_nobody_gives_one()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFile("a.png");
        session.Run("Connect-Nanonets -ApiKey $key -BaseUri $uri");
        Assert.StartsWith("ModelIdMissing", session.Run("Get-NanonetsResult x").OnlyError.FullyQualifiedErrorId);
        Assert.StartsWith("ModelIdMissing", session.Run("Send-NanonetsDocument a.png").OnlyError.FullyQualifiedErrorId);
    }
}
