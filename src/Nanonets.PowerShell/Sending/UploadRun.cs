using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Display;
using Nanonets.Errors;

namespace Nanonets.Sending;

/// <summary>
/// All uploads of one cmdlet invocation. What dooms every further request (key rejected, quota used up, unknown model, no
/// connection) starts no further upload, lets those in flight settle and come out, and ends in one error with all unsent documents.
/// </summary>
internal sealed class UploadRun(
    PipelineWriter writer, ConcurrentWorker worker, NanonetsClient client, IRequestObserver observer, UploadProgress progress, CancellationToken stop)
{
    private readonly InFlightUploads _inFlight = new();
    private readonly List<UploadItem> _unsent = [];
    private NanonetsException? _doom;
    private volatile bool _anySent;
    private volatile bool _closed;

    /// <summary>Results leave in the order of the input.</summary>
    public bool Ordered { get; init; }

    /// <summary>Whether no further upload can succeed.</summary>
    public bool IsDoomed => Volatile.Read(ref _doom) is not null;

    /// <summary>Whether the run can end at once: doomed, nothing in flight, and nothing was accepted or may have been.</summary>
    public bool IsHopeless => IsDoomed && !_anySent && worker.IsIdle;

    /// <summary>Pipeline thread: sends a batch as soon as a slot is free.</summary>
    public void Start(UploadBatch batch) => worker.Start(previous => SendAsync(batch, previous));

    /// <summary>Documents that came after the run was doomed.</summary>
    public void Skip(UploadItem item)
    {
        lock (_unsent)
            _unsent.Add(item);
    }

    /// <summary>The one error of a doomed run; its target is what was not sent. Null when the run is not doomed.</summary>
    public ErrorRecord? DoomError()
    {
        if (Volatile.Read(ref _doom) is not { } doom)
            return null;

        UploadItem[] unsent;
        lock (_unsent)
            unsent = [.. _unsent];
        return ErrorTable.From(doom, $"{doom.Message} Not sent: {Count(unsent.Length)}.", UploadItem.TargetOf(unsent));
    }

    /// <summary>
    /// On the way out: starts nothing more and waits for outcomes.
    /// </summary>
    /// <returns>What was cut off, as a sentence; null when nothing can have been lost.</returns>
    public string? Close(TimeSpan limit)
    {
        _closed = true;
        _inFlight.Settle(limit);
        return _inFlight.Describe();
    }

    private async Task SendAsync(UploadBatch batch, Task previous)
    {
        if (_closed || IsDoomed)
        {
            foreach (UploadItem item in batch.Items)
                Skip(item);
            return;
        }

        Task<IReadOnlyList<UploadOutcome>> upload = client.UploadAsync(batch.ToRequest(), observer, stop);
        _inFlight.Begin(batch.Items, upload);
        IReadOnlyList<UploadOutcome> outcomes = await upload.ConfigureAwait(false);
        var results = batch.Items.Zip(outcomes, static (item, outcome) => (Item: item, Outcome: outcome)).ToList();
        foreach ((UploadItem item, UploadOutcome outcome) in results)
            Settle(item, outcome);
        _inFlight.End(upload);

        // Not for its result: how the work before ended is reported by that work itself.
        if (Ordered)
            await Task.WhenAny(previous).ConfigureAwait(false);
        foreach ((UploadItem item, UploadOutcome outcome) in results)
            await PassOnAsync(item, outcome).ConfigureAwait(false);
    }

    private void Settle(UploadItem item, UploadOutcome outcome)
    {
        _inFlight.Settled(item, outcome);
        _anySent |= outcome.Class is UploadClass.Accepted or UploadClass.Ambiguous;
        progress.DocumentDone();
        if (!Dooms(outcome))
            return;

        Interlocked.CompareExchange(ref _doom, outcome.Error, null);
        Skip(item);
    }

    private async Task PassOnAsync(UploadItem item, UploadOutcome outcome)
    {
        stop.ThrowIfCancellationRequested();
        if (outcome.Class == UploadClass.Accepted)
        {
            item.Source.Release();
            await writer.WriteObjectsAsync(outcome.Pages).ConfigureAwait(false);
        }
        else if (!Dooms(outcome))
            await writer.WriteErrorAsync(ErrorTable.From(outcome.Error!, item.Target)).ConfigureAwait(false);
        _inFlight.PassedOn(item);
    }

    private static bool Dooms(UploadOutcome outcome) =>
        outcome.Class is UploadClass.NotSent or UploadClass.Refused && outcome.Error is { DoomsRun: true };

    private static string Count(int count) => count == 1 ? "1 document" : $"{count} documents";
}
