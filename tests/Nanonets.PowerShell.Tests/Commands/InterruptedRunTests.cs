using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>
/// Runs with a journal that end before their time, seen from the pipeline: whatever was paid for comes out then or later, and nothing is
/// paid for twice.
/// </summary>
public class InterruptedRunTests
{
    private const string Send = "Get-ChildItem *.png | Send-NanonetsDocument -Journal uploads.db -ThrottleLimit 3";

    [Fact]
    public Task Stopped_at_random_instants_a_run_can_be_gone_on_with() => StopAsync(files: 30, stops: 5);

    [Fact(Explicit = true)]
    public Task Stopped_at_fifty_random_instants_a_run_can_be_gone_on_with() => StopAsync(files: 500, stops: 50);

    [Fact]
    public async Task A_consumer_that_breaks_at_random_instants_loses_nothing()
    {
        await using ModuleSession session = await SlowSessionAsync(30);
        var random = new Random(20250317);
        for (int run = 0; run < 5; run++)
            Assert
                .Equal(1,
                    await Task.Run(() => session.Run($"(1..1).ForEach({{ $seen = 0; foreach ($x in 1) {{ {Send} -NewOnly | ForEach-Object "
                        + $"{{ if (++$seen -ge {random.Next(1, 5)}) {{ break }} }} }} }}); 1").Output.Count,
                        TestContext.Current.CancellationToken));
        CheckAll(session, 30);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    public async Task From_one_document_on_nothing_is_taken_and_a_waiting_consumer_gets_what_was(int status)
    {
        const int taken = 7;
        await using ModuleSession session = await ModuleSession.StartAsync(options: new EmulatorOptions
        {
            ProcessingTimePerPage = TimeSpan.FromMilliseconds(50), FreePages = status == 402 ? taken : null,
        });
        session.AddFiles(20);
        if (status == 401)
            session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 401, Route = "LabelFile", From = taken + 1 });
        RunResult result = session.Run(Send + " | Get-NanonetsResult -Wait");
        Assert.Equal(taken, result.Values("RequestFileId").Distinct().Count());
        Assert.All(result.Values("State"), static state => Assert.Equal("Success", state!.ToString()));
        Assert.StartsWith(status == 401 ? "ApiKeyRejected" : "QuotaExhausted", result.OnlyError.FullyQualifiedErrorId);
        Assert.Equal(20 - taken, Assert.IsType<FileInfo[]>(result.OnlyError.TargetObject).Length);
        Assert.InRange(session.Uploads.Count(upload => upload.Status == status), 1, 3);
        session.Emulator.Faults.Clear();
        session.Emulator.Options.FreePages = null;
        CheckAll(session, 20);
    }

    [Fact]
    public async Task An_error_that_stops_the_script_leaves_every_paid_upload_in_the_journal()
    {
        await using ModuleSession session = await SlowSessionAsync(12);
        File.Delete(Path.Combine(session.Folder, "doc-06.png"));
        session.AddFile("doc-06.png", []);
        RunResult stopped = session.Run(Send + " -ErrorAction Stop");
        Assert.StartsWith("EmptyFile", stopped.OnlyError.FullyQualifiedErrorId);
        int charged = session.Emulator.Billing.Charges.Count;
        Assert.InRange(charged, 1, 11);
        Assert.Equal(
            charged,
            session.Run("Get-NanonetsJournalEntry -Journal uploads.db").Values("State")
                .Count(static state => state!.ToString() is "Accepted" or "Finished"));
        session.AddFile("doc-06.png");
        CheckAll(session, 12);
    }

    private static async Task StopAsync(int files, int stops)
    {
        await using ModuleSession session = await SlowSessionAsync(files);
        var random = new Random(20250317);
        TimeSpan slowest = TimeSpan.Zero;
        for (int stop = 0; stop < stops; stop++)
        {
            int before = session.Uploads.Count();
            int at = random.Next(1, Math.Max(2, files / stops));
            using System.Management.Automation.PowerShell shell = session.Create(Send);
            IAsyncResult running = shell.BeginInvoke();
            while (session.Uploads.Count() < before + at && !running.IsCompleted)
                await Task.Delay(2, TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(0, 20), TestContext.Current.CancellationToken);
            var watch = Stopwatch.StartNew();
            shell.Stop();
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            Assert.Empty(session.Emulator.Billing.ChargedTwice);
        }

        CheckAll(session, files);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{files} documents, stopped {stops} times: all charged once; the slowest prompt came after {slowest.TotalMilliseconds:0} ms");
    }

    /// <summary>Every document is stored before its answer takes its time, so that what is cut off can be found.</summary>
    private static async Task<ModuleSession> SlowSessionAsync(int files)
    {
        ModuleSession session = await ModuleSession.StartAsync();
        for (int i = 1; i <= files; i++)
            session.AddFile($"doc-{i:00}.png");
        session.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.DelayAfter, Delay = TimeSpan.FromMilliseconds(15), Route = "LabelFile" });
        return session;
    }

    /// <summary>The same line once more: every document has its id, all differ, and each was charged once.</summary>
    private static void CheckAll(ModuleSession session, int files)
    {
        RunResult last = session.Run(Send);
        if (last.Errors.Count > 0)
        {
            // Cut off before the service had stored it, which nobody here can know for ten minutes: it is held, and a person who has looked
            // says so.
            Assert.All(last.ErrorIds, static id => Assert.Equal("UploadAmbiguous", id));
            Assert.Equal(files - last.Errors.Count, session.Emulator.Billing.Charges.Count);
            session.Run("Get-NanonetsJournalEntry -Journal uploads.db -State Held | Resolve-NanonetsJournalEntry -Resend");
            last = session.Run(Send);
            Assert.Empty(last.Errors);
        }

        Assert.Equal(files, last.Values("RequestFileId").Distinct().Count());
        Assert.Equal(files, session.Emulator.Billing.Charges.Count);
        Assert.Empty(session.Emulator.Billing.ChargedTwice);
        Dictionary<string, string> names = session.Emulator.Billing.Charges.ToDictionary(
            static charge => charge.RequestFileId, static charge => charge.FileName);
        Assert.All(last.Output, page =>
            Assert.Equal((string)page.Properties["Input"].Value, names[(string)page.Properties["RequestFileId"].Value]));
    }
}
