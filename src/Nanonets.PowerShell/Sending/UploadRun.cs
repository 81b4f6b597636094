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
/// All uploads of one cmdlet invocation, on the pipeline's side: what leaves as results, what as errors, what is shown, and what is said when it is cut off. How documents are sent, and what is
/// proven about them, is the core's.
/// </summary>
internal sealed class UploadRun(PipelineWriter writer, ConcurrentWorker worker, SendingSession session, UploadProgress progress, CancellationToken stop)
{
    private readonly InFlightUploads _inFlight = new();
    private readonly List<UploadItem> _unsent = [];
    private volatile bool _anySent;
    private volatile bool _closed;

    /// <summary>Results leave in the order of the input.</summary>
    public bool Ordered { get; init; }

    /// <summary>Whether no further upload can succeed.</summary>
    public bool IsDoomed => session.Run.StopReason is not null;

    /// <summary>Whether the run can end at once: doomed, nothing in flight, and nothing was accepted or may have been.</summary>
    public bool IsHopeless => IsDoomed && !_anySent && worker.IsIdle;

    /// <summary>How documents ended, as a sentence.</summary>
    /// <param name="unfit">Documents that were not even handed over, because a check before sending told against them.</param>
    public string Summary(int unfit)
    {
        for (int i = 0; i < unfit; i++)
            session.Run.Tally.Add(new SendingOutcome(SendingEnd.Unfit));
        return session.Run.Tally.ToString();
    }

    /// <summary>Pipeline thread: sends a batch as soon as a slot is free.</summary>
    public void Start(UploadBatch batch) => worker.StartHolding(previous => SendAsync(batch, previous));

    /// <summary>No further batch will come.</summary>
    public void InputEnded() => session.Run.InputEnded();

    /// <summary>Documents that came after the run was doomed.</summary>
    public void Skip(UploadItem item)
    {
        item.Source.Forget();
        lock (_unsent)
            _unsent.Add(item);
    }

    /// <summary>The one error of a doomed run; its target is what was not sent. Null when the run is not doomed.</summary>
    public ErrorRecord? DoomError()
    {
        if (session.Run.StopReason is not { } doom)
            return null;

        UploadItem[] unsent;
        lock (_unsent)
            unsent = [.. _unsent];
        return ErrorTable.From(doom, $"{doom.Message} Not sent: {Count(unsent.Length)}.", UploadItem.TargetOf(unsent));
    }

    /// <summary>
    /// On the way out: starts nothing more and waits for outcomes.
    /// </summary>
    /// <returns>What was cut off, as a sentence; null when nothing can have been lost, or a journal knows what was.</returns>
    public string? Close(TimeSpan limit)
    {
        _closed = true;
        session.Run.InputEnded();
        _inFlight.Settle(limit);
        return session.IsDurable ? null : _inFlight.Describe();
    }

    private async Task SendAsync(UploadBatch batch, Task previous)
    {
        if (_closed || IsDoomed)
        {
            foreach (UploadItem item in batch.Items)
                Skip(item);
            worker.Release();
            return;
        }

        await session.Run.SendAsync(batch.ToJob(), worker, new Sink(this, previous)).ConfigureAwait(false);
    }

    private async Task SettleAsync(UploadItem item, SendingOutcome outcome, Task previous)
    {
        _inFlight.Settled(item, outcome.HasPages || outcome.End is SendingEnd.Held or SendingEnd.Cancelled, outcome.RequestFileId);
        _anySent |= outcome.HasPages || outcome.End == SendingEnd.Held;
        item.Source.Forget();
        progress.DocumentDone();
        if (outcome.End == SendingEnd.Unsent)
            Skip(item);

        // Not for its result: how the work before ended is reported by that work itself.
        if (Ordered)
            await Task.WhenAny(previous).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        await PassOnAsync(item, outcome).ConfigureAwait(false);
        _inFlight.PassedOn(item);
    }

    private Task PassOnAsync(UploadItem item, SendingOutcome outcome)
    {
        switch (outcome.End)
        {
            case SendingEnd.Unsent:
            case SendingEnd.Cancelled:
                return Task.CompletedTask;
            case SendingEnd.LeftOut:
                writer.Verbose($"{item.Source} was sent by an earlier run and is left out.");
                return Task.CompletedTask;
            case SendingEnd.RefusedBefore:
                writer.Warn(outcome.Error!.Message);
                return Task.CompletedTask;
        }

        if (!outcome.HasPages)
            return writer.WriteErrorAsync(ErrorTable.From(outcome.Error!, item.Target));

        item.Source.Release();
        foreach (PageResult page in outcome.Pages)
            page.JournalPath = session.JournalPath;
        return writer.WriteObjectsAsync(outcome.Pages, goOnHere: true);
    }

    private static string Count(int count) => count == 1 ? "1 document" : $"{count} documents";

    /// <summary>Leads what becomes of a batch's documents back to the batch.</summary>
    private sealed class Sink(UploadRun run, Task previous) : ISendingSink
    {
        public void Began(SendingDocument document) => run._inFlight.Began(UploadBatch.ItemOf(document));

        public Task SettledAsync(SendingDocument document, SendingOutcome outcome) => run.SettleAsync(UploadBatch.ItemOf(document), outcome, previous);
    }
}
