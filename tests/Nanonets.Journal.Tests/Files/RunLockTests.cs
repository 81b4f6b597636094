using System.IO;
using System.Linq;
using Nanonets.Journal.Tests.Support;
using Nanonets.Journal.Files;

namespace Nanonets.Journal.Tests.Files;

public sealed class RunLockTests : System.IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_lives_as_long_as_its_lock_is_held_and_leaves_nothing_behind()
    {
        RunLock taken = RunLock.Take(_folder.Journal);
        Assert.True(RunLock.IsAlive(_folder.Journal, taken.RunId));
        taken.Dispose();
        Assert.False(RunLock.IsAlive(_folder.Journal, taken.RunId));
        Assert.Empty(Directory.EnumerateFiles(_folder.Root));
    }

    [Fact]
    public void Files_of_runs_that_were_cut_off_are_removed_and_those_of_living_ones_are_not()
    {
        using RunLock living = RunLock.Take(_folder.Journal);
        string stale = _folder.Journal + "-run-0123456789abcdef0123456789abcdef.lock";
        File.WriteAllText(stale, string.Empty);
        Assert.False(RunLock.IsAlive(_folder.Journal, "0123456789abcdef0123456789abcdef"));
        RunLock.RemoveStale(_folder.Journal);
        Assert.Equal([$"uploads.db-run-{living.RunId}.lock"], Directory.EnumerateFiles(_folder.Root).Select(Path.GetFileName));
        Assert.True(RunLock.IsAlive(_folder.Journal, living.RunId));
    }

    [Fact]
    public void A_run_that_never_was_is_dead() => Assert.False(RunLock.IsAlive(_folder.Journal, "none"));

    [Fact]
    public void Nobody_else_can_read_the_lock()
    {
        Assert.SkipWhen(System.OperatingSystem.IsWindows(), "On Windows the rights of the folder count.");
        using RunLock taken = RunLock.Take(_folder.Journal);
#pragma warning disable CA1416 // Skipped on Windows.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.EnumerateFiles(_folder.Root).Single()));
#pragma warning restore CA1416
    }
}
