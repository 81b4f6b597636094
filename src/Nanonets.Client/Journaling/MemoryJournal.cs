using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Sending;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Journaling;

/// <summary>A journal for as long as the process lives: what a run without <c>-Journal</c> keeps, so that there is one way of sending.</summary>
internal sealed class MemoryJournal : IUploadJournal
{
    private readonly object _lock = new();
    private readonly SortedDictionary<long, JournalEntry> _entries = [];
    private readonly Dictionary<DocumentKey, long> _ids = [];
    private readonly HashSet<string> _alive = [];
    private readonly PageWindows _windows = new();
    private readonly Dictionary<(string Origin, string ModelId), Dictionary<string, ListedUpload>> _listed = [];
    private readonly HashSet<(string Origin, string ModelId)> _whole = [];
    private readonly AnsweredNeighbours? _answered;
    private long _lastId;

    /// <param name="forgets">
    /// Whether documents that are settled are forgotten, but for those that may have to show that a listing is complete: memory then stays flat, and nothing is known by its content.
    /// </param>
    public MemoryJournal(bool forgets = false) => _answered = forgets ? new AnsweredNeighbours() : null;

    public string Location => "memory";

    /// <summary>What models are found to be that were not rebuilt yet.</summary>
    public ModelContinuity Continuity { get; init; } = new(JournalContinuity.Whole, null);

