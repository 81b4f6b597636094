using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Nanonets.Journal.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Journal.Storage;
using Nanonets.Documents;

namespace Nanonets.Journal.Tests;

/// <summary>What the file itself goes through: rights, damage, other versions, a full disk.</summary>
public sealed class JournalFileTests : IDisposable
{
    private static readonly DateTimeOffset s_noon = new(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);
    private readonly JournalFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nobody_but_the_owner_can_read_any_of_its_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows the rights of the folder count.");
        using SqliteJournal journal = SqliteJournal.Open(_folder.Journal);
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        await TestDocuments.AcceptAsync(run, "a");
        string[] files = Directory.GetFiles(_folder.Root);
        Assert.True(files.Length >= 5, string.Join(", ", files));
#pragma warning disable CA1416 // Skipped on Windows.
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task A_finished_run_leaves_the_journal_and_its_mark_and_nothing_else()
    {
        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal))
        {
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            await TestDocuments.AcceptAsync(run, "a");
        }

        Assert.Equal(["uploads.db", "uploads.db-mark"], Directory.EnumerateFiles(_folder.Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Looking_at_a_journal_makes_and_changes_nothing()
    {
        NanonetsException missing = Assert.Throws<NanonetsException>(() => SqliteJournal.OpenReadOnly(_folder.Journal));
        Assert.Contains("does not exist", missing.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Root));

        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal))
        {
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            await TestDocuments.AcceptAsync(run, "a");
        }

        byte[] before = await File.ReadAllBytesAsync(_folder.Journal, Cancel);
        using (SqliteJournal shown = SqliteJournal.OpenReadOnly(_folder.Journal))
        {
            Assert.Equal("a", shown.Query(new JournalQuery()).Single().ContentHash);
            await Assert.ThrowsAsync<InvalidOperationException>(() => shown.StartRunAsync(Cancel));
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Journal, Cancel));
        Assert.Equal(["uploads.db", "uploads.db-mark"], Directory.EnumerateFiles(_folder.Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task It_holds_neither_content_nor_metadata()
    {
        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal))
        {
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            var intent = JournalEntry.Planned(
                TestDocuments.Key("a") with { MetadataDigest = DocumentKey.DigestOf("secret remark") }, "a.pdf", "/in/a.pdf", 1);
            await run.BeginAsync(intent, ResendScope.None, s_noon, Cancel);
        }

        Assert.DoesNotContain(
            "secret remark", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(_folder.Journal, Cancel)));
    }

    [Fact]
    public void A_missing_folder_is_an_error_and_is_not_made()
    {
        NanonetsException failure = Assert.Throws<NanonetsException>(
            () => SqliteJournal.Open(Path.Combine(_folder.Root, "none", "uploads.db")));
        Assert.Contains("does not exist", failure.Message);
        Assert.False(Directory.Exists(Path.Combine(_folder.Root, "none")));
        Assert.Contains("is a folder", Assert.Throws<NanonetsException>(() => SqliteJournal.Open(_folder.Root)).Message);
    }

    [Fact]
    public void A_file_of_something_else_is_refused_and_stays_as_it_is()
    {
        File.WriteAllText(_folder.Journal, "This is a text that somebody still needs. " + new string('x', 5000));
        NanonetsException failure = Assert.Throws<NanonetsException>(() => SqliteJournal.Open(_folder.Journal));
        Assert.Equal(NanonetsErrorId.JournalUnavailable, failure.ErrorId);
        Assert.Contains("is not a journal", failure.Message);
        Assert.StartsWith("This is a text", File.ReadAllText(_folder.Journal));
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        Execute("CREATE TABLE other (x)");
        NanonetsException failure = Assert.Throws<NanonetsException>(() => SqliteJournal.Open(_folder.Journal));
        Assert.Contains("another program", failure.Message);
    }

    [Fact]
    public void A_newer_version_is_refused_for_sending_and_for_looking()
    {
        SqliteJournal.Open(_folder.Journal).Dispose();
        Execute("PRAGMA user_version = 99");
        Assert.Contains("newer version", Assert.Throws<NanonetsException>(() => SqliteJournal.Open(_folder.Journal)).Message);
        Assert.Contains("newer version", Assert.Throws<NanonetsException>(() => SqliteJournal.OpenReadOnly(_folder.Journal)).Message);
    }

    [Fact]
    public async Task An_older_version_is_copied_before_it_is_brought_up_to_date()
    {
        var newer = new Schema([.. Schema.Current.Steps, "ALTER TABLE entry ADD COLUMN note TEXT"]);
        SqliteJournal old = SqliteJournal.Open(_folder.Journal);
        IJournalRun run = await old.StartRunAsync(Cancel);
        await TestDocuments.AcceptAsync(run, "a");

        NanonetsException busy = Assert.Throws<NanonetsException>(() => SqliteJournal.Open(_folder.Journal, newer));
        Assert.Contains("a run of an older version is using it", busy.Message);
        run.Dispose();
        old.Dispose();
        Assert.Contains(
            "older version", Assert.Throws<NanonetsException>(() => SqliteJournal.OpenReadOnly(_folder.Journal, newer)).Message);

        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal, newer))
            Assert.Equal("a", journal.Query(new JournalQuery()).Single().ContentHash);
        using (SqliteJournal copy = SqliteJournal.OpenReadOnly(_folder.Journal + ".v1.bak"))
            Assert.Equal("a", copy.Query(new JournalQuery()).Single().ContentHash);
        Assert.Throws<NanonetsException>(() => SqliteJournal.Open(_folder.Journal));
    }

    [Fact]
    public async Task A_full_disk_stops_the_run_and_what_was_written_before_stays()
    {
        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal, limits: new JournalLimits { MostPages = 24 }))
        {
            IJournalRun run = await journal.StartRunAsync(Cancel);
            int accepted = 0;
            NanonetsException failure = await Assert.ThrowsAsync<NanonetsException>(async () =>
            {
                for (; accepted < 2000; accepted++)
                    await TestDocuments.AcceptAsync(run, $"document-{accepted}");
            });
            Assert.Equal(NanonetsErrorId.JournalUnavailable, failure.ErrorId);
            Assert.Contains("the disk is full", failure.Message);
            Assert.True(accepted > 5, $"only {accepted}");

            // From now on nothing is begun, even where a byte would still fit.
            await Assert.ThrowsAsync<NanonetsException>(() => TestDocuments.BeginAsync(run, "another"));
            run.Dispose();
        }

        using SqliteJournal after = SqliteJournal.Open(_folder.Journal);
        Assert.True(after.Query(new JournalQuery { States = [UploadState.Accepted] }).Count() > 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4096)]
    [InlineData(10000)]
    public async Task A_truncated_file_is_a_clear_error_and_is_not_replaced(int length)
    {
        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal))
        {
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            for (int i = 0; i < 20; i++)
                await TestDocuments.AcceptAsync(run, $"document-{i}");
        }

        using (FileStream file = File.OpenWrite(_folder.Journal))
            file.SetLength(length);
        NanonetsException failure = Assert.Throws<NanonetsException>(() => SqliteJournal.Open(_folder.Journal));
        Assert.Equal(NanonetsErrorId.JournalUnavailable, failure.ErrorId);
        Assert.True(failure.Message.Contains("is damaged") || failure.Message.Contains("is not a journal"), failure.Message);
        Assert.Equal(length, new FileInfo(_folder.Journal).Length);
    }

    [Fact]
    public async Task A_damaged_index_is_noticed_before_it_hides_a_document()
    {
        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal))
        {
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            for (int i = 0; i < 200; i++)
                await TestDocuments.AcceptAsync(run, $"document-{i}");
        }

        // Every page but the first is overwritten in turn with zeros: none of these files may be taken for a whole one.
        byte[] whole = await File.ReadAllBytesAsync(_folder.Journal, Cancel);
        for (int page = 1; page < whole.Length / 4096; page++)
        {
            byte[] damaged = [.. whole];
            Array.Clear(damaged, page * 4096, 4096);
            await File.WriteAllBytesAsync(_folder.Journal, damaged, Cancel);
            Assert.Throws<NanonetsException>(() => SqliteJournal.Open(_folder.Journal));
        }
    }

    [Fact]
    public Task A_log_cut_in_its_last_transaction_gives_back_what_was_before_it() => CutLogAsync(step: 397);

    [Fact(Explicit = true)]
    public Task A_log_cut_at_every_byte_of_its_last_transaction_gives_back_what_was_before_it() => CutLogAsync(step: 1);

    private async Task CutLogAsync(int step)
    {
        string copy = Path.Combine(_folder.Root, "cut.db");
        byte[] log;
        long before;
        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal))
        {
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            await TestDocuments.AcceptAsync(run, "first");
            JournalAnswer second = await TestDocuments.BeginAsync(run, "second");
            before = new FileInfo(_folder.Journal + "-wal").Length;
            await run.RecordAsync(second.Entry.EntryId, new UploadChange.Starting(s_noon, "nn1.second.1"), Cancel);
            log = await ReadSharedAsync(_folder.Journal + "-wal");
            await File.WriteAllBytesAsync(copy, await ReadSharedAsync(_folder.Journal), Cancel);
        }

        byte[] database = await File.ReadAllBytesAsync(copy, Cancel);
        Assert.True(log.Length > before);
        IEnumerable<long> lengths = Enumerable.Range(0, (int)(log.Length - before) / step + 1).Select(at => before + at * step)
            .Append(log.Length - 1).Append(log.Length);
        foreach (long length in lengths.Distinct())
        {
            await File.WriteAllBytesAsync(copy, database, Cancel);
            await File.WriteAllBytesAsync(copy + "-wal", log[..(int)length], Cancel);
            File.Delete(copy + "-shm");

            // SQLite alone: opening the journal itself as often would cost a minute of waiting for the disk.
            using JournalDatabase opened = JournalDatabase.OpenReadOnly(copy, new JournalLimits());
            using var tables = new JournalTables(opened);
            Dictionary<string, UploadState> states = tables.Entries.Read(tables.Entries.Ids(new JournalQuery()))
                .ToDictionary(entry => entry.ContentHash, entry => entry.State);
            Assert.Equal(UploadState.Accepted, states["first"]);
            Assert.Equal(length == log.Length ? UploadState.Sending : UploadState.Planned, states["second"]);
        }
    }

    [Fact]
    public async Task A_copy_from_before_the_last_run_is_noticed_until_each_model_was_completed()
    {
        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal))
        {
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            Assert.Equal(JournalContinuity.New, await ContinuityAsync(run));
            await TestDocuments.AcceptAsync(run, "a");
            await run.CompleteRebuildAsync(TestDocuments.Origin, TestDocuments.Model, Cancel);
        }

        byte[] yesterday = await File.ReadAllBytesAsync(_folder.Journal, Cancel);
        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal))
        {
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            Assert.Equal(JournalContinuity.Whole, await ContinuityAsync(run));
            await TestDocuments.AcceptAsync(run, "b");
        }

        await File.WriteAllBytesAsync(_folder.Journal, yesterday, Cancel);

        // Runs that end by themselves change nothing: only a rebuild that was completed does, and for its model only.
        for (int time = 0; time < 2; time++)
        {
            using SqliteJournal journal = SqliteJournal.Open(_folder.Journal);
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            ModelContinuity restored = await run.ContinuityAsync(TestDocuments.Origin, TestDocuments.Model, Cancel);
            Assert.Equal(JournalContinuity.Restored, restored.State);
            Assert.Equal(journal.Query(new JournalQuery()).Max(entry => entry.ChangedAt), restored.KnownUntil);
            Assert.Equal(JournalContinuity.Restored, await ContinuityAsync(run, "another model"));
        }

        using SqliteJournal healed = SqliteJournal.Open(_folder.Journal);
        using IJournalRun last = await healed.StartRunAsync(Cancel);
        await last.CompleteRebuildAsync(TestDocuments.Origin, TestDocuments.Model, Cancel);
        Assert.Equal(JournalContinuity.Whole, await ContinuityAsync(last));
        Assert.Equal(JournalContinuity.Restored, await ContinuityAsync(last, "another model"));
    }

    [Fact]
    public async Task A_log_that_went_missing_is_noticed()
    {
        string copy = Path.Combine(_folder.Root, "copy.db");
        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal))
        {
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            await TestDocuments.AcceptAsync(run, "a");
            await File.WriteAllBytesAsync(copy, await ReadSharedAsync(_folder.Journal), Cancel);
        }

        File.Move(copy, _folder.Journal, overwrite: true);
        Exception? unusable = await Record.ExceptionAsync(async () =>
        {
            using SqliteJournal journal = SqliteJournal.Open(_folder.Journal);
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            Assert.NotEqual(JournalContinuity.Whole, await ContinuityAsync(run));
        });
        Assert.True(unusable is null or NanonetsException, unusable?.ToString());
    }

    [Fact]
    public async Task Another_process_that_holds_the_file_is_waited_for_and_then_named_as_the_cause()
    {
        using SqliteJournal journal = SqliteJournal.Open(
            _folder.Journal, limits: new JournalLimits { BusyPatience = TimeSpan.FromMilliseconds(50) });
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        using (JournalDatabase other = JournalDatabase.OpenWritable(_folder.Journal, new JournalLimits()))
        {
            using WriteTransaction held = other.Begin();
            NanonetsException failure = await Assert.ThrowsAsync<NanonetsException>(() => TestDocuments.BeginAsync(run, "a"));
            Assert.Contains("locked by another process", failure.Message);
        }

        // That passes: the journal is as good as before.
        Assert.Equal(JournalVerdict.Begun, (await TestDocuments.BeginAsync(run, "a")).Verdict);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Journal};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, Cancel);
        return memory.ToArray();
    }

    private static async Task<JournalContinuity> ContinuityAsync(IJournalRun run, string modelId = TestDocuments.Model) =>
        (await run.ContinuityAsync(TestDocuments.Origin, modelId, Cancel)).State;
}
