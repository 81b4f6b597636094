using System;
using System.IO;
using System.Threading.Tasks;
using Nanonets.Journal.PostgreSql.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Tests;
using Nanonets.Tests.Conformance;
using static Nanonets.Tests.Conformance.JournalSteps;

namespace Nanonets.Journal.PostgreSql.Tests;

/// <summary>What the journal in a database knows of the service, and of its own losses.</summary>
public sealed class PostgreSqlJournalKnowledgeTests : JournalKnowledgeConformance, IDisposable
{
    private readonly PostgreSqlCluster _cluster;
    private readonly string _schema = $"t_{Guid.NewGuid():N}";
    private readonly string _marks = Directory.CreateTempSubdirectory("nanonets-marks-").FullName;
    private readonly JournalLocation _location;

    public PostgreSqlJournalKnowledgeTests(PostgreSqlCluster cluster)
    {
        _cluster = cluster;
        _cluster.NeedOwn();
        _location = JournalLocation.OfDatabase(cluster.Address(_schema));
    }

    public void Dispose() => Directory.Delete(_marks, true);

    /// <summary>What happened to the database; then, of a model it knew and of another, since which hour entries may be missing.</summary>
    [Theory]
    [InlineData("m1", "Whole", "New")]
    [InlineData("m1 backup restore", "Whole", "New")]
    [InlineData("m1 backup m2 restore", "Restored 1", "Restored 1")]
    [InlineData("m1 backup m2 restore m3", "Restored 1", "Restored 1")]
    [InlineData("m1 backup m2 restore done", "Whole", "Restored 1")]
    [InlineData("m1 backup m2 restore done m3 backup m4 restore", "Restored 3", "Restored 1")]
    [InlineData("m1 backup m2 restore m3 backup m4 restore", "Restored 1", "Restored 1")]
    [InlineData("m1 drop", "Restored", "Restored")]
    [InlineData("m1 drop m2", "Restored", "Restored")]
    [InlineData("m1 drop done", "Whole", "Restored")]
    [InlineData("m1 drop done m3 backup m4 restore", "Restored 3", "Restored")]
    [InlineData("m1 timeline", "Restored 1", "Restored 1")]
    [InlineData("m1 timeline done", "Whole", "Restored 1")]
    [InlineData("m1 other-user", "Whole", "New")]
    [InlineData("m1 backup m2 other-user restore timeline", "Restored 1", "Restored 1")]
    public async Task What_is_lost_is_known_until_the_listing_was_read(string events, string known, string unknown)
    {
        Backup? backup = null;
        string marks = _marks;
        int number = 0;
        foreach (string happens in events.Split(' '))
        {
            switch (happens)
            {
                case "backup":
                    backup = await Backup.TakeAsync(_cluster, _schema, ++number);
                    break;
                case "restore":
                    await backup!.RestoreAsync();
                    break;
                case "drop":
                    await _cluster.ExecuteAsync($"DROP SCHEMA {_schema} CASCADE");
                    break;
                case "timeline":
                    // As if the server had been another one's standby before.
                    await _cluster.ExecuteAsync($"UPDATE {_schema}.journal SET timeline = '00000000'");
                    break;
                case "other-user":
                    marks = Path.Combine(_marks, "other");
                    break;
                case "done":
                    await UseAsync(marks, static run => run.CompleteRebuildAsync(Origin, Model, Cancel));
                    break;
                default:
                    // An upload at that hour, after the model was found to be whole if it had never lost anything.
                    int hour = happens[1] - '0';
                    await UseAsync(marks, async run =>
                    {
                        if ((await run.ContinuityAsync(Origin, Model, Cancel)).State == JournalContinuity.New)
                            await run.CompleteRebuildAsync(Origin, Model, Cancel);
                        JournalEntry entry = (await BeginAsync(run, happens)).Entry;
                        await run.RecordAsync(entry.EntryId, new UploadChange.Accepted(Noon.AddHours(hour), 0, happens, 1), Cancel);
                    });
                    break;
            }
        }

        await UseAsync(marks, async run =>
        {
            Assert.Equal(known, Words(await run.ContinuityAsync(Origin, Model, Cancel)));
            Assert.Equal(unknown, Words(await run.ContinuityAsync(Origin, "never used", Cancel)));
        });
    }

    [Fact]
    public async Task A_listing_that_was_read_before_another_loss_makes_nothing_whole()
    {
        using PostgreSqlJournal journal = OpenRestored(_marks);
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        Assert.Equal(JournalContinuity.Restored, (await run.ContinuityAsync(Origin, Model, Cancel)).State);
        await _cluster.ExecuteAsync($"UPDATE {_schema}.journal SET timeline = '00000000'");
        using IUploadJournal other = Open();
        NanonetsException again = await Assert.ThrowsAsync<NanonetsException>(() => run.CompleteRebuildAsync(Origin, Model, Cancel));
        Assert.Contains("put back to an earlier state again", again.Message);
        Assert.Equal(JournalContinuity.Restored, (await run.ContinuityAsync(Origin, Model, Cancel)).State);
    }

    [Fact]
    public async Task A_run_whose_journal_is_put_back_stops_and_the_next_one_knows_it()
    {
        using PostgreSqlJournal journal = PostgreSqlJournal.Open(_location, marks: _marks);
        using (IJournalRun run = await journal.StartRunAsync(Cancel))
        {
            await BeginAsync(run, "kept");
            Backup backup = await Backup.TakeAsync(_cluster, _schema, 1);
            JournalEntry lost = (await BeginAsync(run, "lost")).Entry;
            await backup.RestoreAsync();
            foreach (Task refused in (Task[])[
                run.RecordAsync(lost.EntryId, Change("Starting"), Cancel), BeginAsync(run, "new"), run.ConfirmClaimsAsync(Cancel)])
            {
                NanonetsException why = await Assert.ThrowsAsync<NanonetsException>(() => refused);
                Assert.Contains("put back to an earlier state", why.Message);
            }
        }

        journal.Dispose();
        await UseAsync(_marks, async run => Assert.Equal(
            JournalContinuity.Restored, (await run.ContinuityAsync(Origin, Model, Cancel)).State));
    }

    private protected override IUploadJournal Open() => PostgreSqlJournal.Open(_location, marks: _marks);

    private protected override IUploadJournal OpenRestored() => OpenRestored(_marks);

    private static string Words(ModelContinuity continuity) =>
        continuity.KnownUntil is { } until ? $"{continuity.State} {(until - Noon).TotalHours:0}" : continuity.State.ToString();

    private PostgreSqlJournal OpenRestored(string marks)
    {
        UseAsync(marks, static run => BeginAsync(run, "before")).GetAwaiter().GetResult();
        Backup backup = Backup.TakeAsync(_cluster, _schema, 1).GetAwaiter().GetResult();
        UseAsync(marks, static run => BeginAsync(run, "lost")).GetAwaiter().GetResult();
        backup.RestoreAsync().GetAwaiter().GetResult();
        return PostgreSqlJournal.Open(_location, marks: marks);
    }

    private async Task UseAsync(string marks, Func<IJournalRun, Task> use)
    {
        using PostgreSqlJournal journal = PostgreSqlJournal.Open(_location, marks: marks);
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        await use(run);
    }
}
