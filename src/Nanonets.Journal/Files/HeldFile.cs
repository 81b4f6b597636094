using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Nanonets.Journal.Storage;

namespace Nanonets.Journal.Files;

/// <summary>Waits for a program that keeps a file to itself, such as a backup or a virus scanner that is just reading it.</summary>
internal static class HeldFile
{
    private const string Held =
        "is held open by another program that lets nobody write to it, such as a backup or a virus scanner. Try again when it has ended";

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns when the file can be written together with others, or when that fails for another reason.</summary>
    /// <param name="path">A file that is there.</param>
    /// <param name="patience">How long to wait.</param>
    /// <exception cref="JournalFileException">It is still held.</exception>
    public static void Await(string path, TimeSpan patience)
    {
        var waited = Stopwatch.StartNew();
        while (IsHeld(path))
        {
            if (waited.Elapsed >= patience)
                throw new JournalFileException(Held);
            Thread.Sleep(s_step);
        }
    }

    private static bool IsHeld(string path)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete).Dispose();
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            // Read-only, which waiting does not change: SQLite says so.
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
