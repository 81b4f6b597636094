using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Journal.Files;
using Nanonets.Journal.Storage;
using Nanonets.Sending;
using Nanonets.Documents;
using Nanonets.Journal;

namespace Nanonets.Faults.Tests;

/// <summary>Journals that fail, that are lost, and that belong to another service.</summary>
public class JournalTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(27)]
    public async Task A_full_disk_stops_the_run_and_only_what_is_under_way_is_sent(int pages)
    {
        const int throttle = 5;
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = lab.Documents(150);
        Night night = await lab.OpenAsync(
            throttle: throttle, journal: SqliteJournal.Open(lab.JournalPath, limits: new JournalLimits { MostPages = pages }));
        int posts = 0;
        night.Consumer = (_, _) =>
        {
            if (posts == 0 && night.Run.StopReason is not null)
                posts = lab.Posts.Count;
            return Task.CompletedTask;
        };
        await lab.RunAsync(night, all.Select(one => lab.Job(one)));
        Assert.Equal(NanonetsErrorId.JournalUnavailable, night.Run.StopReason!.ErrorId);
        Assert.InRange(lab.Posts.Count, 6, 149);
        Assert.InRange(lab.Posts.Count - posts, 0, throttle);
        Assert.Equal(lab.Charges, night.Ends.Count(static end => end.Outcome.HasPages || end.Outcome.End == SendingEnd.Held));
        Figures.Report($"disk full at {pages} pages of the journal: {lab.Charges} charged, "
            + $"{night.Ends.Count(static end => end.Outcome.HasPages)} came out, {lab.Posts.Count - posts} POSTs after it");

        // There is room again: what was under way is found, the rest is sent.
        await lab.SettleAsync(all);
    }

    [Fact]
    public async Task A_journal_on_another_machine_is_refused_before_anything_is_sent()
    {
        await using Lab lab = await Lab.StartAsync();
        var folders = new FolderSafety(_ => new MountedVolume("nfs4", IsNetwork: true), static _ => null);
        NanonetsException refusal = Assert.Throws<NanonetsException>(() => SqliteJournal.Open(lab.JournalPath, folders: folders));
        Assert.Equal(NanonetsErrorId.JournalUnavailable, refusal.ErrorId);
        Assert.False(File.Exists(lab.JournalPath));
        Assert.Empty(lab.Emulator.Requests.All);
    }

    [Fact]
    public async Task A_journal_restored_from_yesterday_is_completed_from_the_tags()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] yesterday = lab.Documents(20);
        await lab.NightAsync(yesterday);
        byte[] backup = await File.ReadAllBytesAsync(lab.JournalPath, TestContext.Current.CancellationToken);
        lab.Time.Pass(TimeSpan.FromHours(24));
        UploadSource[] today = [.. yesterday, .. lab.Documents(20, 100)];
        await lab.NightAsync(today);
        lab.Time.Pass(TimeSpan.FromHours(1));

        // The disk died after tonight's run; the backup knows nothing of it.
        await File.WriteAllBytesAsync(lab.JournalPath, backup, TestContext.Current.CancellationToken);
        UploadSource[] again = [.. today, .. lab.Documents(5, 200)];
        Night night = await lab.NightAsync(again);
        Assert.Equal((40, 5), (night.Tally[SendingEnd.Known], night.Tally[SendingEnd.Accepted]));
        Assert.Equal((45, 45), (lab.Charges, lab.Posts.Count));
        Assert.Equal(45, lab.Entries().Count(static entry => entry.State == UploadState.Accepted));
    }

    [Fact]
    public async Task A_journal_that_was_deleted_is_rebuilt_from_the_tags()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = lab.Documents(20);
        await lab.NightAsync(all);
        foreach (string file in Directory.EnumerateFiles(lab.Folder))
            File.Delete(file);
        Night night = await lab.NightAsync(all);
        Assert.Equal((20, 20, 20), (night.Tally[SendingEnd.Known], lab.Charges, lab.Posts.Count));
    }

    [Fact]
    public async Task A_journal_of_another_service_skips_nothing_and_forgets_nothing()
    {
        await using Lab lab = await Lab.StartAsync();
        await using Lab other = await Lab.StartAsync();
        UploadSource[] all = lab.Documents(15);
        await lab.NightAsync(all);

        Night abroad = await lab.OpenAsync(client: other.Client());
        other.Time.Pass(lab.Time.Elapsed);
        await abroad.RunAsync(all.Select(one => lab.Job(one)));
        abroad.Dispose();
        Assert.Equal((15, 15), (abroad.Tally[SendingEnd.Accepted], other.Charges));
        Assert.All(all, one => Assert.Equal(
            other.Emulator.Billing.Charges.Single(charge => charge.FileName == one.FileName).RequestFileId, abroad.Of(one).RequestFileId));

        Night home = await lab.NightAsync(all);
        Assert.Equal((15, 15, 30), (home.Tally[SendingEnd.Known], lab.Charges, lab.Entries().Length));
    }

    [Fact]
    public Task A_journal_cut_in_its_last_transaction_loses_and_repeats_nothing() => CutAsync(cuts: 6);

    [Fact(Explicit = true)]
    public Task A_journal_cut_at_many_bytes_of_its_last_transaction_loses_and_repeats_nothing() => CutAsync(cuts: 300);

    /// <summary>
    /// The machine loses its power while the journal is being written: the service has what was sent, the log ends somewhere.
    /// </summary>
    private static async Task CutAsync(int cuts)
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = lab.Documents(12);
        string kept = Path.Combine(lab.Folder, "kept");
        Directory.CreateDirectory(kept);
        long before = 0;
        Night night = await lab.OpenAsync(throttle: 1);
        night.Consumer = async (document, _) =>
        {
            // In the middle of the night: as if the power had gone just now.
            if (document.Source != all[8])
            {
                if (!File.Exists(Path.Combine(kept, "uploads.db")))
                    before = new FileInfo(lab.JournalPath + "-wal").Length;
                return;
            }

            foreach (string file in Directory.EnumerateFiles(lab.Folder)
                .Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            {
                await using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                await using FileStream to = File.Create(Path.Combine(kept, Path.GetFileName(file)));
                await from.CopyToAsync(to);
            }
        };
        await lab.RunAsync(night, all.Select(one => lab.Job(one)));
        long after = new FileInfo(Path.Combine(kept, "uploads.db-wal")).Length;
        Assert.True(after > before, $"The log went from {before} to {after} bytes.");
        for (int cut = 0; cut <= cuts; cut++)
        {
            foreach (string file in Directory.EnumerateFiles(lab.Folder))
                File.Delete(file);
            foreach (string file in Directory.EnumerateFiles(kept))
                File.Copy(file, Path.Combine(lab.Folder, Path.GetFileName(file)));
            await using (var log = new FileStream(lab.JournalPath + "-wal", FileMode.Open))
                log.SetLength(before + ((after - before) * cut / cuts));
            File.Delete(lab.JournalPath + "-shm");

            // All twelve were sent by the night that was cut off: whatever the log lacks is found by its tag.
            Night next = await lab.NightAsync(all);
            Assert.All(next.Ends, static end => Assert.True(end.Outcome.HasPages, $"{end.Document.Source} {end.Outcome.End}"));
            Assert.Equal((12, 12), (lab.Charges, lab.Posts.Count));
        }

        Figures.Report($"{cuts + 1} cuts of the last {after - before} bytes of the log: nothing lost, nothing sent again");
    }
}
