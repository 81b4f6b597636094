using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Sending;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Journaling;

/// <summary>A run of a journal in memory.</summary>
/// <param name="entries">Of the journal.</param>
/// <param name="windows">Of the journal.</param>
/// <param name="continuity">Whether entries of a model can be missing.</param>
internal sealed class MemoryRun(MemoryEntries entries, PageWindows windows, Func<string, string, ModelContinuity> continuity)
    : IJournalRun
{
    public string RunId { get; } = Guid.NewGuid().ToString("N");

    public bool ClaimsPassOn => false;

    public Task ConfirmClaimsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<JournalAnswer> BeginAsync(JournalEntry planned, ResendScope resend, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (entries)
        {
            JournalEntry? existing = entries.Find(planned.Key);
            bool ownerAlive = existing?.RunId != RunId && entries.IsAlive(existing?.RunId);
            (JournalVerdict verdict, JournalEntry entry) = JournalRules.Begin(planned, existing, RunId, ownerAlive, resend, at);
            entry = entries.Store(entry);
            return Task.FromResult(new JournalAnswer(verdict, entry,
                verdict == JournalVerdict.Begun && existing is null ? entries.OtherMetadata(entry) : null, Listed(verdict, entry)));
        }
    }

    public Task<JournalEntry> RecordAsync(long entryId, UploadChange change, CancellationToken cancellationToken)
    {
        lock (entries)
        {
            if (entries.Find(entryId) is not { } entry || entry.RunId != RunId)
                throw new InvalidOperationException("This run has no claim on the document.");
            return Task.FromResult(entries.Store(JournalRules.Apply(entry, change)));
        }
    }

    public Task<IReadOnlyList<JournalEntry>> ClaimUnresolvedAsync(
        string origin, string modelId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (entries)
        {
            JournalEntry[] left =
            [
                .. entries.All.Where(entry => entry.IsUnresolved && entry.RunId != RunId && !entries.IsAlive(entry.RunId)
                    && entry.Origin == origin && entry.ModelId == modelId),
            ];
            return Task.FromResult<IReadOnlyList<JournalEntry>>(
                [.. left.Select(entry => entries.Store(JournalRules.Claim(entry, RunId, at)))]);
        }
    }

    public Task<ModelContinuity> ContinuityAsync(string origin, string modelId, CancellationToken cancellationToken) =>
        Task.FromResult(continuity(origin, modelId));

    public Task KeepListedAsync(string origin, string modelId, IReadOnlyList<ListedUpload> files, CancellationToken cancellationToken)
    {
        lock (entries)
        {
            if (!entries.Listed.TryGetValue((origin, modelId), out Dictionary<string, ListedUpload>? kept))
                entries.Listed.Add((origin, modelId), kept = []);
            foreach (ListedUpload file in files.Where(file => !entries.IsKnown(origin, modelId, file.RequestFileId)))
                kept[file.RequestFileId] = file;
        }

        return Task.CompletedTask;
    }

    public Task CompleteRebuildAsync(string origin, string modelId, CancellationToken cancellationToken)
    {
        lock (entries)
            entries.Whole.Add((origin, modelId));
        return Task.CompletedTask;
    }

    public Task<bool> IsKnownFileAsync(string origin, string modelId, string requestFileId, CancellationToken cancellationToken)
    {
        lock (entries)
            return Task.FromResult(entries.IsKnown(origin, modelId, requestFileId));
    }

    public Task<JournalNeighbours> NeighboursAsync(
        string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellationToken)
    {
        lock (entries)
        {
            IEnumerable<JournalEntry> all = entries.Answered;
            return Task.FromResult(
                AnsweredNeighbours.Nearest(all.Where(entry => entry.Origin == origin && entry.ModelId == modelId), from, to, count));
        }
    }

    /// <summary>Other runs of the same process, in tests.</summary>
    public bool IsShared => !entries.Forgets;

    public TimeSpan ClockCorrection => TimeSpan.Zero;

    public Task<T> ChangeAsync<T>(string origin, string modelId, Func<PageWindow, T> change) =>
        windows.ChangeAsync(origin, modelId, window =>
        {
            window.IsAlive = entries.IsAlive;
            return change(window);
        });

    public void Dispose()
    {
        lock (entries)
            entries.Alive.Remove(RunId);
    }

    private ListedUpload[] Listed(JournalVerdict verdict, JournalEntry entry)
    {
        if (verdict is not (JournalVerdict.Begun or JournalVerdict.Ambiguous)
            || !entries.Listed.TryGetValue((entry.Origin, entry.ModelId), out var kept))
            return [];

        string tagId = UploadTag.IdOf(entry.Key);
        return [.. kept.Values.Where(
            file => (file.Tag?.Id == tagId || file.MayBe(entry)) && !entries.IsKnown(entry.Origin, entry.ModelId, file.RequestFileId))];
    }
}
