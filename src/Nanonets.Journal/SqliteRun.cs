using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journal.Files;
using Nanonets.Journal.Storage;
using Nanonets.Journaling;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Journal;

/// <summary>One run's work with a journal in a file. Its lock is held until it is disposed of or the process ends.</summary>
internal sealed class SqliteRun(SqliteJournal journal, JournalWriter writer, RunLock held) : IJournalRun
{
    private bool _disposed;

    /// <inheritdoc/>
    public string RunId => held.RunId;

    /// <inheritdoc/>
    public bool ClaimsPassOn => false;

    /// <inheritdoc/>
    public Task ConfirmClaimsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<JournalAnswer> BeginAsync(JournalEntry planned, ResendScope resend, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // An accepted document never changes state again, so a repeated run is answered by reads alone, without waiting for the disk.
        if (journal.Read(tables => tables.Entries.Find(planned.Key)) is { IsDone: true } done)
            return Task.FromResult(new JournalAnswer(JournalVerdict.Done, done));

        return writer.RunAsync(tables => Begin(tables, planned, resend, at), durable: false, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JournalEntry> RecordAsync(long entryId, UploadChange change, CancellationToken cancellationToken) =>
        writer.RunAsync(tables =>
    {
        if (tables.Entries.Find(entryId) is not { } entry || entry.RunId != RunId)
            throw new InvalidOperationException("This run has no claim on the document.");

        JournalEntry changed = JournalRules.Apply(entry, change);
        tables.Entries.Update(changed);
        return changed;
    }, durable: true, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> ClaimUnresolvedAsync(
        string origin, string modelId, DateTimeOffset at, CancellationToken cancellationToken) =>
        writer.RunAsync<IReadOnlyList<JournalEntry>>(tables =>
        {
            var claimed = new List<JournalEntry>();
            foreach (JournalEntry entry in tables.Entries.Unresolved(origin, modelId))
            {
                if (entry.RunId == RunId || tables.Runs.IsAlive(entry.RunId))
                    continue;

                JournalEntry mine = JournalRules.Claim(entry, RunId, at);
                tables.Entries.Update(mine);
                claimed.Add(mine);
            }

            return claimed;
        }, durable: true, cancellationToken);

    /// <inheritdoc/>
    public Task<ModelContinuity> ContinuityAsync(string origin, string modelId, CancellationToken cancellationToken) =>
        writer.RunAsync(tables => tables.Targets.ContinuityOf(origin, modelId), durable: false, cancellationToken);

    /// <inheritdoc/>
    public Task KeepListedAsync(string origin, string modelId, IReadOnlyList<ListedUpload> files, CancellationToken cancellationToken) =>
        writer.RunAsync(tables =>
        {
            long target = tables.Targets.FindOrAdd(origin, modelId);
            foreach (ListedUpload file in files)
                tables.Listed.Keep(target, file);
            return true;
        }, durable: false, cancellationToken);

    /// <inheritdoc/>
    public Task CompleteRebuildAsync(string origin, string modelId, CancellationToken cancellationToken) => writer.RunAsync(tables =>
    {
        tables.Targets.MarkWhole(origin, modelId);
        return true;
    }, durable: true, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> IsKnownFileAsync(string origin, string modelId, string requestFileId, CancellationToken cancellationToken) =>
        Task.Run(() => journal.Read(tables => tables.Entries.FindFile(origin, modelId, requestFileId) is not null), cancellationToken);

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public TimeSpan ClockCorrection => TimeSpan.Zero;

    /// <inheritdoc/>
    public Task<T> ChangeAsync<T>(string origin, string modelId, Func<PageWindow, T> change) => writer.RunAsync(tables =>
    {
        long target = tables.Targets.FindOrAdd(origin, modelId);
        string? before = tables.Targets.Pace(target);
        PageWindow window = PageWindowText.Read(before, runId => runId == RunId || tables.Runs.IsAlive(runId));
        T result = change(window);
        string after = PageWindowText.Write(window);
        if (after != before)
            tables.Targets.SetPace(target, after);
        return result;
    }, durable: false, CancellationToken.None);

    /// <inheritdoc/>
    public Task<JournalNeighbours> NeighboursAsync(
        string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellationToken) =>
        Task.Run(() => journal.Read(tables => tables.Entries.Neighbours(origin, modelId, from, to, count)), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        try
        {
            // The lock goes last: until then nobody takes what this run has claimed.
            writer.RunAsync(tables =>
            {
                tables.Runs.End(RunId, DateTimeOffset.UtcNow);
                return true;
            }, durable: false, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (NanonetsException)
        {
            // The run was told when the journal failed; a later one sees that this one did not end by itself.
        }
        finally
        {
            held.Dispose();
        }
    }

    private JournalAnswer Begin(JournalTables tables, JournalEntry planned, ResendScope resend, DateTimeOffset at)
    {
        JournalEntry? existing = tables.Entries.Find(planned.Key);
        bool ownerAlive = tables.Runs.IsAlive(existing?.RunId, RunId);
        (JournalVerdict verdict, JournalEntry entry) = JournalRules.Begin(planned, existing, RunId, ownerAlive, resend, at);
        if (existing is null)
            entry = tables.Entries.Insert(entry);
        else if (!ReferenceEquals(entry, existing))
            tables.Entries.Update(entry);

        JournalEntry? other = verdict == JournalVerdict.Begun && existing is null
            ? tables.Entries.FindWithOtherMetadata(planned.Key)
            : null;
        IReadOnlyList<ListedUpload> listed = verdict is JournalVerdict.Begun or JournalVerdict.Ambiguous
            && tables.Targets.Find(entry.Origin, entry.ModelId) is { } target
            ? tables.Listed.Of(target, entry)
            : [];
        return new JournalAnswer(verdict, entry, other, listed);
    }
}
