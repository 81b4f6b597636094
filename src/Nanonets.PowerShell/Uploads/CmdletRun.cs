using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Display;
using Nanonets.Documents;
using Nanonets.Errors;
using Nanonets.JournalLoading;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Uploads;

/// <summary>
/// One invocation of a cmdlet that uploads, on the pipeline's side: what leaves as results, what as errors, and what is said when it is cut
/// off. How documents are sent, and what is proven about them, is the core's.
/// </summary>
internal sealed class CmdletRun : IDisposable, ISendingLog
{
    private readonly PipelineWriter _writer;
    private readonly ConcurrentWorker _worker;
    private readonly UploadProgress _progress;
    private readonly SendingOptions _options;
    private readonly CancellationToken _stop;
    private readonly IUploadJournal _journal;
    private readonly IJournalRun _journalRun;
    private readonly Sender _sender;
    private readonly InFlightUploads _inFlight = new();
    private readonly UnsentDocuments _unsent = new();
    private readonly JournalLocation? _journalLocation;
    private volatile bool _anySent;
    private volatile bool _closed;
    private bool _disposed;

    /// <exception cref="NanonetsException">The journal cannot be used.</exception>
    public CmdletRun(
        NanonetsClient client, JournalLocation? journal, SendingOptions options, IRequestObserver observer, PipelineWriter writer,
        ConcurrentWorker worker, UploadProgress progress,
        CancellationToken stop)
    {
        (_writer, _worker, _progress, _options, _stop, _journalLocation) = (writer, worker, progress, options, stop, journal);
        _journal = journal is null ? new MemoryJournal(forgets: true) : JournalLoader.For(journal).Open(journal);
        try
        {
            _journalRun = _journal.StartRunAsync(stop).GetAwaiter().GetResult();
        }
        catch
        {
            _journal.Dispose();
            throw;
        }

        _sender = new Sender(new SendingContext
        {
            Client = client,
            JournalLocation = _journal.Location,
            IsDurable = journal is not null,
            Run = _journalRun,
            Options = options,
            Log = this,
            Observer = observer,
            Stop = stop,
        });
    }

    /// <summary>Whether nothing was accepted, or may have been. Asked when all work has ended.</summary>
    public bool IsInVain => !_anySent;

    /// <summary>Why nothing more is sent to a model; null while it is.</summary>
    public NanonetsException? StopReasonFor(string modelId) => _sender.StopReasonFor(modelId);

    /// <summary>How documents ended, as a sentence.</summary>
    /// <param name="unfit">Documents that were not even handed over, because a check before sending told against them.</param>
    public string Summary(int unfit)
    {
        for (int i = 0; i < unfit; i++)
            _sender.Tally.Add(new SendingOutcome(SendingEnd.Unfit));
        return _sender.Tally.ToString();
    }

    /// <summary>Pipeline thread: sends a request as soon as a slot is free.</summary>
    public void Start(SendRequest request) => _worker.StartHolding(previous =>
    {
        SlotHold hold = _sender.HandOver(_worker, new Sink(this, previous));
        return Task.Run(() => SendAsync(request, hold));
    });

    /// <summary>No further request will come.</summary>
    public void InputEnded() => _sender.InputEnded();

    /// <summary>A document that is not sent because the run, or what goes to its model, was stopped.</summary>
    public void Skip(Document document, NanonetsException? why) => _unsent.Add(document, why);

    /// <summary>One error for each reason to stop; its target is what was not sent.</summary>
    public ErrorRecord[] StopErrors() => _unsent.Errors(_sender.StopReason);

    /// <summary>On the way out: begins nothing more and waits for outcomes.</summary>
    /// <returns>What was cut off, as a sentence; null when nothing can have been lost, or a journal knows what was.</returns>
    public string? Close(TimeSpan limit)
    {
        _closed = true;
        _sender.Close();
        _sender.InputEnded();
        _inFlight.Settle(limit);
        return _journalLocation is null ? _inFlight.Describe() : null;
    }

    /// <inheritdoc/>
    public void Verbose(string text) => _writer.Verbose(text);

    /// <inheritdoc/>
    public void Warn(string text) => _writer.Warn(text);

    /// <summary>Lets go of the claims: what is unsettled is the next run's.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        _sender.Close();
        _journalRun.Dispose();
        _journal.Dispose();
    }

    private async Task SendAsync(SendRequest request, SlotHold hold)
    {
        if (!_closed)
        {
            await _sender.SendAsync(request, hold).ConfigureAwait(false);
            return;
        }

        foreach (Document document in request.Documents)
            Skip(document, null);
        hold.Release();
    }

    private async Task SettleAsync(Document document, SendingOutcome outcome, Task previous)
    {
        _inFlight.Settled(document, outcome.HasPages || outcome.End is SendingEnd.Held or SendingEnd.Cancelled, outcome.RequestFileId);
        _anySent |= outcome.HasPages || outcome.End == SendingEnd.Held;
        document.Source.Forget();
        _progress.DocumentDone();

        // Not for its result: how the work before ended is reported by that work itself.
        if (_options.Ordered)
            await Task.WhenAny(previous).ConfigureAwait(false);
        _stop.ThrowIfCancellationRequested();
        await PassOnAsync(document, outcome).ConfigureAwait(false);
        _inFlight.PassedOn(document);
    }

    private Task PassOnAsync(Document document, SendingOutcome outcome)
    {
        switch (outcome.End)
        {
            case SendingEnd.Unsent:
                Skip(document, outcome.Error);
                return Task.CompletedTask;
            case SendingEnd.Cancelled:
                return Task.CompletedTask;
            case SendingEnd.LeftOut:
                _writer.Verbose($"{document} was sent by an earlier run and is left out.");
                return Task.CompletedTask;
            case SendingEnd.RefusedBefore:
                _writer.Warn(outcome.Error!.Message);
                return Task.CompletedTask;
        }

        if (!outcome.HasPages)
            return _writer.WriteErrorAsync(ErrorTable.From(outcome.Error!, document.Target));

        document.Source.Release();
        foreach (PageResult page in outcome.Pages)
            page.Journal = _journalLocation;

        // What the consumer was handed is passed on, also when it wants no more after the first page.
        return outcome.TextPages.Length > 0
            ? _writer.WriteObjectsAsync(outcome.TextPages, goOnHere: true, () => _inFlight.PassedOn(document))
            : _writer.WriteObjectsAsync(outcome.Pages, goOnHere: true, () => _inFlight.PassedOn(document));
    }

    /// <summary>Leads what becomes of a request's documents back to the run.</summary>
    private sealed class Sink(CmdletRun run, Task previous) : ISendingSink
    {
        public void Began(Document document) => run._inFlight.Began(document);

        public Task SettledAsync(Document document, SendingOutcome outcome) => run.SettleAsync(document, outcome, previous);
    }
}
