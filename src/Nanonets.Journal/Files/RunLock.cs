using System;
using System.Collections.Generic;
using System.IO;
using Nanonets.Journaling;

namespace Nanonets.Journal.Files;

/// <summary>
/// A file beside the journal that one run holds locked while its process lives. The operating system lets go of it when the process ends in
/// whatever way, and not when it is only paused: a lease that runs out would let a second run send what a paused one is just sending.
/// </summary>
/// <remarks>
/// A run's name is never used again, so that "its lock can be taken" stays true for ever once it is. What a run has claimed is in the
/// journal, not in the lock: two runs that both find a third one dead still pass its claims on one after the other, in the journal's
/// transactions.
/// </remarks>
internal sealed class RunLock : IDisposable
{
    private const string Infix = "-run-";
    private const string Extension = ".lock";

    private readonly FileStream _held;

    private RunLock(string runId, FileStream held) => (RunId, _held) = (runId, held);

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>Takes the lock of a new run.</summary>
    /// <param name="journal">Full path of the journal.</param>
    /// <exception cref="IOException">No file can be made or locked there.</exception>
    public static RunLock Take(string journal)
    {
        for (int attempt = 0; attempt < 10; attempt++)
        {
            string runId = Guid.NewGuid().ToString("N");
            string path = PathOf(journal, runId);
            FileStream held = OwnerOnlyFile.CreateExclusive(path);

            // Proves two things at once: that locks hold on this file system, and that the file that is locked is the one others find.
            // One that another run took for stale and removed before it was locked is made anew.
            switch (Probe(path))
            {
                case LockState.Held:
                    return new RunLock(runId, held);
                case LockState.Free:
                    held.Dispose();
                    TryDelete(path);
                    throw new IOException($"Locks do not hold in '{Path.GetDirectoryName(journal)}': another run could not be kept away");
                default:
                    held.Dispose();
                    break;
            }
        }

        throw new IOException($"The lock of this run is removed by something as soon as it is made in '{Path.GetDirectoryName(journal)}'");
    }

    /// <summary>Whether a run lives. When it cannot be told, it does.</summary>
    public static bool IsAlive(string journal, string runId) => Probe(PathOf(journal, runId)) == LockState.Held;

    /// <summary>Removes the lock files of runs that ended without doing it themselves.</summary>
    public static void RemoveStale(string journal)
    {
        foreach (string path in Files(journal))
        {
            try
            {
                // Removed while it is locked: a run that has just made this file finds out, since it checks after locking.
                using FileStream taken = OwnerOnlyFile.Open(path, FileMode.Open);
                if (Path.DirectorySeparatorChar == '/')
                    File.Delete(path);
            }
            catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
            {
                // A living run's, or removed meanwhile.
                continue;
            }

            if (Path.DirectorySeparatorChar != '/')
                TryDelete(path);
        }
    }

    /// <summary>Lets go of the lock and removes its file.</summary>
    public void Dispose()
    {
        string path = _held.Name;
        _held.Dispose();
        TryDelete(path);
    }

    private static IEnumerable<string> Files(string journal) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(journal)!, $"{Path.GetFileName(journal)}{Infix}*{Extension}");

    private static string PathOf(string journal, string runId) => $"{journal}{Infix}{runId}{Extension}";

    private static LockState Probe(string path)
    {
        try
        {
            OwnerOnlyFile.Open(path, FileMode.Open).Dispose();
            return LockState.Free;
        }
        catch (FileNotFoundException)
        {
            return LockState.Missing;
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            return LockState.Held;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // Somebody probes it just now; the next run removes it.
        }
    }

    private enum LockState
    {
        Held,
        Free,
        Missing,
    }
}
