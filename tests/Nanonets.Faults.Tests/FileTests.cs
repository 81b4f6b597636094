using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests;

/// <summary>
/// Files that cannot be read, or change while they are sent: they alone fail, and the service never gets a torn document.
/// </summary>
public class FileTests
{
    private const int Large = 12 * 1024 * 1024;

    [Theory]
    [InlineData("locked")]
    [InlineData("denied")]
    [InlineData("deleted")]
    [InlineData("empty")]
    [InlineData("a link to itself")]
    public async Task A_file_that_cannot_be_read_fails_alone(string how)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && how == "a link to itself", "Making a link needs a privilege there.");
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = lab.Documents(20);
        string path = all[7].SourcePath!;
        FileStream? holder = null;
        switch (how)
        {
            case "locked": holder = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None); break;
            case "denied":
                // What a system denies to everybody, root included: a folder is no file to be opened.
                File.Delete(path);
                Directory.CreateDirectory(path);
                break;
            case "empty": await File.WriteAllBytesAsync(path, [], TestContext.Current.CancellationToken); break;
            case "a link to itself":
                File.Delete(path);
                File.CreateSymbolicLink(path, path);
                break;
            default: File.Delete(path); break;
        }

        Night night = await lab.NightAsync(all);
        holder?.Dispose();
        Assert.Equal((19, 1), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.NotSent]));
        Assert.NotNull(night.Of(all[7]).Error);
        Assert.Equal((19, 19), (lab.Charges, lab.Posts.Count));
    }

    [Theory]
    [InlineData("grown")]
    [InlineData("shrunk")]
    [InlineData("rewritten")]
    [InlineData("rewritten with its time kept")]
    public async Task A_file_that_changes_while_it_is_sent_is_not_accepted(string how)
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] others = lab.Documents(12);
        UploadSource victim = lab.Document("victim.pdf", bytes: Large);
        HashSet<string> whole = [.. others.Append(victim).Select(one => Promises.HashOf(one)!)];
        Night night = await lab.OpenAsync(throttle: 4);
        long left = 0;
        bool changed = false, keptAway = false;
        night.OnBytes = delta =>
        {
            left += delta;
            if (left < Large / 2 || changed)
                return;
            changed = true;
            keptAway = !TryChange(victim.SourcePath!, how);
        };
        await lab.RunAsync(
            night, [.. others.Take(6).Select(one => lab.Job(one)), lab.Job(victim), .. others.Skip(6).Select(one => lab.Job(one))]);
        Assert.True(changed);

        // Windows lets nobody write to a file that is being sent.
        Assert.Equal(OperatingSystem.IsWindows(), keptAway);
        if (keptAway)
        {
            Assert.Equal((13, 0), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.NotSent]));
            return;
        }

        Assert.Equal((12, 1), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.NotSent]));
        Assert.Equal(NanonetsErrorId.SourceChanged, night.Of(victim).Error!.ErrorId);
        Assert.All(lab.Emulator.Billing.Charges, charge => Assert.Contains(charge.Sha256, whole));
        Assert.Equal(12, lab.Charges);

        // As it is now it is another document, which is sent like any other.
        Night next = await lab.NightAsync([.. others, UploadSource.FromPath(victim.SourcePath!)]);
        Assert.Equal((1, 12, 13), (next.Tally[SendingEnd.Accepted], next.Tally[SendingEnd.Known], lab.Charges));
    }

    private static bool TryChange(string path, string how)
    {
        try
        {
            Change(path, how);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Change(string path, string how)
    {
        DateTime time = File.GetLastWriteTimeUtc(path);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            switch (how)
            {
                case "grown":
                    file.Seek(0, SeekOrigin.End);
                    file.Write("more"u8);
                    break;
                case "shrunk":
                    file.SetLength(Large - 100);
                    break;
                default:
                    file.Seek(Large - 1000, SeekOrigin.Begin);
                    file.Write("other bytes in the part that has not left yet"u8);
                    break;
            }
        }

        if (how == "rewritten with its time kept")
            File.SetLastWriteTimeUtc(path, time);
    }
}
