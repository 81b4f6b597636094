using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>What a run over an inbox tells the scheduler: each row of the table, and which row comes first.</summary>
public class InboxExitCodeTests
{
    private static readonly byte[] s_notes = "notes"u8.ToArray();

    [Fact]
    public async Task Zero_when_all_is_done()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        Assert.Equal(0, session.Pass().ExitCode);
    }

    [Fact]
    public async Task One_when_a_document_is_filed_in_failed_even_if_others_are_left()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("notes.pdf", s_notes);
        session.Add("young.pdf", age: TimeSpan.Zero);
        session.Add("good.pdf");
        Assert.Equal(1, session.Pass().ExitCode);
        Assert.Equal(3, session.Pass().ExitCode);
    }

    [Fact]
    public async Task One_when_a_document_is_filed_in_review()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        Assert.Equal(1, session.Pass("-MinimumScore 1").ExitCode);
    }

    [Theory]
    [InlineData("ApiKeyRejected", "Connect-Nanonets -ApiKey wrong -BaseUri $uri -ModelId $model")]
    [InlineData("ApiKeyMissing", "Disconnect-Nanonets")]
    [InlineData("ModelNotFound", "Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId 11111111-2222-4333-8444-555555555555")]
    [InlineData("ModelIdMissing", "Connect-Nanonets -ApiKey $key -BaseUri $uri")]
    [InlineData("ConnectionFailed", "Connect-Nanonets -ApiKey $key -BaseUri http://127.0.0.1:9 -ModelId $model -MaximumRetryCount 0")]
    [InlineData("JournalUnavailable", "[IO.Directory]::CreateDirectory(\"$folder/out/uploads.db\")")]
    [InlineData("FileMissing", "[IO.Directory]::Move(\"$folder/inbox\", \"$folder/elsewhere\")")]
    [InlineData("DestinationInvalid", "[IO.File]::WriteAllText(\"$folder/out\", 'a file')")]
    [InlineData("FileNotWritten", "[IO.File]::WriteAllText([IO.Directory]::CreateDirectory(\"$folder/out\").FullName + '/done', '')")]
    public async Task Two_when_nothing_could_be_done_and_nothing_is_lost(string errorId, string cause)
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Module.Run(cause);
        RunResult result = session.Run("-OutageTimeout 0");
        var run = new InboxRunView(Assert.Single(result.Output));
        Assert.Equal((2, errorId), (run.ExitCode, run.ErrorId));
        Assert.Equal(errorId, result.OnlyError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(errorId, run.Summary);
        Assert.Single(session.Files(), static file => file.EndsWith("/a.pdf", StringComparison.Ordinal));
        Assert.DoesNotContain(session.Files(), static file => file.Contains("done/a", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("inbox inbox")]
    [InlineData("out/done out")]
    public async Task Two_when_what_was_filed_would_come_again_and_nothing_is_made(string folders)
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        Directory.CreateDirectory(session.PathOf("out", "done"));
        RunResult result = session.Module.Run($"Invoke-NanonetsInbox {folders} -Label total_amount");
        Assert.Equal("DestinationInvalid", result.OnlyError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(2, new InboxRunView(Assert.Single(result.Output)).ExitCode);
        Assert.Equal(["a.pdf"], session.Files("inbox"));
    }

    [Fact]
    public async Task Two_when_the_quota_is_used_up_before_anything_was_read()
    {
        await using InboxSession session = await InboxSession.StartAsync(
            options: new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero, FreePages = 0 });
        session.Add("a.pdf");
        RunResult result = session.Run();
        Assert.Equal("QuotaExhausted", result.OnlyError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(2, new InboxRunView(result.Output[0]).ExitCode);
        Assert.Equal(["a.pdf"], session.Files("inbox"));
    }

    [Fact]
    public async Task Two_comes_before_one()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Module.Run("Connect-Nanonets -ApiKey wrong -BaseUri $uri -ModelId $model");
        session.Add("a.pdf", age: TimeSpan.FromHours(1));
        session.Add("notes.pdf", s_notes, TimeSpan.FromHours(2));
        var run = new InboxRunView(session.Run().Output[0]);
        Assert.Equal((2, 1), (run.ExitCode, run.Count("Failed")));
    }

    [Fact]
    public async Task Three_when_something_was_done_before_the_quota_was_used_up()
    {
        await using InboxSession session = await InboxSession.StartAsync(
            options: new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero, FreePages = 1 });
        session.Add("a.pdf");
        session.Add("b.pdf");
        var run = new InboxRunView(session.Run("-ThrottleLimit 1").Output[0]);
        Assert.Equal((3, "QuotaExhausted"), (run.ExitCode, run.ErrorId));
        Assert.Equal((1, 1), (run.Count("Done"), run.Count("Unsent")));
    }

    [Fact]
    public async Task Three_when_the_budget_leaves_documents_for_the_next_run()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        foreach (string name in (string[])["a.pdf", "b.pdf", "c.pdf"])
            session.Add(name);
        InboxRunView run = session.Pass("-PageBudget 2");
        Assert.Equal((3, 2, 1), (run.ExitCode, run.Count("Done"), run.Count("Unsent")));
        Assert.Equal((0, 3), (session.Pass("-PageBudget 2").ExitCode, session.Charges));
    }

    [Fact]
    public async Task Three_when_a_result_is_not_there_in_time_and_the_next_run_fetches_it()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        FaultRule never = session.Module.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.Status, Route = "GetPredictions", Status = 503 });
        InboxRunView run = session.Pass("-Timeout 1");
        Assert.Equal((3, "Pending"), (run.ExitCode, run.Of("a.pdf")));
        session.Module.Emulator.Faults.Remove(never);
        run = session.Pass();
        Assert.Equal((0, "Done", 1), (run.ExitCode, run.Of("a.pdf"), session.Charges));
        Assert.Single(session.Rows());
    }

    [Fact]
    public async Task Three_when_a_document_is_held()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Add("b.pdf");
        Hold("a.pdf");
        session.Module.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.CutUnprocessed, Route = "LabelFile", To = 1 });
        Hold("b.pdf");
        InboxRunView run = session.Pass("-Journal held.db");
        Assert.Equal((3, "Done", "Held"), (run.ExitCode, run.Of("a.pdf"), run.Of("b.pdf")));
        Assert.Equal("UploadAmbiguous", run.Of("b.pdf", "ErrorId"));
        Assert.Equal(["b.pdf"], session.Files("inbox"));

        void Hold(string name) => session.Module.Run($"Send-NanonetsDocument ([IO.FileInfo]::new(\"$folder/inbox/{name}\")) "
            + "-Journal held.db -OnAmbiguous Hold -ErrorAction SilentlyContinue");
    }

    [Fact]
    public async Task Three_when_the_rows_cannot_be_written_yet()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        Directory.CreateDirectory(session.PathOf("out"));
        File.WriteAllText(session.PathOf("out", "rows"), "a file in the way");
        RunResult result = session.Run();
        Assert.Equal(3, new InboxRunView(Assert.Single(result.Output)).ExitCode);
        Assert.Contains("The rows are kept", Assert.Single(result.Warnings));

        // The next one goes on all the same.
        session.Add("b.pdf");
        result = session.Run();
        Assert.Equal((3, 1), (new InboxRunView(result.Output[0]).ExitCode, new InboxRunView(result.Output[0]).Count("Done")));

        File.Delete(session.PathOf("out", "rows"));
        Assert.Equal(0, session.Pass().ExitCode);
        Assert.Equal(2, session.Rows().Count);
        Assert.DoesNotContain(session.Files("out"), static file => file.StartsWith(".nanonets", StringComparison.Ordinal));
    }
}
