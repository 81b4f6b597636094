using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journal.Tests.Support;
using Nanonets.Journaling;

namespace Nanonets.Journal.Tests;

/// <summary>
/// Figures, not checks: how much a journal adds to a document, and how long a run takes that finds everything done. Run one at a time and
/// by hand.
/// </summary>
public sealed class SpeedTests(ITestOutputHelper output) : IDisposable
{
    private static readonly DateTimeOffset s_noon = new(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);
    private readonly JournalFolder _folder = new();
    private TimeSpan _used;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(32)]
    public async Task A_document(int atOnce)
    {
        const int documents = 2000;
        using SqliteJournal journal = SqliteJournal.Open(_folder.Journal);
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        await TestDocuments.AcceptAsync(run, "warm");
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, documents, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = Cancel },
            async (number, _) => await TestDocuments.AcceptAsync(run, $"document-{number}"));
        Report($"{atOnce} at once: {watch.Elapsed.TotalMilliseconds / documents:0.00} ms a document");
    }

    [Fact(Explicit = true)]
    public async Task A_hundred_thousand_documents_that_are_done()
    {
        const int documents = 100_000;
        using (SqliteJournal filled = SqliteJournal.Open(_folder.Journal))
        {
            using IJournalRun run = await filled.StartRunAsync(Cancel);
            await Parallel.ForAsync(0, documents, new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = Cancel },
                async (number, _) => await TestDocuments.AcceptAsync(run, Hash(number)));
        }

        Report($"file: {new System.IO.FileInfo(_folder.Journal).Length / 1e6:0.0} MB");
        JournalEntry[] intents = [.. Enumerable.Range(0, documents).Select(number => TestDocuments.Intent(Hash(number)))];
        Report("prepared");
        GC.Collect();
        long before = Environment.WorkingSet;
        long peak = before;
        var watch = Stopwatch.StartNew();
        using SqliteJournal journal = SqliteJournal.Open(_folder.Journal);
        using IJournalRun again = await journal.StartRunAsync(Cancel);
        TimeSpan opened = watch.Elapsed;
        Assert.Empty(await again.ClaimUnresolvedAsync(TestDocuments.Key("").Origin, TestDocuments.Key("").ModelId, s_noon, Cancel));
        int done = 0;
        foreach (JournalEntry intent in intents)
        {
            JournalAnswer answer = await again.BeginAsync(intent, ResendScope.None, s_noon, Cancel);
            if (answer.Verdict == JournalVerdict.Done && ++done % 1000 == 0)
                peak = Math.Max(peak, Environment.WorkingSet);
        }

        Assert.Equal(documents, done);

        Report($"resume: {watch.Elapsed.TotalSeconds:0.00} s, of which opening {opened.TotalSeconds:0.00} s; memory "
            + $"+{(peak - before) / 1e6:0.0} MB");
        watch.Restart();
        Assert.Equal(documents, journal.Query(new JournalQuery()).Count());
        Report($"all entries read: {watch.Elapsed.TotalSeconds:0.00} s");
        watch.Restart();
        Assert.Single(journal.Months());
        Report($"months: {watch.Elapsed.TotalSeconds:0.00} s");
        watch.Restart();
        Assert.Single(journal.Query(new JournalQuery { SourcePath = $"/in/{Hash(777)}.pdf" }));
        Report($"by path: {watch.Elapsed.TotalSeconds:0.00} s");
    }

    private static string Hash(int number) => DocumentKey.Hex(DocumentKey.Sha256(BitConverter.GetBytes(number)));

    private void Report(string line)
    {
        // On a busy machine the processor's time says more than the clock.
        using var process = Process.GetCurrentProcess();
        TimeSpan used = process.TotalProcessorTime;
        output.WriteLine($"{line} (processor {(used - _used).TotalSeconds:0.00} s)");
        _used = used;
    }
}
