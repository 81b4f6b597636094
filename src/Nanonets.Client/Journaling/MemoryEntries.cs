using System.Collections.Generic;
using System.Linq;
using Nanonets.Documents;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Journaling;

/// <summary>What a journal in memory keeps. Whoever uses it locks it.</summary>
/// <param name="forgets">
/// Whether documents that are settled are forgotten, but for those that may have to show that a listing is complete: memory then stays
/// flat, and nothing is known by its content.
/// </param>
internal sealed class MemoryEntries(bool forgets)
{
    private readonly SortedDictionary<long, JournalEntry> _entries = [];
    private readonly Dictionary<DocumentKey, long> _ids = [];
    private readonly AnsweredNeighbours? _answered = forgets ? new AnsweredNeighbours() : null;
    private long _lastId;

    public bool Forgets => forgets;

    public IEnumerable<JournalEntry> All => _entries.Values;

    /// <summary>Those that the service has answered.</summary>
    public IEnumerable<JournalEntry> Answered => _answered?.Entries ?? All.Where(static entry => entry.Answered is not null);

    /// <summary>The runs that are under way.</summary>
    public HashSet<string> Alive { get; } = [];

    /// <summary>The models whose rebuild is complete.</summary>
    public HashSet<(string Origin, string ModelId)> Whole { get; } = [];

    /// <summary>What rebuilds found at the service and the journal did not know.</summary>
    public Dictionary<(string Origin, string ModelId), Dictionary<string, ListedUpload>> Listed { get; } = [];

    public bool IsAlive(string? runId) => runId is not null && Alive.Contains(runId);

    public JournalEntry? Find(long id) => _entries.TryGetValue(id, out JournalEntry? entry) ? entry : null;

    /// <summary>The entry of a content. What is forgotten once it is settled is not known by its content before that either.</summary>
    public JournalEntry? Find(DocumentKey key) => !forgets && _ids.TryGetValue(key, out long id) ? _entries[id] : null;

    public bool IsKnown(string origin, string modelId, string requestFileId) => (_answered?.Entries ?? All)
        .Any(entry => entry.RequestFileId == requestFileId && entry.ModelId == modelId && entry.Origin == origin);

    /// <summary>
    /// The first entry with the same content, pages and model, which the service has, under other metadata; null when there is none.
    /// </summary>
    public JournalEntry? OtherMetadata(JournalEntry entry) => forgets ? null : All.FirstOrDefault(
        other => other.IsDone && other.Key != entry.Key && (other.Key with { MetadataDigest = entry.Key.MetadataDigest }) == entry.Key);

    public JournalEntry Replace(JournalEntry entry) => _entries[entry.EntryId] = entry;

    /// <summary>An entry without an id is new.</summary>
    public JournalEntry Store(JournalEntry entry)
    {
        JournalEntry stored = Replace(entry.EntryId != 0 ? entry : entry with { EntryId = ++_lastId });
        _ids[stored.Key] = stored.EntryId;
        if (_answered is not null && (stored.IsDone || stored.State is UploadState.Refused or UploadState.Failed))
        {
            Forget(stored);
            _answered.Add(stored, All.Where(static open => open.IsUnresolved && open.State != UploadState.Sending));
        }

        return stored;
    }

    public void Forget(JournalEntry entry)
    {
        _entries.Remove(entry.EntryId);
        _ids.Remove(entry.Key);
    }
}
