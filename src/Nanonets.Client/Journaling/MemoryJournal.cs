using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Journaling;

/// <summary>A journal for as long as the process lives: what a run without <c>-Journal</c> keeps, so that there is one way of sending.</summary>
internal sealed class MemoryJournal : IUploadJournal
{
    private readonly object _lock = new();
    private readonly List<JournalEntry> _entries = [];

    /// <summary>Where in <see cref="_entries"/> the last one with a content is; those before it are chained by <see cref="_earlier"/>.</summary>
    private readonly Dictionary<string, int> _lastOfContent = new(StringComparer.Ordinal);

    /// <summary>For each entry the one before it with the same content; -1 where there is none.</summary>
    private readonly List<int> _earlier = [];
    private readonly HashSet<string> _alive = [];

    public string Location => "memory";

    public JournalContinuity Continuity { get; init; } = JournalContinuity.Whole;

    public Task<IJournalRun> StartRunAsync(CancellationToken cancellationToken)
    {
        var run = new Run(this);
        lock (_lock)
            _alive.Add(run.RunId);
        return Task.FromResult<IJournalRun>(run);
    }

    public IEnumerable<JournalEntry> Query(JournalQuery query)
    {
        lock (_lock)
            return [.. _entries.Where(entry => Matches(entry, query)).OrderByDescending(static entry => entry.ChangedAt).ThenByDescending(static entry => entry.EntryId)];
    }

    public IReadOnlyList<JournalMonth> Months()
    {
        lock (_lock)
        {
            return
            [
                .. _entries.Where(static entry => entry.Charged != ChargeState.No)
                    .GroupBy(static entry => MonthOf(entry.AcceptedAt ?? entry.ChangedAt))
                    .Select(static month => new JournalMonth(
                        month.Key,
                        month.Count(static entry => entry.Charged == ChargeState.Yes),
                        month.Where(static entry => entry.Charged == ChargeState.Yes).Sum(static entry => (long)(entry.PageCount ?? 0)),
                        month.Count(static entry => entry.Charged == ChargeState.Unknown)))
                    .OrderByDescending(static month => month.Month),
            ];
        }
    }

    public Task FinishAsync(string origin, string modelId, string requestFileId, UploadChange.Finished finished, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            int at = _entries.FindIndex(entry => entry.RequestFileId == requestFileId && entry.ModelId == modelId && entry.Origin == origin && entry.IsDone);
            if (at >= 0)
                _entries[at] = JournalRules.Apply(_entries[at], finished);
        }

