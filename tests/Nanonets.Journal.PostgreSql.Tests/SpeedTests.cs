using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;
using Nanonets.Sending.Admission;
using Nanonets.Tests;

namespace Nanonets.Journal.PostgreSql.Tests;

/// <summary>
/// Figures, not checks: how much a journal in a database adds to a document, and how long a million entries take. Run one at a time and by
/// hand, with a server that syncs to its disk: they turn that on.
/// </summary>
public sealed class SpeedTests(PostgreSqlCluster cluster, ITestOutputHelper output)
{
    private const string Origin = "https://service.example/api/v2/";
    private const string Model = "model";
    private static readonly DateTimeOffset s_noon = new(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(32)]
    public async Task A_document(int atOnce)
    {
        const int documents = 2000;
        JournalLocation location = await SyncingAsync();
        using PostgreSqlJournal journal = PostgreSqlJournal.Open(location);
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        for (int i = 0; i < 20; i++)
            await SendAsync(run, $"warm-{i}", i);
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, documents, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = Cancel },
            async (number, _) => await SendAsync(run, $"document-{number}", number + 100));
        double each = watch.Elapsed.TotalMilliseconds / documents;
        string schema = location.Address!["schema"]!;
        double rounds = (long)(await cluster.ExecuteAsync($"SELECT max(changes) FROM {schema}.run"))! / (double)documents;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{atOnce} at once: {each:0.00} ms and {rounds:0.00} transactions a document"));
    }

    [Fact(Explicit = true)]
    public async Task A_million_entries()
    {
        const int entries = 1_000_000;
        JournalLocation location = await SyncingAsync();
        string schema = location.Address!["schema"]!;
        PostgreSqlJournal.Open(location).Dispose();
        await FillAsync(schema, entries);
        var watch = Stopwatch.StartNew();
        using PostgreSqlJournal journal = PostgreSqlJournal.Open(location);
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        Report("opened, run begun");
        await run.ClaimUnresolvedAsync(Origin, Model, s_noon, Cancel);
        Report("unresolved claimed");
        const int asked = 2000;
        int done = 0;
        var eight = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel };
        await Parallel.ForAsync(0, asked, eight, async (number, _) =>
        {
            JournalEntry known = Intent(string.Create(CultureInfo.InvariantCulture, $"hash-{(number * 499) + 1}"));
            if ((await run.BeginAsync(known, ResendScope.None, s_noon, Cancel)).Verdict == JournalVerdict.Done)
                Interlocked.Increment(ref done);
        });
        Assert.Equal(asked, done);
        Report($"{asked} known documents begun, 8 at once");
        await Parallel.ForAsync(0, asked, eight, async (number, _) => await SendAsync(run, $"new-{number}", number));
        Report($"{asked} new documents, 8 at once");
        Assert.Single(journal.Query(new JournalQuery { SourcePath = "/in/777.pdf" }));
        Report("by path");
        Assert.Single(journal.Query(new JournalQuery { Pieces = ["777777.pdf"] }));
        Report("by a piece of the path");
        Assert.Single(journal.Query(new JournalQuery { RequestFileId = "file-777" }));
        Report("by file id");
        Assert.Equal(5, (await run.NeighboursAsync(Origin, Model, s_noon.AddDays(3), s_noon.AddDays(3), 5, Cancel)).Before.Count);
        Report("neighbours");
        Assert.Equal(500, journal.Query(new JournalQuery()).Take(500).Count());
        Report("the newest 500");
        Assert.NotEmpty(journal.Months());
        Report("months");

        void Report(string what)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {watch.Elapsed.TotalSeconds:0.000} s"));
            watch.Restart();
        }
    }

    /// <summary>What a run does with a document and its journal.</summary>
    private static async Task SendAsync(IJournalRun run, string content, int number)
    {
        JournalAnswer begun = await run.BeginAsync(Intent(content), ResendScope.None, s_noon, Cancel);
        var pages = new PageReservation(run.RunId, number, 1);
        await run.ChangeAsync(Origin, Model, window => window.TryReserve(pages, null, s_noon));
        await run.RecordAsync(begun.Entry.EntryId, new UploadChange.Starting(s_noon, $"nn1.{content}.1"), Cancel);
        await run.ConfirmClaimsAsync(Cancel);
        await run.RecordAsync(begun.Entry.EntryId, new UploadChange.Accepted(s_noon.AddSeconds(1), 1, "file-" + content, 1), Cancel);
        await run.ChangeAsync(Origin, Model, window =>
        {
            window.Accepted(pages, 1, s_noon);
            return true;
        });
    }

    private static JournalEntry Intent(string content) =>
        JournalEntry.Planned(new DocumentKey(Origin, Model, content), content + ".pdf", $"/in/{content}.pdf", 100);

    private async Task<JournalLocation> SyncingAsync()
    {
        cluster.NeedOwn();
        await cluster.ExecuteAsync("ALTER SYSTEM SET fsync = on");
        await cluster.ExecuteAsync("SELECT pg_reload_conf()");
        return JournalLocation.OfDatabase(cluster.NewAddress());
    }

    private Task<object?> FillAsync(string schema, int entries) => cluster.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO {schema}.target (origin, model_id, continuity) VALUES ('{Origin}', '{Model}', 0);
        INSERT INTO {schema}.entry (target, content_hash, pages, metadata_digest, created_at, state, charged, input, source_path, bytes,
            request_file_id, page_count, attempts, ambiguous_attempts, accepted_at, changed_at, seen, answered_from, answered_to)
        SELECT 1, 'hash-' || n, '', '', {s_noon.UtcTicks} + n * 10000000::bigint, 5, 1, n || '.pdf', '/in/' || n || '.pdf', 100000,
            'file-' || n, 3, 1, 0, {s_noon.UtcTicks} + n * 10000000::bigint, {s_noon.UtcTicks} + n * 10000000::bigint,
            '1' || chr(9) || 'nn1.x.1' || chr(9) || {s_noon.UtcTicks} || chr(9) || {s_noon.UtcTicks} || chr(9) || '2',
            {s_noon.UtcTicks} + n * 10000000::bigint, {s_noon.UtcTicks} + n * 10000000::bigint + 5000000
        FROM generate_series(1, {entries}) n;
        ANALYZE {schema}.entry;
        """));
}