    /// <summary>What rebuilds found at the service and the journal did not know.</summary>
    public ILookup<(string Origin, string ModelId), ListedUpload> Listed =>
        _listed.SelectMany(static model => model.Value.Values.Select(file => (model.Key, File: file))).ToLookup(static one => one.Key, static one => one.File);

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
        {
            return [.. _entries.Values.Where(query.Matches)
                .OrderByDescending(static entry => entry.ChangedAt).ThenByDescending(static entry => entry.EntryId)];
        }
    }

    public IReadOnlyList<JournalMonth> Months()
    {
        lock (_lock)
        {
            return
            [
                .. _entries.Values.Where(static entry => entry.Charged != ChargeState.No)
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
            JournalEntry? done = _entries.Values.FirstOrDefault(
                entry => entry.RequestFileId == requestFileId && entry.ModelId == modelId && entry.Origin == origin && entry.IsDone);
            if (done is not null)
                _entries[done.EntryId] = JournalRules.Apply(done, finished);
        }

        return Task.CompletedTask;
    }

    public Task<JournalEntry?> ResolveAsync(long entryId, UploadChange word, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(entryId, out JournalEntry? entry))
                return Task.FromResult<JournalEntry?>(null);
            if (JournalRules.IsWorkedOn(entry, IsAlive(entry.RunId)))
                throw new InvalidOperationException($"Another run is working on {entry.Input}.");

            return Task.FromResult<JournalEntry?>(_entries[entryId] = JournalRules.Apply(entry, word));
        }
    }

    public Task<int> RemoveAsync(DateTimeOffset before, bool evenUnresolved, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            JournalEntry[] old =
            [
                .. _entries.Values.Where(entry =>
                    JournalRules.MayForget(entry, before, evenUnresolved) && !JournalRules.IsWorkedOn(entry, IsAlive(entry.RunId))),
            ];
            Array.ForEach(old, Forget);
            return Task.FromResult(old.Length);
        }
    }

    public void Dispose()
    {
        // Nothing outlives the process.
    }

    private static DateTimeOffset MonthOf(DateTimeOffset time) => new(time.UtcDateTime.Year, time.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);

    private bool IsAlive(string? runId) => runId is not null && _alive.Contains(runId);

    private void Forget(JournalEntry entry)
    {
        _entries.Remove(entry.EntryId);
        _ids.Remove(entry.Key);
    }

    /// <summary>An entry without an id is new.</summary>
    private JournalEntry Store(JournalEntry entry)
    {
        JournalEntry stored = entry.EntryId != 0 ? entry : entry with { EntryId = ++_lastId };
        _entries[stored.EntryId] = stored;
        _ids[stored.Key] = stored.EntryId;
        if (_answered is not null && (stored.IsDone || stored.State is UploadState.Refused or UploadState.Failed))
        {
            Forget(stored);
            _answered.Add(stored, _entries.Values.Where(static open => open.IsUnresolved && open.State != UploadState.Sending));
        }

        return stored;
    }

    private sealed class Run(MemoryJournal journal) : IJournalRun
    {
        public string RunId { get; } = Guid.NewGuid().ToString("N");

        public Task<JournalAnswer> BeginAsync(JournalEntry planned, ResendScope resend, DateTimeOffset at, CancellationToken cancellationToken)
        {
            lock (journal._lock)
            {
                // What is forgotten once it is settled is not known by its content before that either.
                JournalEntry? existing = journal._answered is null && journal._ids.TryGetValue(planned.Key, out long id) ? journal._entries[id] : null;
                bool ownerAlive = existing?.RunId != RunId && journal.IsAlive(existing?.RunId);
                (JournalVerdict verdict, JournalEntry entry) = JournalRules.Begin(planned, existing, RunId, ownerAlive, resend, at);
                entry = journal.Store(entry);
                return Task.FromResult(new JournalAnswer(verdict, entry, verdict == JournalVerdict.Begun && existing is null ? OtherMetadata(entry) : null, Listed(verdict, entry)));
            }
        }

        public Task<JournalEntry> RecordAsync(long entryId, UploadChange change, CancellationToken cancellationToken)
        {
            lock (journal._lock)
            {
                if (!journal._entries.TryGetValue(entryId, out JournalEntry? entry) || entry.RunId != RunId)
                    throw new InvalidOperationException("This run has no claim on the document.");
                return Task.FromResult(journal.Store(JournalRules.Apply(entry, change)));
            }
        }

        public Task<IReadOnlyList<JournalEntry>> ClaimUnresolvedAsync(string origin, string modelId, DateTimeOffset at, CancellationToken cancellationToken)
        {
            lock (journal._lock)
            {
                JournalEntry[] left =
                [
                    .. journal._entries.Values.Where(entry => entry.IsUnresolved && entry.RunId != RunId && !journal.IsAlive(entry.RunId)
                        && entry.Origin == origin && entry.ModelId == modelId),
                ];
                return Task.FromResult<IReadOnlyList<JournalEntry>>([.. left.Select(entry => journal.Store(JournalRules.Claim(entry, RunId, at)))]);
            }
        }

        public Task<ModelContinuity> ContinuityAsync(string origin, string modelId, CancellationToken cancellationToken)
        {
            lock (journal._lock)
                return Task.FromResult(journal._whole.Contains((origin, modelId)) ? new ModelContinuity(JournalContinuity.Whole, null) : journal.Continuity);
        }

        public Task KeepListedAsync(string origin, string modelId, IReadOnlyList<ListedUpload> files, CancellationToken cancellationToken)
        {
            lock (journal._lock)
            {
                if (!journal._listed.TryGetValue((origin, modelId), out Dictionary<string, ListedUpload>? kept))
                    journal._listed.Add((origin, modelId), kept = []);
                foreach (ListedUpload file in files.Where(file => !IsKnown(origin, modelId, file.RequestFileId)))
                    kept[file.RequestFileId] = file;
            }

            return Task.CompletedTask;
        }

        public Task CompleteRebuildAsync(string origin, string modelId, CancellationToken cancellationToken)
        {
            lock (journal._lock)
                journal._whole.Add((origin, modelId));
            return Task.CompletedTask;
        }

        public Task<bool> IsKnownFileAsync(string origin, string modelId, string requestFileId, CancellationToken cancellationToken)
        {
            lock (journal._lock)
                return Task.FromResult(IsKnown(origin, modelId, requestFileId));
        }

        public Task<JournalNeighbours> NeighboursAsync(
            string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellationToken)
        {
            lock (journal._lock)
            {
                IEnumerable<JournalEntry> all = journal._answered?.Entries ?? journal._entries.Values.Where(static entry => entry.Answered is not null);
                return Task.FromResult(AnsweredNeighbours.Nearest(all.Where(entry => entry.Origin == origin && entry.ModelId == modelId), from, to, count));
            }
        }

        /// <summary>Other runs of the same process, in tests.</summary>
        public bool IsShared => journal._answered is null;

        public Task<T> ChangeAsync<T>(string origin, string modelId, Func<PageWindow, T> change) =>
            journal._windows.ChangeAsync(origin, modelId, window =>
            {
                window.IsAlive = journal.IsAlive;
                return change(window);
            });

        public void Dispose()
        {
            lock (journal._lock)
                journal._alive.Remove(RunId);
        }

        private bool IsKnown(string origin, string modelId, string requestFileId) => (journal._answered?.Entries ?? journal._entries.Values)
            .Any(entry => entry.RequestFileId == requestFileId && entry.ModelId == modelId && entry.Origin == origin);

        /// <summary>The first entry with the same content, pages and model, which the service has, under other metadata; null when there is none.</summary>
        private JournalEntry? OtherMetadata(JournalEntry entry) => journal._answered is not null ? null : journal._entries.Values.FirstOrDefault(
            other => other.IsDone && other.Key != entry.Key && (other.Key with { MetadataDigest = entry.Key.MetadataDigest }) == entry.Key);

        private ListedUpload[] Listed(JournalVerdict verdict, JournalEntry entry)
        {
            if (verdict is not (JournalVerdict.Begun or JournalVerdict.Ambiguous) || !journal._listed.TryGetValue((entry.Origin, entry.ModelId), out var kept))
                return [];

            string mark = UploadTag.MarkOf(entry.Key);
            return [.. kept.Values.Where(file => (file.Tag?.Mark == mark || file.MayBe(entry)) && !IsKnown(entry.Origin, entry.ModelId, file.RequestFileId))];
        }
    }
}
