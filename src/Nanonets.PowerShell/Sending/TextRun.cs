using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Errors;

namespace Nanonets.Sending;

/// <summary>
/// All readings of plain text of one cmdlet invocation. Their answers come in the call itself and no listing knows them: what was cut off cannot be looked for,
/// so it is named, and never sent again by itself.
/// </summary>
internal sealed class TextRun(PipelineWriter writer, ConcurrentWorker worker, NanonetsClient client, IRequestObserver observer, CancellationToken stop)
{
    private readonly InFlightUploads _inFlight = new();
    private readonly List<UploadItem> _unsent = [];
    private NanonetsException? _doom;

    /// <summary>Whether no further reading can succeed.</summary>
    public bool IsDoomed => Volatile.Read(ref _doom) is not null;

    /// <summary>Pipeline thread: sends a document as soon as a slot is free.</summary>
    public void Start(UploadItem item) => worker.Start(_ => ReadAsync(item));

    /// <summary>A document that came after the run was doomed.</summary>
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
        lock (_unsent)
            return ErrorTable.From(doom, $"{doom.Message} Not sent: {_unsent.Count} document(s).", UploadItem.TargetOf([.. _unsent]));
    }

    /// <summary>On the way out: waits for outcomes and says what was cut off; null when nothing can have been lost.</summary>
    public string? Close(TimeSpan limit)
    {
        _inFlight.Settle(limit);
        return _inFlight.Describe();
    }

    private async Task ReadAsync(UploadItem item)
    {
        if (IsDoomed || stop.IsCancellationRequested)
        {
            Skip(item);
            return;
        }

        _inFlight.Began(item);
        UploadOutcome outcome = (await client.UploadAsync(UploadRequest.ForText([item.Source]), observer, stop).ConfigureAwait(false)).Single();
        _inFlight.Settled(item, outcome.Class is UploadClass.Accepted or UploadClass.Ambiguous, null);

        if (outcome.Class == UploadClass.Accepted)
        {
            item.Source.Release();
            await writer.WriteObjectsAsync(outcome.TextPages).ConfigureAwait(false);
        }
        else if (outcome is { Class: UploadClass.NotSent or UploadClass.Refused, Error.DoomsRun: true })
        {
            Interlocked.CompareExchange(ref _doom, outcome.Error, null);
            Skip(item);
        }
        else
        {
            await writer.WriteErrorAsync(ErrorTable.From(outcome.Error!, item.Target)).ConfigureAwait(false);
        }

        _inFlight.PassedOn(item);
    }
}
