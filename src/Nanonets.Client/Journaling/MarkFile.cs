using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Nanonets.Journaling;

/// <summary>A file that says of which journal it is and how many transactions that had seen.</summary>
internal sealed class MarkFile(string path)
{
    /// <summary>What the file says; null when there is none, or one that is still being made.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public string? Read()
    {
        try
        {
            // Shared: another run may be writing it.
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return file.ReadToEnd() is { Length: > 0 } text ? text : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes the file where that is possible.</summary>
    public void TryWrite(string journalId, long changes)
    {
        try
        {
            byte[] text = Encoding.ASCII.GetBytes(
                string.Format(CultureInfo.InvariantCulture, "{0} {1:00000000000000000000}", journalId, changes));
            using FileStream file = OwnerOnlyFile.Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite);
            file.Write(text, 0, text.Length);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // Without a mark a later run looks once more than it had to, or once less; the journal itself is written all the same.
        }
    }

    /// <summary>Whether a journal has seen all that a mark speaks of.</summary>
    /// <param name="text">What the mark says.</param>
    /// <param name="journalId">The journal.</param>
    /// <param name="changes">The transactions it has seen.</param>
    public static bool IsReached(string text, string journalId, long changes)
    {
        string[] fields = text.Split(' ');
        return fields.Length == 2 && fields[0] == journalId
            && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out long known) && changes >= known;
    }
}
