using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Nanonets.Journal.Files;

/// <summary>
/// A small file beside the journal that says how far it had come: which journal it was and how many transactions it had seen. A journal
/// that is behind its mark, or has none, was put back from a copy, lost its log, or was brought from elsewhere: its entries may be
/// incomplete.
/// </summary>
internal sealed class ContinuityMark(string journal) : IDisposable
{
    /// <summary>The mark may lag: it only has to notice a journal that is older than the last run, not the last second.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly string _path = PathOf(journal);
    private string? _journalId;
    private DateTime _written;
    private long _changes;
    private bool _isPending;

    /// <summary>Whether the journal is what the last run left.</summary>
    /// <param name="journalId">Its id.</param>
    /// <param name="changes">The transactions it has seen.</param>
    public static bool Confirms(string journal, string journalId, long changes)
    {
        string path = PathOf(journal);
        try
        {
            // Shared: another run may be writing it.
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            string[] fields = file.ReadToEnd().Split(' ');
            return fields.Length == 2 && fields[0] == journalId
                && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out long known) && changes >= known;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether there is a mark: there was a journal in this place.</summary>
    public static bool Exists(string journal) => File.Exists(PathOf(journal));

    /// <summary>Writes the mark now.</summary>
    public void Begin(string journalId, long changes)
    {
        _journalId = journalId;
        Write(changes);
    }

    /// <summary>Notes that the journal has come further.</summary>
    public void Update(long changes)
    {
        (_changes, _isPending) = (changes, true);
        if (DateTime.UtcNow - _written >= s_interval)
            Write(changes);
    }

    public void Dispose()
    {
        if (_isPending)
            Write(_changes);
    }

    private static string PathOf(string journal) => journal + "-mark";

    private void Write(long changes)
    {
        (_written, _isPending) = (DateTime.UtcNow, false);
        if (_journalId is null)
            return;

        try
        {
            OwnerOnlyFile.EnsureExists(_path);
            byte[] text = Encoding.ASCII.GetBytes(
                string.Format(CultureInfo.InvariantCulture, "{0} {1:00000000000000000000}", _journalId, changes));
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.Write(text, 0, text.Length);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // Without a mark a later run looks once more than it had to; the journal itself is written all the same.
        }
    }
}
