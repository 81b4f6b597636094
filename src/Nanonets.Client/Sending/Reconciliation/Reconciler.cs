using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Time;

namespace Nanonets.Sending.Reconciliation;

/// <summary>
/// Finds out what became of the uploads of one model whose answers were lost: one listing serves all of them, on the schedule of
/// <see cref="ReconcileSchedule"/>. What a listing says about each is judged by <see cref="ListingReview"/>.
/// </summary>
internal sealed class Reconciler(SendingContext context, string modelId)
{
    private readonly ListingReview _review = new(context, modelId);
    private readonly object _lock = new();
    private readonly List<(PendingUpload Upload, Promise<Reconciled> End)> _open = [];
    private readonly WaitQueue _changes = new(context.Clock);
    private bool _isRunning;
    private int _listings;
    private TimeSpan? _lastListing;
    private TimeSpan? _inputEnded;

    private Clock Clock => context.Clock;

    /// <summary>Reconciles an upload until it is settled one way or another.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    /// <exception cref="NanonetsException">The journal failed.</exception>
    public Task<Reconciled> ReconcileAsync(PendingUpload upload)
    {
        var end = new Promise<Reconciled>(Clock);
        lock (_lock)
        {
            _open.Add((upload, end));
            if (!_isRunning)
                Clock.Post(() => _ = RunAsync());
            _isRunning = true;
        }

        _changes.WakeAll();
        return end.Task;
    }

    /// <summary>No further document will come: what a last listing does not settle is held.</summary>
    public void InputEnded()
    {
        lock (_lock)
            _inputEnded ??= Clock.Elapsed;
        _changes.WakeAll();
    }

    /// <summary>Asks for one listing, outside the schedule: what earlier runs left open is reconciled before anything is sent.</summary>
    /// <returns>What it says; null when it could not be had.</returns>
    public async Task<IReadOnlyList<(PendingUpload Upload, ListingVerdict Verdict)>?> LookOnceAsync(IReadOnlyList<PendingUpload> uploads)
    {
        IReadOnlyDictionary<PendingUpload, ListingVerdict>? verdicts = await _review.ReadAsync(uploads).ConfigureAwait(false);
        return verdicts is null ? null : [.. uploads.Select(upload => (upload, verdicts[upload]))];
    }

    /// <summary>Goes on while anything is open. Whatever ends it is told to all who wait.</summary>
    private async Task RunAsync()
    {
        try
        {
            while (await WaitAsync().ConfigureAwait(false))
                await LookAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            (PendingUpload Upload, Promise<Reconciled> End)[] left;
            lock (_lock)
            {
                left = [.. _open];
                _open.Clear();
                _isRunning = false;
            }

            foreach ((PendingUpload _, Promise<Reconciled> end) in left)
                _ = failure is OperationCanceledException ? end.Cancel() : end.Break(failure);
        }
    }

    /// <summary>Waits until a listing is due.</summary>
    /// <returns>False when nothing is open any more.</returns>
    private async Task<bool> WaitAsync()
    {
        while (true)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
            TimeSpan? wait;
            Task changed;
            lock (_lock)
            {
                if (_open.Count == 0)
                    return _isRunning = false;

                wait = Due() - Clock.Elapsed;
                if (wait <= TimeSpan.Zero)
                    return true;
                changed = _changes.WaitAsync(over.Token);
            }

            await Task.WhenAny(Clock.Delay(wait ?? Timeout.InfiniteTimeSpan, over.Token), changed).ConfigureAwait(false);
            over.Cancel();
            context.Stop.ThrowIfCancellationRequested();
        }
    }

    private TimeSpan? Due()
    {
        if (_inputEnded is not { } since)
            return ReconcileSchedule.Next(
                _open.Select(static open => open.Upload), _lastListing, _listings, context.Options.OnAmbiguous == AmbiguousAction.Resend);
        return _lastListing is null || _lastListing < since
            ? TimeSpan.Zero
            : _open.Min(static open => open.Upload.Since) + ReconcileSchedule.First;
    }

    /// <summary>One listing, and what follows from it for each upload.</summary>
    private async Task LookAsync()
    {
        (PendingUpload Upload, Promise<Reconciled> End)[] open;
        lock (_lock)
            open = [.. _open];
        TimeSpan began = Clock.Elapsed;
        IReadOnlyDictionary<PendingUpload, ListingVerdict>? verdicts = await _review.ReadAsync([.. open.Select(static one => one.Upload)])
            .ConfigureAwait(false);
        var ended = new List<(Promise<Reconciled> End, Reconciled How)>();
        foreach ((PendingUpload upload, Promise<Reconciled> end) in open)
        {
            if (_review.Conclude(upload, verdicts?[upload], IsLast(upload, began)) is { } how)
                ended.Add((end, how));
        }

        lock (_lock)
        {
            _lastListing = began;
            _listings++;
            _open.RemoveAll(one => ended.Exists(other => other.End == one.End));
        }

        foreach ((Promise<Reconciled> end, Reconciled how) in ended)
            end.Keep(how);
    }

    private bool IsLast(PendingUpload upload, TimeSpan began) =>
        (_inputEnded is { } since && began >= since && began >= upload.Since + ReconcileSchedule.First)
        || (context.Options.Ordered && began >= upload.Since + ReconcileSchedule.Second);
}
