using System;
using System.IO;
using System.Text;
using Nanonets.Documents;
using Nanonets.Journaling;

namespace Nanonets.Journal.Files;

/// <summary>
/// Says how far a journal had come, in two small files. The one beside the journal goes with it when it is moved: a journal that is behind
/// it, or has none, was put back from a copy, lost its log, or was brought from elsewhere. The other is kept for each user, away from the
/// journal: it still says so when the whole folder was put back. A journal that is behind either of them may have lost entries.
/// </summary>
/// <remarks>
/// The file away from the journal is one for each journal and place: a copy in another place is not behind it, and a journal that was moved
/// has none yet. One that is older than the journal is usual: another user has worked with it since. Where it cannot be written there is
/// none.
/// </remarks>
internal sealed class ContinuityMark : IDisposable
{
    /// <summary>The mark may lag: it only has to notice a journal that is older than the last run, not the last second.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly string _journalId;
    private readonly string? _folder;
    private readonly MarkFile _beside;
    private readonly MarkFile? _away;
    private DateTime _written;
    private long _changes;
    private bool _isPending;

    /// <param name="journal">Full path of the journal.</param>
    /// <param name="journalId">Its id.</param>
    /// <param name="folder">Where the user's marks are; null for nowhere.</param>
    public ContinuityMark(string journal, string journalId, string? folder)
    {
        (_journalId, _folder) = (journalId, folder);
        _beside = new MarkFile(journal + "-mark");
        _away = folder is null ? null : new MarkFile(Path.Combine(folder, NameOf(journal, journalId)));
    }

    /// <summary>Whether the journal is what the last run left.</summary>
    /// <param name="changes">
    /// Asks for the transactions it has seen. That comes after the marks were read: another run may be under way, which commits first and
    /// marks then.
    /// </param>
    public bool Confirms(Func<long> changes)
    {
        // One that is there and says nothing may say anything.
        string? beside = Read(_beside, otherwise: "unreadable");
        string? away = _away is null ? null : Read(_away, otherwise: null);
        long seen = changes();
        return (beside is null ? seen == 0 : MarkFile.IsReached(beside, _journalId, seen))
            && (away is null || MarkFile.IsReached(away, _journalId, seen));
    }

    /// <summary>Writes the mark now.</summary>
    public void Begin(long changes)
    {
        TryMakeFolder();
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

    /// <summary>No part of the name is taken as it is: a file from elsewhere may call itself anything.</summary>
    private static string NameOf(string journal, string journalId)
    {
        string place = Path.Combine(RealPath.Of(Path.GetDirectoryName(journal)!), Path.GetFileName(journal));
        if (Path.DirectorySeparatorChar == '\\')
            place = place.ToUpperInvariant();
        byte[] name = Encoding.UTF8.GetBytes($"{journalId}\n{place}");
        return ContentHash.Of(name, name.Length) + ".mark";
    }

    private static string? Read(MarkFile file, string? otherwise)
    {
        try
        {
            return file.Read();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }

    private void TryMakeFolder()
    {
        try
        {
            if (_folder is not null)
                Directory.CreateDirectory(_folder);
        }
        catch (Exception impossible) when (impossible is IOException or UnauthorizedAccessException)
        {
            // No profile, or one that is read-only: the mark beside the journal is the only one.
        }
    }

    private void Write(long changes)
    {
        (_written, _isPending) = (DateTime.UtcNow, false);
        _beside.TryWrite(_journalId, changes);
        _away?.TryWrite(_journalId, changes);
    }
}
