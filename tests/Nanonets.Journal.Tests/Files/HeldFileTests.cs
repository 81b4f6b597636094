using System;
using System.IO;
using System.Threading.Tasks;
using Nanonets.Journal.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Journal.Files;
using Nanonets.Journal.Storage;

namespace Nanonets.Journal.Tests.Files;

/// <summary>Another program has a file of the journal open: a backup, a virus scanner, a second run.</summary>
public sealed class HeldFileTests : IDisposable
{
    private static readonly JournalLimits s_impatient = new() { BusyPatience = TimeSpan.Zero };
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_nobody_else_may_write_is_waited_for()
    {
        File.WriteAllText(_folder.Journal, "x");
        FileStream backup = new(_folder.Journal, FileMode.Open, FileAccess.Read, FileShare.None);
        JournalFileException held = Assert.Throws<JournalFileException>(() => HeldFile.Await(_folder.Journal, TimeSpan.Zero));
        Assert.Contains("held open by another program", held.Message);
        Task waiting = Task.Run(() => HeldFile.Await(_folder.Journal, TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        await backup.DisposeAsync();
        await waiting;
    }

    [Fact]
    public void What_waiting_does_not_change_is_not_waited_for() => HeldFile.Await(_folder.Journal, TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData(FileShare.None)]
    [InlineData(FileShare.Read)]
    public void A_journal_that_a_backup_holds_open_is_not_called_read_only(FileShare share)
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Elsewhere programs do not lock each other out.");
        SqliteJournal.Open(_folder.Journal).Dispose();
        using (new FileStream(_folder.Journal, FileMode.Open, FileAccess.Read, share))
        {
            NanonetsException failure = Assert.Throws<NanonetsException>(() => SqliteJournal.Open(_folder.Journal, limits: s_impatient));
            Assert.Equal(NanonetsErrorId.JournalUnavailable, failure.ErrorId);
            Assert.Contains("held open by another program", failure.Message);
        }

        SqliteJournal.Open(_folder.Journal, limits: s_impatient).Dispose();
    }

    [Fact]
    public async Task A_second_run_that_is_just_writing_the_mark_does_not_make_the_journal_look_restored()
    {
        using (SqliteJournal journal = SqliteJournal.Open(_folder.Journal))
        {
            using IJournalRun run = await journal.StartRunAsync(TestContext.Current.CancellationToken);
            await TestDocuments.AcceptAsync(run, "a");
            await run.CompleteRebuildAsync(TestDocuments.Origin, TestDocuments.Model, TestContext.Current.CancellationToken);
        }

        using var writing = new FileStream(_folder.Journal + "-mark", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        using SqliteJournal second = SqliteJournal.Open(_folder.Journal);
        using IJournalRun later = await second.StartRunAsync(TestContext.Current.CancellationToken);
        ModelContinuity continuity = await later.ContinuityAsync(
            TestDocuments.Origin, TestDocuments.Model, TestContext.Current.CancellationToken);
        Assert.Equal(JournalContinuity.Whole, continuity.State);
    }
}
