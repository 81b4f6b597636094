using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Journal.PostgreSql.Storage;
using Nanonets.Journaling;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Journal.PostgreSql.Rounds;

/// <summary>What the database says of the run that makes a round.</summary>
/// <param name="IsAlive">Whether its claims are its own.</param>
/// <param name="Changes">How many transactions it has made.</param>
/// <param name="Round">The last of them.</param>
internal sealed record OwnRun(bool IsAlive, long Changes, Guid? Round);

/// <summary>The page window of a model within a round.</summary>
internal sealed class WindowRow(long target, long version, Guid? round, string? text)
{
    public long Target => target;

    public long Version => version;

    public Guid? Round => round;

    /// <summary>As it was read.</summary>
    public string? Before => text;

    public PageWindow? Window { get; set; }

    /// <summary>The window after it was written, or was found to need no writing.</summary>
    public WindowRow Written(Guid transaction) => IsChanged
        ? new WindowRow(target, version + 1, transaction, PageWindowText.Write(Window!))
        : new WindowRow(target, version, round, text);

    /// <summary>Whether it is to be written.</summary>
    public bool IsChanged => Window is not null && PageWindowText.Write(Window) != text;
}

/// <summary>The rows of a round: as they were read, then as the changes of the round leave them, each upon the other.</summary>
internal sealed class RoundRows
{
    private readonly Dictionary<long, EntryRow> _byId = [];
    private readonly Dictionary<(long Target, string Content, string Pages, string Metadata), EntryRow> _byKey = [];
    private readonly Dictionary<(long Target, string RequestFileId), EntryRow> _byFile = [];
    private readonly Dictionary<long, WindowRow> _windows = [];
    private readonly List<(long Target, JournalEntry Entry)> _sent = [];
    private readonly List<(long Target, ListedUpload File)> _listed = [];

    /// <summary>The change that is being computed.</summary>
    public Change? Computing { get; set; }

    /// <summary>Null where no run makes the round, or it is not known to the database.</summary>
    public OwnRun? Own { get; set; }

    /// <summary>Whether the database was asked.</summary>
    public bool IsRead { get; set; }

    /// <summary>The time of the database less the time of this machine.</summary>
    public TimeSpan ClockCorrection { get; set; }

    /// <summary>The runs that live.</summary>
    public HashSet<string> Alive { get; } = [];

    public IEnumerable<EntryRow> Entries => _byKey.Values;

    public IEnumerable<WindowRow> Windows => _windows.Values;

    public void Add(EntryRow row)
    {
        // Read for several changes it is one row all the same.
        if (!_byId.TryAdd(row.Entry.EntryId, row))
            return;

        _byKey[KeyOf(row)] = row;
        if (row.Entry.RequestFileId is { } file && row.Entry.IsDone)
            _byFile[(row.Target, file)] = row;
    }

    public void Add(WindowRow window) => _windows[window.Target] = window;

    public void AddSent(long target, JournalEntry entry) => _sent.Add((target, entry));

    public void AddListed(long target, ListedUpload file) => _listed.Add((target, file));

    public EntryRow? Find(long id) => _byId.GetValueOrDefault(id);

    public EntryRow? Find(long target, DocumentKey key) =>
        _byKey.GetValueOrDefault((target, key.ContentHash, key.Pages, key.MetadataDigest));

    public EntryRow? FindFile(long target, string requestFileId) => _byFile.GetValueOrDefault((target, requestFileId));

    public IEnumerable<EntryRow> UnresolvedOf(long target) =>
        _byId.Values.Where(row => row.Target == target && row.Entry.IsUnresolved).OrderBy(static row => row.Entry.EntryId).ToArray();

    /// <summary>The row that a row of an earlier try stands for.</summary>
    public EntryRow? Same(EntryRow earlier) => _byKey.GetValueOrDefault(KeyOf(earlier));

    public WindowRow? Window(long target) => _windows.GetValueOrDefault(target);

    /// <summary>Changes an entry.</summary>
    public void Store(EntryRow row, JournalEntry entry)
    {
        row.Change(entry);
        if (row.IsChanged)
            Computing!.Touched(row);
    }

    /// <summary>Adds an entry.</summary>
    public EntryRow Store(long target, JournalEntry entry, long? run)
    {
        var row = new EntryRow(JournalEntry.None, target) { RunNumber = run };
        row.Change(entry);
        _byKey[KeyOf(row)] = row;
        Computing!.Touched(row);
        return row;
    }

    /// <summary>
    /// An entry with the same content, pages and model, which the service has, under other metadata; null when there is none.
    /// </summary>
    public JournalEntry? WithOtherMetadata(long target, DocumentKey key) => _sent.Find(sent => sent.Target == target
        && sent.Entry.Key != key && (sent.Entry.Key with { MetadataDigest = key.MetadataDigest }) == key).Entry;

    /// <summary>Files that may be a document, by its tag or, without one, by name and metadata.</summary>
    public IReadOnlyList<ListedUpload> ListedFor(long target, JournalEntry entry, string tagId) =>
    [
        .. _listed.Where(one => one.Target == target && (one.File.Tag is { } tag ? tag.Id == tagId : one.File.MayBe(entry)))
            .Select(static one => one.File).Distinct(),
    ];

    private static (long, string, string, string) KeyOf(EntryRow row) =>
        (row.Target, row.Entry.ContentHash, row.Entry.PagesToProcess, row.Entry.Key.MetadataDigest);
}