        return Task.CompletedTask;
    }

    public Task<JournalEntry?> ResolveAsync(long entryId, UploadChange word, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            int at = IndexOf(entryId);
            if (at < 0)
                return Task.FromResult<JournalEntry?>(null);
            if (JournalRules.IsWorkedOn(_entries[at], IsAlive(_entries[at].RunId)))
                throw new InvalidOperationException($"A run that is under way works on {_entries[at].Input}.");

            _entries[at] = JournalRules.Apply(_entries[at], word);
            return Task.FromResult<JournalEntry?>(_entries[at]);
        }
    }

    public Task<int> RemoveAsync(DateTimeOffset before, bool evenUnresolved, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            int removed = _entries.RemoveAll(entry => JournalRules.MayForget(entry, before, evenUnresolved) && !JournalRules.IsWorkedOn(entry, IsAlive(entry.RunId)));
            _lastOfContent.Clear();
            _earlier.Clear();
            foreach (JournalEntry entry in _entries)
                Chain(entry.Key);
            return Task.FromResult(removed);
        }
    }

    public void Dispose()
    {
        // Nothing outlives the process.
    }

    private static bool Matches(JournalEntry entry, JournalQuery query) =>
        (query.EntryId is null || entry.EntryId == query.EntryId)
        && (query.States is null || query.States.Contains(entry.State))
        && (query.After is null || entry.ChangedAt >= query.After)
        && (query.Before is null || entry.ChangedAt < query.Before)
        && (query.SourcePath is null || entry.SourcePath == query.SourcePath)
        && (query.ModelId is null || entry.ModelId == query.ModelId)
        && (query.RequestFileId is null || entry.RequestFileId == query.RequestFileId);

    private static DateTimeOffset MonthOf(DateTimeOffset time) => new(time.UtcDateTime.Year, time.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);

    private bool IsAlive(string? runId) => runId is not null && _alive.Contains(runId);

    /// <summary>Makes the entry after the last chained one findable by its content.</summary>
    private void Chain(DocumentKey key)
    {
        _earlier.Add(_lastOfContent.TryGetValue(key.ContentHash, out int last) ? last : -1);
        _lastOfContent[key.ContentHash] = _earlier.Count - 1;
    }

    /// <summary>The entries with a content, the newest first, by where they are.</summary>
    private IEnumerable<int> WithContent(string contentHash)
    {
        for (int at = _lastOfContent.TryGetValue(contentHash, out int last) ? last : -1; at >= 0; at = _earlier[at])
            yield return at;
    }

    private int IndexOf(DocumentKey key)
    {
        foreach (int at in WithContent(key.ContentHash))
        {
            if (_entries[at].Key == key)
                return at;
        }

        return -1;
    }

    /// <summary>The first entry with the same content, pages and model, which the service has, under other metadata; null when there is none.</summary>
    private JournalEntry? WithOtherMetadata(DocumentKey key) => WithContent(key.ContentHash)
        .Select(at => _entries[at])
        .LastOrDefault(entry => entry.IsDone && entry.Key != key && (entry.Key with { MetadataDigest = key.MetadataDigest }) == key);

    private int IndexOf(long entryId)
    {
        // Entries are numbered as they come and never reordered.
        int low = 0;
        int high = _entries.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_entries[middle].EntryId == entryId)
                return middle;
            if (_entries[middle].EntryId < entryId)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }

    private sealed class Run(MemoryJournal journal) : IJournalRun
    {
        public string RunId { get; } = Guid.NewGuid().ToString("N");

        public Task<JournalAnswer> BeginAsync(UploadIntent intent, ResendScope resend, DateTimeOffset at, CancellationToken cancellationToken)
        {
            lock (journal._lock)
            {
                int index = journal.IndexOf(intent.Key);
                JournalEntry? existing = index < 0 ? null : journal._entries[index];
                bool ownerAlive = existing?.RunId != RunId && journal.IsAlive(existing?.RunId);
                (JournalVerdict verdict, JournalEntry entry) = JournalRules.Begin(intent, existing, RunId, ownerAlive, resend, at);
                if (existing is null)
                {
                    entry = entry with { EntryId = journal._entries.Count == 0 ? 1 : journal._entries[journal._entries.Count - 1].EntryId + 1 };
                    journal._entries.Add(entry);
                    journal.Chain(entry.Key);
                }
                else
                {
                    journal._entries[index] = entry;
                }

                JournalEntry? other = verdict == JournalVerdict.Begun && existing is null ? journal.WithOtherMetadata(entry.Key) : null;
                return Task.FromResult(new JournalAnswer(verdict, entry, other));
            }
        }

        public Task<JournalEntry> RecordAsync(long entryId, UploadChange change, CancellationToken cancellationToken)
        {
            lock (journal._lock)
            {
                int at = journal.IndexOf(entryId);
                if (at < 0 || journal._entries[at].RunId != RunId)
                    throw new InvalidOperationException("This run has no claim on the document.");

                JournalEntry changed = JournalRules.Apply(journal._entries[at], change);
                journal._entries[at] = changed;
                return Task.FromResult(changed);
            }
        }

        public Task<IReadOnlyList<JournalEntry>> ClaimUnresolvedAsync(string origin, string modelId, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var claimed = new List<JournalEntry>();
            lock (journal._lock)
            {
                for (int i = 0; i < journal._entries.Count; i++)
                {
                    JournalEntry entry = journal._entries[i];
                    if (!entry.IsUnresolved || entry.RunId == RunId || journal.IsAlive(entry.RunId) || entry.Origin != origin || entry.ModelId != modelId)
                        continue;

                    journal._entries[i] = JournalRules.Claim(entry, RunId, at);
                    claimed.Add(journal._entries[i]);
                }
            }

            return Task.FromResult<IReadOnlyList<JournalEntry>>(claimed);
        }

        public Task<JournalNeighbours> NeighboursAsync(
            string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellationToken)
        {
            lock (journal._lock)
            {
                JournalEntry[] answered = [.. journal._entries.Where(entry => entry.Answered is not null && entry.Origin == origin && entry.ModelId == modelId)];
                return Task.FromResult(new JournalNeighbours(
                    [.. answered.Where(entry => entry.Answered!.EndedAt <= from).OrderByDescending(static entry => entry.Answered!.EndedAt).Take(count)],
                    [.. answered.Where(entry => entry.Answered!.StartedAt >= to).OrderBy(static entry => entry.Answered!.StartedAt).Take(count)]));
            }
        }

        public void Dispose()
        {
            lock (journal._lock)
                journal._alive.Remove(RunId);
        }
    }
}
