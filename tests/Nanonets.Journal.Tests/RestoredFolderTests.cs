using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Nanonets.Journal.Tests.Support;
using Nanonets.Journaling;

namespace Nanonets.Journal.Tests;

/// <summary>
/// Journals whose whole folder was put back, copied or moved, so that what lies beside them tells nothing; and what each user knows.
/// </summary>
public sealed class RestoredFolderTests : IDisposable
{
    private readonly JournalFolder _folder = new();
    private readonly JournalFolder _profile = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.Root, "data");

    public void Dispose()
    {
        _folder.Dispose();
        _profile.Dispose();
    }

    [Fact]
    public async Task A_folder_that_is_put_back_with_its_mark_is_noticed_until_the_model_was_completed()
    {
        await UseAsync("data", "a");
        Copy("data", "backup");
        await UseAsync("data", "b");
        PutBack("backup");
        Assert.Equal(JournalContinuity.Restored, await LookAsync("data"));
        Assert.Equal(JournalContinuity.Restored, await LookAsync("data"));
        await UseAsync("data", "b");
        Assert.Equal(JournalContinuity.Whole, await LookAsync("data"));
    }

    [Fact]
    public async Task A_folder_that_was_copied_in_the_middle_of_a_run_is_noticed_when_it_is_put_back()
    {
        await UseAsync("data", "a");
        using (SqliteJournal journal = Open("data"))
        {
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            await TestDocuments.AcceptAsync(run, "b");
            Copy("data", "backup");
            await TestDocuments.AcceptAsync(run, "c");
        }

        Assert.Contains("uploads.db-wal", Directory.EnumerateFiles(Path.Combine(_folder.Root, "backup")).Select(Path.GetFileName));
        PutBack("backup");
        Assert.Equal(JournalContinuity.Restored, await LookAsync("data"));
        using SqliteJournal restored = SqliteJournal.OpenReadOnly(Path.Combine(Data, "uploads.db"));
        Assert.Equal(["a", "b"], restored.Query(new JournalQuery()).Select(static entry => entry.ContentHash).Order());
    }

    [Fact]
    public async Task A_folder_that_was_moved_is_whole()
    {
        await UseAsync("data", "a");
        Directory.Move(Data, Path.Combine(_folder.Root, "elsewhere"));
        Assert.Equal(JournalContinuity.Whole, await LookAsync("elsewhere"));

        // Its new place is known from now on.
        Copy("elsewhere", "backup");
        await UseAsync("elsewhere", "b");
        Directory.Delete(Path.Combine(_folder.Root, "elsewhere"), true);
        Copy("backup", "elsewhere");
        Assert.Equal(JournalContinuity.Restored, await LookAsync("elsewhere"));
    }

    [Fact]
    public async Task A_copy_that_is_used_in_another_place_disturbs_nobody()
    {
        await UseAsync("data", "a");
        Copy("data", "copy");
        await UseAsync("data", "b", "c", "d");
        Assert.Equal(JournalContinuity.Whole, await LookAsync("copy"));
        await UseAsync("copy", "x");
        Assert.Equal(JournalContinuity.Whole, await LookAsync("data"));
        Assert.Equal(JournalContinuity.Whole, await LookAsync("copy"));
    }

    [Fact]
    public async Task Each_user_knows_how_far_his_own_runs_had_come()
    {
        string other = Path.Combine(_profile.Root, "other");
        await UseAsync("data", "a");
        Assert.Equal(JournalContinuity.Whole, await LookAsync("data", other));
        Copy("data", "backup");
        await UseAsync("data", "b");
        PutBack("backup");

        // The other user has not seen what was lost.
        Assert.Equal(JournalContinuity.Whole, await LookAsync("data", other));
        Assert.Equal(JournalContinuity.Restored, await LookAsync("data"));
        Assert.Equal(JournalContinuity.Restored, await LookAsync("data", other));
    }

    [Fact]
    public async Task A_second_run_at_the_same_time_does_not_look_restored()
    {
        using SqliteJournal first = Open("data");
        using IJournalRun run = await first.StartRunAsync(Cancel);
        await run.CompleteRebuildAsync(TestDocuments.Origin, TestDocuments.Model, Cancel);
        for (int i = 0; i < 20; i++)
        {
            Task writing = TestDocuments.AcceptAsync(run, $"document-{i}");
            Assert.Equal(JournalContinuity.Whole, await LookAsync("data"));
            await writing;
        }
    }

    [Fact]
    public async Task Two_runs_that_begin_a_journal_together_do_not_find_it_restored()
    {
        using SqliteJournal first = Open("data");
        Assert.Equal(JournalContinuity.New, await LookAsync("data"));
    }

    [Fact]
    public async Task A_profile_that_cannot_be_written_costs_nothing_but_its_protection()
    {
        string file = Path.Combine(_profile.Root, "file");
        await File.WriteAllTextAsync(file, "no folder", Cancel);
        string marks = Path.Combine(file, "journals");
        await UseAsync("data", marks, ["a"]);
        Assert.Equal(JournalContinuity.Whole, await LookAsync("data", marks));
        Assert.Equal("no folder", await File.ReadAllTextAsync(file, Cancel));

        // The mark beside the journal is as good as ever.
        byte[] backup = await File.ReadAllBytesAsync(Path.Combine(Data, "uploads.db"), Cancel);
        await UseAsync("data", marks, ["b"]);
        await File.WriteAllBytesAsync(Path.Combine(Data, "uploads.db"), backup, Cancel);
        Assert.Equal(JournalContinuity.Restored, await LookAsync("data", marks));
    }

    [Fact]
    public async Task A_mark_is_a_small_file_of_the_user_alone_whose_name_tells_nothing()
    {
        await UseAsync("data", "a");
        string mark = Assert.Single(Directory.EnumerateFiles(_profile.Root));
        Assert.Matches("^[0-9a-f]{64}[.]mark$", Path.GetFileName(mark));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Data, "uploads.db-mark"), Cancel), await File.ReadAllTextAsync(mark, Cancel));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(mark));
    }

    [Fact]
    public async Task A_doubt_that_cannot_be_noted_is_not_lost_with_the_runs_that_gave_it()
    {
        await UseAsync("data", "a");
        Execute("UPDATE run SET ended_at = NULL WHERE number = (SELECT max(number) FROM run)");

        // As a disk that fills between the two writes, or a power failure.
        Execute("CREATE TRIGGER full BEFORE UPDATE OF continuity ON target BEGIN SELECT RAISE(ABORT, 'full'); END");
        Assert.Equal(NanonetsErrorId.JournalUnavailable, Assert.Throws<NanonetsException>(() => Open("data")).ErrorId);
        Execute("DROP TRIGGER full");
        Assert.Equal(JournalContinuity.New, await LookAsync("data"));
    }

    [Fact]
    public async Task What_is_said_of_a_damaged_journal_is_true()
    {
        await UseAsync("data", "a");
        Copy("data", "backup");
        await UseAsync("data", "b");
        string journal = Path.Combine(Data, "uploads.db");
        await File.WriteAllBytesAsync(journal, new byte[100], Cancel);
        string said = Assert.Throws<NanonetsException>(() => Open("data")).Message;
        Assert.Contains("leave its file -mark", said);

        // A copy from a backup, then none; for a user without a profile too.
        File.Copy(Path.Combine(_folder.Root, "backup", "uploads.db"), journal, overwrite: true);
        Assert.Equal(JournalContinuity.Restored, await LookAsync("data", Path.Combine(_profile.Root, "other")));
        File.Delete(journal);
        Assert.Equal(JournalContinuity.Restored, await LookAsync("data", Path.Combine(_profile.Root, "third")));
    }

    private SqliteJournal Open(string folder, string? marks = null)
    {
        string data = Directory.CreateDirectory(Path.Combine(_folder.Root, folder)).FullName;
        return SqliteJournal.Open(Path.Combine(data, "uploads.db"), marks: marks ?? _profile.Root);
    }

    private Task UseAsync(string folder, params string[] contents) => UseAsync(folder, null, contents);

    /// <summary>A run that completes the model and sends documents.</summary>
    private async Task UseAsync(string folder, string? marks, string[] contents)
    {
        using SqliteJournal journal = Open(folder, marks);
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        await run.CompleteRebuildAsync(TestDocuments.Origin, TestDocuments.Model, Cancel);
        foreach (string content in contents)
            await TestDocuments.AcceptAsync(run, content);
    }

    /// <summary>A run that only asks whether entries of the model may be missing.</summary>
    private async Task<JournalContinuity> LookAsync(string folder, string? marks = null)
    {
        using SqliteJournal journal = Open(folder, marks);
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        return (await run.ContinuityAsync(TestDocuments.Origin, TestDocuments.Model, Cancel)).State;
    }

    /// <summary>Copies everything in a folder but the locks of runs, which are held.</summary>
    private void Copy(string from, string to)
    {
        string target = Directory.CreateDirectory(Path.Combine(_folder.Root, to)).FullName;
        foreach (string path in Directory.EnumerateFiles(Path.Combine(_folder.Root, from))
            .Where(static path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream copy = File.Create(Path.Combine(target, Path.GetFileName(path)));
            file.CopyTo(copy);
        }
    }

    private void PutBack(string backup)
    {
        Directory.Delete(Data, true);
        Copy(backup, "data");
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "uploads.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
