using System;
using System.IO;
using System.Threading.Tasks;
using Nanonets.Journal.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Tests.Conformance;
using static Nanonets.Tests.Conformance.JournalSteps;

namespace Nanonets.Journal.Tests;

/// <summary>What the journal in a file knows of the service, and of its own losses.</summary>
public sealed class SqliteJournalKnowledgeTests : JournalKnowledgeConformance, IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What happened to the file; then, of a model it knew and of another, since which hour entries may be missing.</summary>
    [Theory]
    [InlineData("m1", "Whole", "New")]
    [InlineData("m1 backup restore", "Whole", "New")]
    [InlineData("m1 cut", "New", "New")]
    [InlineData("m1 backup m2 restore", "Restored 1", "Restored 1")]
    [InlineData("m1 backup m2 restore m3", "Restored 1", "Restored 1")]
    [InlineData("m1 backup m2 restore cut", "Restored 1", "Restored 1")]
    [InlineData("m1 backup m2 restore done", "Whole", "Restored 1")]
    [InlineData("m1 backup m2 restore done m3 backup m4 restore", "Restored 3", "Restored 1")]
    [InlineData("m1 backup m2 restore m3 backup m4 restore", "Restored 1", "Restored 1")]
    [InlineData("m1 delete", "Restored", "Restored")]
    [InlineData("m1 delete m2", "Restored", "Restored")]
    [InlineData("m1 delete done", "Whole", "Restored")]
    [InlineData("m1 delete done m3 backup m4 restore", "Restored 3", "Restored")]
    [InlineData("m1 delete m3 backup m4 restore", "Restored", "Restored")]
    [InlineData("m1 unmark", "Restored 1", "Restored 1")]
    public async Task What_is_lost_is_known_until_the_listing_was_read(string events, string known, string unknown)
    {
        byte[] backup = [];
        foreach (string happens in events.Split(' '))
        {
            switch (happens)
            {
                case "backup":
                    backup = await File.ReadAllBytesAsync(_folder.Journal, Cancel);
                    break;
                case "restore":
                    await File.WriteAllBytesAsync(_folder.Journal, backup, Cancel);
                    break;
                case "delete":
                    File.Delete(_folder.Journal);
                    break;
                case "unmark":
                    File.Delete(_folder.Journal + "-mark");
                    break;
                case "done":
                    await UseAsync(static run => run.CompleteRebuildAsync(Origin, Model, Cancel));
                    break;
                case "cut":
                    CutOff();
                    break;
                default:
                    // An upload at that hour, after the model was found to be whole if it had never lost anything.
                    int hour = happens[1] - '0';
                    await UseAsync(async run =>
                    {
                        if ((await run.ContinuityAsync(Origin, Model, Cancel)).State == JournalContinuity.New)
                            await run.CompleteRebuildAsync(Origin, Model, Cancel);
                        JournalEntry entry = (await BeginAsync(run, happens)).Entry;
                        await run.RecordAsync(entry.EntryId, new UploadChange.Accepted(Noon.AddHours(hour), 0, happens, 1), Cancel);
                    });
                    break;
            }
        }

        await UseAsync(async run =>
        {
            Assert.Equal(known, Words(await run.ContinuityAsync(Origin, Model, Cancel)));
            Assert.Equal(unknown, Words(await run.ContinuityAsync(Origin, "never used", Cancel)));
        });
    }

    private protected override IUploadJournal Open() => SqliteJournal.Open(_folder.Journal);

    private protected override IUploadJournal OpenRestored()
    {
        UseAsync(static run => BeginAsync(run, "before")).GetAwaiter().GetResult();
        byte[] backup = File.ReadAllBytes(_folder.Journal);
        UseAsync(static run => BeginAsync(run, "lost")).GetAwaiter().GetResult();
        File.WriteAllBytes(_folder.Journal, backup);
        return Open();
    }

    private static string Words(ModelContinuity continuity) =>
        continuity.KnownUntil is { } until ? $"{continuity.State} {(until - Noon).TotalHours:0}" : continuity.State.ToString();

    private async Task UseAsync(Func<IJournalRun, Task> use)
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        await use(run);
    }

    /// <summary>A run that did not end by itself, as far as its row says.</summary>
    private void CutOff()
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.Journal};Pooling=False");
        connection.Open();
        using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
        command.CommandText = "UPDATE run SET ended_at = NULL WHERE number = (SELECT max(number) FROM run)";
        command.ExecuteNonQuery();
    }
}
