using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journal.Tests.Support;
using Nanonets.Journaling;

namespace Nanonets.Journal.Tests;

/// <summary>A journal that is read while it changes, closed twice, and left at the very start.</summary>
public sealed class JournalUseTests : IDisposable
{
    private static readonly DateTimeOffset s_noon = new(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);
    private readonly JournalFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Closing_a_journal_twice_is_as_good_as_once()
    {
        SqliteJournal journal = SqliteJournal.Open(_folder.Journal);
        IJournalRun run = await journal.StartRunAsync(Cancel);
        await TestDocuments.AcceptAsync(run, "a");
        run.Dispose();
        run.Dispose();
        journal.Dispose();
        journal.Dispose();
        SqliteJournal reader = SqliteJournal.OpenReadOnly(_folder.Journal);
        Assert.Single(reader.Query(new JournalQuery()));
        reader.Dispose();
        reader.Dispose();
    }

    [Theory]
    [InlineData(600)]
    [InlineData(1300)]
    public async Task A_reader_gets_every_entry_although_they_change_while_it_reads(int count)
    {
        using SqliteJournal journal = SqliteJournal.Open(_folder.Journal);
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        await Task.WhenAll(Enumerable.Range(0, count).Select(number => TestDocuments.AcceptAsync(run, $"c{number}")));
        string[] all = [.. journal.Query(new JournalQuery()).Select(static entry => entry.Input)];
        Assert.Equal(count, all.Length);

        // When the reader has seen a hundred, the results of those that come last are there: they change, and are the newest now.
        var seen = new List<string>();
        foreach (JournalEntry entry in journal.Query(new JournalQuery()))
        {
            seen.Add(entry.Input);
            if (seen.Count != 100)
                continue;
            foreach (string late in all.Skip(count - 50))
            {
                DocumentKey key = TestDocuments.Key(Path.GetFileNameWithoutExtension(late));
                await journal.FinishAsync(
                    key.Origin, key.ModelId, "file-" + key.ContentHash, new UploadChange.Finished(s_noon.AddHours(1), 1, 0), Cancel);
            }
        }

        Assert.Empty(all.Except(seen));
        Assert.Equal(count, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_run_that_is_cancelled_at_its_start_leaves_nothing_behind()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        SqliteJournal journal = SqliteJournal.Open(_folder.Journal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.StartRunAsync(cancelled.Token));
        journal.Dispose();
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.Root),
            static path => path.EndsWith("-wal", StringComparison.Ordinal) || path.EndsWith(".lock", StringComparison.Ordinal));
        using SqliteJournal again = SqliteJournal.Open(_folder.Journal);
        using IJournalRun run = await again.StartRunAsync(Cancel);
        await TestDocuments.AcceptAsync(run, "a");
    }

    [Fact]
    public async Task A_persons_send_again_begins_anew()
    {
        using SqliteJournal journal = SqliteJournal.Open(_folder.Journal);
        using (IJournalRun run = await journal.StartRunAsync(Cancel))
        {
            JournalAnswer begun = await TestDocuments.BeginAsync(run, "a");
            for (int attempt = 1; attempt <= 2; attempt++)
            {
                await run.RecordAsync(begun.Entry.EntryId, new UploadChange.Starting(s_noon, $"nn1.aa.{attempt}"), Cancel);
                await run.RecordAsync(begun.Entry.EntryId, new UploadChange.Ambiguous(s_noon, 1, "lost"), Cancel);
            }

            await run.RecordAsync(begun.Entry.EntryId, new UploadChange.Held(s_noon, "held"), Cancel);
        }

        JournalEntry held = Assert.Single(journal.Query(new JournalQuery()));
        Assert.Equal((UploadState.Held, 2), (held.State, held.AmbiguousAttempts));
        JournalEntry resolved = (await journal.ResolveAsync(held.EntryId, new UploadChange.SentAgain(s_noon.AddHours(1)), Cancel))!;
        Assert.Equal((UploadState.Planned, 0, 2), (resolved.State, resolved.AmbiguousAttempts, resolved.Attempts));
    }
}
