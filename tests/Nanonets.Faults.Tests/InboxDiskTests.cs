using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;

namespace Nanonets.Faults.Tests;

/// <summary>What goes wrong with the disks under an inbox: full, another one, and originals that cannot be moved.</summary>
public sealed class InboxDiskTests
{
    [Fact]
    public async Task A_destination_on_another_volume_gets_whole_copies_and_the_inbox_is_emptied()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        using OtherVolume volume = OtherVolume.Find(lab);
        lab.Destination = volume.Folder;
        DateTime written = File.GetLastWriteTimeUtc(lab.Add("a.png"));
        File.SetAttributes(lab.Add("sub/b.png"), FileAttributes.ReadOnly);
        lab.Add("large.png", InboxLab.Content(new string('x', 1_000_000)));
        InboxRun run = await lab.PassAsync();
        Assert.Equal(3, run.Review);
        lab.CheckEmpty();
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(volume.Folder, "review", "a.png")));
    }

    [Fact]
    public async Task Two_passes_at_once_copy_each_document_to_another_volume_once()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        using OtherVolume volume = OtherVolume.Find(lab);
        lab.Destination = volume.Folder;
        for (int number = 0; number < 20; number++)
            lab.Add($"{number}.png", InboxLab.Content(new string((char)('a' + number), 300_000)));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => lab.PassAsync())));
        await lab.PassAsync();
        lab.CheckEmpty();
    }

    [Fact]
    public async Task A_destination_that_is_full_ends_the_run_and_the_next_one_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "A volume of a fixed size is mounted for this.");
        await using InboxLab lab = await InboxLab.StartAsync();
        lab.Destination = Directory.CreateDirectory(Path.Combine(lab.Root, "small")).FullName;
        Assert.SkipUnless(TryRun("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", lab.Destination), "Nothing can be mounted here.");
        try
        {
            for (int number = 0; number < 12; number++)
                lab.Add($"{number:00}.png", InboxLab.Content(new string((char)('a' + number), 40_000)));
            InboxRun run = await lab.PassAsync();
            Assert.Equal("FileNotWritten", run.ErrorId);
            Assert.InRange(run.Review, 1, 8);
            Assert.Contains("space", run.Reason, StringComparison.OrdinalIgnoreCase);
            Assert.All(run.Documents.Where(static one => one.IsLeft), static one => Assert.Equal("FileNotWritten", one.ErrorId));
            lab.Check();

            // Somebody has made room.
            Assert.True(TryRun("mount", "-o", "remount,size=2m", lab.Destination));
            run = await lab.PassAsync();
            Assert.Null(run.ErrorId);
            lab.CheckEmpty();
        }
        finally
        {
            TryRun("umount", lab.Destination);
        }
    }

    [Fact]
    public async Task An_original_that_is_locked_when_it_is_to_be_moved_stays_and_is_filed_by_the_next_run()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        lab.Add("free.png");
        string path = lab.Add("locked.png");
        FaultRule slow = lab.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.FileSlow, FileName = "locked.png", Delay = TimeSpan.FromSeconds(1) });
        Task<InboxRun> pass = lab.PassAsync();
        await UntilAsync(() => lab.Emulator.Billing.Charges.Count == 2);
        InboxRun run;
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            run = await pass;
        InboxDocument left = Assert.Single(run.Documents, static one => one.IsLeft);
        Assert.Equal((InboxState.Unfiled, "SourceUnavailable"), (left.State, left.ErrorId));
        Assert.Contains("cannot be moved", left.Reason);
        lab.Check();
        Assert.Equal(1, slow.Hits);

        await lab.PassAsync();
        lab.CheckEmpty();
    }

    [Fact]
    public async Task A_file_that_is_written_to_after_it_was_sent_stays_and_is_a_document_of_its_own()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        byte[] content = InboxLab.Content("first");
        string path = lab.Add("a.png", content);
        lab.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.FileSlow, FileName = "a.png", Delay = TimeSpan.FromSeconds(1) });
        Task<InboxRun> pass = lab.PassAsync();
        await UntilAsync(() => lab.Emulator.Billing.Charges.Count == 1);
        await File.WriteAllBytesAsync(path, [.. content, 1], TestContext.Current.CancellationToken);
        InboxDocument left = Assert.Single((await pass).Documents);
        Assert.Equal((InboxState.Waiting, "SourceChanged"), (left.State, left.ErrorId));
        Assert.Empty(lab.Rows());
        Assert.Equal(content.Length + 1, new FileInfo(path).Length);
    }

    [Fact]
    public async Task A_file_that_somebody_takes_away_is_said_to_be_gone()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        string path = lab.Add("a.png");
        lab.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.FileSlow, FileName = "a.png", Delay = TimeSpan.FromSeconds(1) });
        Task<InboxRun> pass = lab.PassAsync();
        await UntilAsync(() => lab.Emulator.Billing.Charges.Count == 1);
        File.Delete(path);
        InboxRun run = await pass;
        Assert.Equal((InboxState.Gone, 0), (Assert.Single(run.Documents).State, run.ExitCode));
        Assert.Empty(lab.Rows());
    }

    [Fact]
    public async Task What_was_filed_before_is_not_looked_at()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        string review = Directory.CreateDirectory(Path.Combine(lab.Destination, "review")).FullName;
        const int Filed = 2000;
        for (int number = 1; number <= Filed; number++)
            await File.WriteAllTextAsync(Path.Combine(review, number == 1 ? "a.png" : $"a ({number}).png"), "", CancellationToken);
        lab.Add("a.png");
        InboxRun run = await lab.PassAsync();
        Assert.Equal(Path.Combine(review, $"a ({Filed + 1}).png"), Assert.Single(run.Documents).SourcePath);
    }

    [Fact(Explicit = true)]
    public async Task A_hundred_thousand_documents_filed_before_do_not_slow_a_pass_down()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        string review = Directory.CreateDirectory(Path.Combine(lab.Destination, "review")).FullName;
        for (int number = 1; number <= 100_000; number++)
            await File.WriteAllTextAsync(Path.Combine(review, number == 1 ? "a.png" : $"a ({number}).png"), "", CancellationToken);
        TimeSpan empty = (await lab.PassAsync()).Duration;
        lab.Add("a.png");
        TimeSpan one = (await lab.PassAsync()).Duration;
        Figures.Report($"100,000 of one name filed before: empty inbox {empty.TotalMilliseconds:N0} ms, one more {one.TotalSeconds:N1} s");
        Assert.InRange(empty, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static System.Threading.CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
            await Task.Delay(5, CancellationToken);
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>A folder on another volume than the inbox.</summary>
    private sealed class OtherVolume : IDisposable
    {
        private OtherVolume(string folder) => Folder = folder;

        public string Folder { get; }

        public static OtherVolume Find(InboxLab lab)
        {
            string probe = Path.Combine(lab.Root, "probe");
            foreach (DriveInfo drive in DriveInfo.GetDrives().Where(static drive => drive.DriveType is DriveType.Fixed or DriveType.Ram))
            {
                string folder = Path.Combine(drive.RootDirectory.FullName, $"nanonets-inbox-{Guid.NewGuid():N}");
                try
                {
                    Directory.CreateDirectory(folder);
                    File.WriteAllText(probe, "");
                    if (!Nanonets.Inbox.FileRename.Try(probe, Path.Combine(folder, "probe")))
                        return new OtherVolume(folder);
                    Directory.Delete(folder, true);
                }
                catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
                {
                    continue;
                }
            }

            Assert.Skip("There is no second volume that can be written to.");
            return null!;
        }

        public void Dispose() => Directory.Delete(Folder, true);
    }
}
