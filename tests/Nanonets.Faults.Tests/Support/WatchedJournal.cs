using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Faults.Tests.Support;

/// <summary>Tells the lab's time of every write to the journal, and fails writes while its disk is said to be full.</summary>
internal sealed class WatchedJournal(IUploadJournal journal, LabTime time) : IUploadJournal
{
    public string Location => journal.Location;

    /// <summary>Nothing can be written; reading goes on.</summary>
    public bool IsFull { get; set; }

    public async Task<IJournalRun> StartRunAsync(CancellationToken cancellationToken)
    {
        using IDisposable _ = time.Begin();
        return new WatchedRun(this, await journal.StartRunAsync(cancellationToken), time);
    }

    public IEnumerable<JournalEntry> Query(JournalQuery query) => journal.Query(query);

    public IReadOnlyList<JournalMonth> Months() => journal.Months();

    public Task FinishAsync(
        string origin, string modelId, string requestFileId, UploadChange.Finished finished, CancellationToken cancellationToken) =>
        journal.FinishAsync(origin, modelId, requestFileId, finished, cancellationToken);

    public Task<JournalEntry?> ResolveAsync(long entryId, UploadChange word, CancellationToken cancellationToken) =>
        journal.ResolveAsync(entryId, word, cancellationToken);

    public Task<int> RemoveAsync(DateTimeOffset before, bool evenUnresolved, CancellationToken cancellationToken) =>
        journal.RemoveAsync(before, evenUnresolved, cancellationToken);

    public void Dispose() => journal.Dispose();

    private sealed class WatchedRun(WatchedJournal journal, IJournalRun run, LabTime time) : IJournalRun
    {
        public string RunId => run.RunId;

        public bool ClaimsPassOn => run.ClaimsPassOn;

        public Task ConfirmClaimsAsync(CancellationToken cancellationToken) => WatchAsync(ConfirmAsync(cancellationToken));

        public Task<JournalAnswer> BeginAsync(
            JournalEntry planned, ResendScope resend, DateTimeOffset at, CancellationToken cancellationToken) =>
            WriteAsync(() => run.BeginAsync(planned, resend, at, cancellationToken));

        public Task<JournalEntry> RecordAsync(long entryId, UploadChange change, CancellationToken cancellationToken) =>
            WriteAsync(() => run.RecordAsync(entryId, change, cancellationToken));

        public Task<IReadOnlyList<JournalEntry>> ClaimUnresolvedAsync(
            string origin, string modelId, DateTimeOffset at, CancellationToken cancellationToken) =>
            WatchAsync(run.ClaimUnresolvedAsync(origin, modelId, at, cancellationToken));

        public Task<ModelContinuity> ContinuityAsync(string origin, string modelId, CancellationToken cancellationToken) =>
            WatchAsync(run.ContinuityAsync(origin, modelId, cancellationToken));

        public async Task KeepListedAsync(
            string origin, string modelId, IReadOnlyList<ListedUpload> files, CancellationToken cancellationToken)
        {
            using IDisposable _ = time.Begin();
            await run.KeepListedAsync(origin, modelId, files, cancellationToken);
        }

        public async Task CompleteRebuildAsync(string origin, string modelId, CancellationToken cancellationToken)
        {
            using IDisposable _ = time.Begin();
            await run.CompleteRebuildAsync(origin, modelId, cancellationToken);
        }

        public Task<bool> IsKnownFileAsync(string origin, string modelId, string requestFileId, CancellationToken cancellationToken) =>
            WatchAsync(run.IsKnownFileAsync(origin, modelId, requestFileId, cancellationToken));

        public bool IsShared => run.IsShared;

        public TimeSpan ClockCorrection => run.ClockCorrection;

        public Task<T> ChangeAsync<T>(string origin, string modelId, Func<PageWindow, T> change) =>
            WriteAsync(() => run.ChangeAsync(origin, modelId, change));

        public Task<JournalNeighbours> NeighboursAsync(
            string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellationToken) =>
            WatchAsync(run.NeighboursAsync(origin, modelId, from, to, count, cancellationToken));

        public void Dispose() => run.Dispose();

        private async Task<bool> ConfirmAsync(CancellationToken cancellationToken)
        {
            await run.ConfirmClaimsAsync(cancellationToken);
            return true;
        }

        private Task<T> WriteAsync<T>(Func<Task<T>> write) => journal.IsFull
            ? Task.FromException<T>(new NanonetsException(NanonetsErrorId.JournalUnavailable, "The disk is full."))
            : WatchAsync(write());

        private async Task<T> WatchAsync<T>(Task<T> work)
        {
            using IDisposable _ = time.Begin();
            return await work;
        }
    }
}
