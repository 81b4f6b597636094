using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Sending;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Journaling;

/// <summary>
/// A journal for as long as the process lives: what a run without <c>-Journal</c> keeps, so that there is one way of sending.
/// </summary>
internal sealed class MemoryJournal : IUploadJournal
{
    private readonly MemoryEntries _entries;
    private readonly PageWindows _windows = new();

    /// <param name="forgets">
    /// Whether documents that are settled are forgotten, but for those that may have to show that a listing is complete: memory then stays
    /// flat, and nothing is known by its content.
    /// </param>
    public MemoryJournal(bool forgets = false) => _entries = new MemoryEntries(forgets);

    public string Location => "memory";

    /// <summary>What models are found to be that were not rebuilt yet.</summary>
    public ModelContinuity Continuity { get; init; } = new(JournalContinuity.Whole, null);

    /// <summary>Of these models something else is known.</summary>
    public IReadOnlyDictionary<(string Origin, string ModelId), ModelContinuity> ContinuityOfModels { get; init; } =
        new Dictionary<(string, string), ModelContinuity>();

    /// <summary>What rebuilds found at the service and the journal did not know.</summary>
    public ILookup<(string Origin, string ModelId), ListedUpload> Listed =>
        _entries.Listed.SelectMany(static model => model.Value.Values.Select(file => (model.Key, File: file)))
            .ToLookup(static one => one.Key, static one => one.File);

    public Task<IJournalRun> StartRunAsync(CancellationToken cancellationToken)
    {
        var run = new MemoryRun(_entries, _windows, ContinuityOf);
        lock (_entries)
            _entries.Alive.Add(run.RunId);
        return Task.FromResult<IJournalRun>(run);
    }

    /// <summary>Whether entries of a model can be missing.</summary>
    public ModelContinuity ContinuityOf(string origin, string modelId)
    {
        lock (_entries)
        {
            return _entries.Whole.Contains((origin, modelId)) ? new ModelContinuity(JournalContinuity.Whole, null)
                : ContinuityOfModels.TryGetValue((origin, modelId), out ModelContinuity? known) ? known : Continuity;
        }
    }

    public IEnumerable<JournalEntry> Query(JournalQuery query)
    {
        lock (_entries)
        {
            return [.. _entries.All.Where(query.Matches)
                .OrderByDescending(static entry => entry.ChangedAt).ThenByDescending(static entry => entry.EntryId)];
        }
    }

    public IReadOnlyList<JournalMonth> Months()
    {
        lock (_entries)
        {
            return
            [
                .. _entries.All.Where(static entry => entry.Charged != ChargeState.No)
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

    public Task FinishAsync(
        string origin, string modelId, string requestFileId, UploadChange.Finished finished, CancellationToken cancellationToken)
    {
        lock (_entries)
        {
            JournalEntry? done = _entries.All.FirstOrDefault(
                entry => entry.RequestFileId == requestFileId && entry.ModelId == modelId && entry.Origin == origin && entry.IsDone);
            if (done is not null)
                _entries.Replace(JournalRules.Apply(done, finished));
        }

        return Task.CompletedTask;
    }

    public Task<JournalEntry?> ResolveAsync(long entryId, UploadChange word, CancellationToken cancellationToken)
    {
        lock (_entries)
        {
            if (_entries.Find(entryId) is not { } entry)
                return Task.FromResult<JournalEntry?>(null);
            if (JournalRules.IsWorkedOn(entry, _entries.IsAlive(entry.RunId)))
                throw new InvalidOperationException($"Another run is working on {entry.Input}.");

            return Task.FromResult<JournalEntry?>(_entries.Replace(JournalRules.Apply(entry, word)));
        }
    }

    public Task<int> RemoveAsync(DateTimeOffset before, bool evenUnresolved, CancellationToken cancellationToken)
    {
        lock (_entries)
        {
            JournalEntry[] old =
            [
                .. _entries.All.Where(entry =>
                    JournalRules.MayForget(entry, before, evenUnresolved)
                        && !JournalRules.IsWorkedOn(entry, _entries.IsAlive(entry.RunId))),
            ];
            Array.ForEach(old, _entries.Forget);
            return Task.FromResult(old.Length);
        }
    }

    public void Dispose()
    {
        // Nothing outlives the process.
    }

    private static DateTimeOffset MonthOf(DateTimeOffset time) =>
        new(time.UtcDateTime.Year, time.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
}
