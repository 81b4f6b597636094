using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Journaling;

namespace Nanonets.Sending;

/// <summary>
/// Sends documents so that none is lost and none is billed twice. Every attempt is written down before its first byte leaves; what is proven about it decides what follows: not sent is
/// sent again, refused is settled, accepted is done, and what is none of these is looked for. What dooms every further upload stops the run: nothing more begins, what is under way settles.
/// </summary>
internal sealed partial class SendingRun : IDisposable
{
    private readonly SendingContext _context;
    private readonly OutageBreaker _breaker;
    private readonly Duplicates _duplicates = new();
    private readonly PageBudget _budget;
    private readonly object _lock = new();
    private readonly Dictionary<string, ModelRun> _models = [];

    // Not disposed: waits that are still unwinding hold its token.
#pragma warning disable CA2213
    private readonly CancellationTokenSource _noMore;
#pragma warning restore CA2213
    private NanonetsException? _stopReason;
    private int _active;
    private bool _inputEnded;

    public SendingRun(SendingContext context)
    {
        _context = context;
        _noMore = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        _breaker = new OutageBreaker(context.Clock, ProbeAsync, context.Options.OutagePatience, context.Log, _noMore.Token);
        _budget = new PageBudget(context.Options.PageBudget);
    }

    /// <summary>Why nothing more is sent; null while the run goes on.</summary>
    public NanonetsException? StopReason => Volatile.Read(ref _stopReason);

    /// <summary>How documents ended so far.</summary>
    public SendingTally Tally { get; } = new();

    private Clock Clock => _context.Clock;

    private DateTimeOffset Now => _context.Client.ServerNow;

    /// <summary>Sends the documents of a request. Completes when each of them has ended and was handed to the caller.</summary>
    /// <param name="job">The documents.</param>
    /// <param name="slots">One slot is held for the job; it has none when the task completes.</param>
    /// <param name="sink">Takes what became of each document.</param>
    public async Task SendAsync(UploadJob job, ISendingSlots slots, ISendingSink sink)
    {
        var work = new Work(this, slots, sink);
        work.Resume();
        try
        {
            ModelRun model = await PrepareAsync(job).ConfigureAwait(false);
            var together = new List<Shipment>();
            var apart = new List<Task>();
            foreach (SendingDocument document in job.Documents)
            {
                (SendingOutcome? End, Shipment? Send, Shipment? Look) begun = await BeginAsync(model, job, document, work).ConfigureAwait(false);
                if (begun.End is { } end)
                    await EndAsync(document, end, work).ConfigureAwait(false);
                else if (begun.Send is { } send)
                    together.Add(send);
                else
                    apart.Add(ResolveAsync(model, begun.Look!, work, isOfThisRun: false));
            }

            await ShipAsync(model, together, apart, work).ConfigureAwait(false);
            work.Pause();
            await Task.WhenAll(apart).ConfigureAwait(false);
        }
        finally
        {
            work.Pause();
        }
    }

    /// <summary>No further document will come: what is still looked for gets its last look as soon as nothing else is under way.</summary>
    public void InputEnded()
    {
        lock (_lock)
            _inputEnded = true;
        LookLastWhenQuiet();
    }

    /// <summary>Starts nothing more; what is under way settles.</summary>
    public void Dispose() => _noMore.Cancel();

    /// <summary>Starts nothing more.</summary>
    public void StopFor(NanonetsException reason)
    {
        if (Interlocked.CompareExchange(ref _stopReason, reason, null) is null)
            _noMore.Cancel();
    }

    private async Task<ModelRun> PrepareAsync(UploadJob job)
    {
        ModelRun model;
        lock (_lock)
        {
            if (!_models.TryGetValue(job.ModelId, out model!))
                _models.Add(job.ModelId, model = new ModelRun(_context, job.ModelId));
        }

        // A classification model has calls of its own, none of which tells about it for nothing.
        if (StopReason is not null || !job.LeavesFile)
            return model;

        try
        {
            await model.PrepareAsync(_breaker).ConfigureAwait(false);
        }
        catch (NanonetsException failure)
        {
            StopFor(failure);
        }

        return model;
    }

    /// <summary>Finds out whether a document may be sent.</summary>
    private async Task<(SendingOutcome? End, Shipment? Send, Shipment? Look)> BeginAsync(ModelRun model, UploadJob job, SendingDocument document, Work work)
    {
        while (true)
        {
            if (StopReason is not null)
                return (new SendingOutcome(SendingEnd.Unsent), null, null);

            try
            {
                UploadIntent intent = await model.IntentOfAsync(job, document).ConfigureAwait(false);
                if (!_context.IsDurable)
                    return await BeginAsync(model, job, document, intent).ConfigureAwait(false);

                if (_duplicates.Enter(intent.Key, document) is not { } first)
                    return await BeginAsync(model, job, document, intent).ConfigureAwait(false);

                // The same document is under way: it is not sent twice, and goes in its place only if it never was.
                document.Source.Forget();
                work.Pause();
                SendingOutcome outcome = await first.Outcome.WaitAsync().ConfigureAwait(false);
                await work.ResumeAsync().ConfigureAwait(false);
                if (outcome.HasPages)
                    return (Duplicates.Of(outcome, first.Document, document), null, null);
                if (outcome.End != SendingEnd.NotSent)
                    return (outcome with { Pages = [] }, null, null);
            }
            catch (NanonetsException failure) when (failure.ErrorId != NanonetsErrorId.JournalUnavailable)
            {
                return (new SendingOutcome(SendingEnd.NotSent) { Error = failure }, null, null);
            }
            catch (NanonetsException journal)
            {
                StopFor(journal);
            }
        }
    }

    private async Task<(SendingOutcome? End, Shipment? Send, Shipment? Look)> BeginAsync(
        ModelRun model, UploadJob job, SendingDocument document, UploadIntent intent)
    {
        JournalAnswer answer = await _context.Run.BeginAsync(intent, _context.Options.Resend, Now, _context.Stop).ConfigureAwait(false);
        var shipment = new Shipment(job, document, answer.Entry, ModelRun.MarkOf(job, answer.Entry));
        switch (answer.Verdict)
        {
            case JournalVerdict.Begun:
                if (answer.SentWithOtherMetadata is { } other)
                    _context.Log.Warn($"{document.Source} was sent before with other metadata, as {other.RequestFileId}. It is sent again, and billed again.");
                if (model.Rebuilt(shipment.Mark) is not { } lost)
                    return (null, shipment, null);

                await _context.Run.RecordAsync(answer.Entry.EntryId, new UploadChange.Accepted(Now, 0, lost.RequestFileId, null), _context.Stop).ConfigureAwait(false);
                return (Known(answer.Entry with { RequestFileId = lost.RequestFileId, RunId = null }, document), null, null);

            case JournalVerdict.Done when _context.Options.NewOnly:
                return (new SendingOutcome(SendingEnd.LeftOut), null, null);
            case JournalVerdict.Done:
                return (Known(answer.Entry, document), null, null);
            case JournalVerdict.Ambiguous:
                return (null, null, shipment);
            case JournalVerdict.ElsewhereAlive:
                return (new SendingOutcome(SendingEnd.Elsewhere)
                {
                    Error = new NanonetsException(NanonetsErrorId.UploadElsewhere, $"Another run that is under way works on {document.Source}. It was not sent."),
                }, null, null);
            default:
                return (new SendingOutcome(SendingEnd.RefusedBefore)
                {
                    Error = new NanonetsException(
                        NanonetsErrorId.RequestRejected, $"{document.Source} was not sent again: {PlainText.OneLine(answer.Entry.Message)} Use -Resend Failed to send it all the same."),
                }, null, null);
        }
    }

    /// <summary>What the journal knows to be accepted. Sent by this very run it is a duplicate, whatever its name.</summary>
    private SendingOutcome Known(JournalEntry entry, SendingDocument document)
    {
        bool isOfThisRun = entry.RunId == _context.Run.RunId;
        return new SendingOutcome(isOfThisRun ? SendingEnd.Duplicate : SendingEnd.Known)
        {
            Pages = KnownPages.Of(entry.RequestFileId, entry.ModelId, entry.PageCount, document.Source, entry.SourcePath, fromJournal: !isOfThisRun),
        };
    }

    /// <summary>Sends documents in one request, again and again as long as that is proven to be harmless. Those whose answer is lost go on apart.</summary>
    private async Task ShipAsync(ModelRun model, List<Shipment> together, List<Task> apart, Work work)
    {
        while (together.Count > 0)
        {
            if (await EnterAsync(model, together).ConfigureAwait(false) is not { } ticket)
            {
                foreach (Shipment unsent in together)
                    await EndShipmentAsync(unsent, new SendingOutcome(_context.Stop.IsCancellationRequested ? SendingEnd.Cancelled : SendingEnd.Unsent), work).ConfigureAwait(false);
                return;
            }

            IReadOnlyList<UploadOutcome> outcomes;
            try
            {
                outcomes = await UploadAsync(together, work).ConfigureAwait(false);
            }
            catch (NanonetsException journal) when (journal.ErrorId == NanonetsErrorId.JournalUnavailable)
            {
                // Not one byte was sent.
                StopFor(journal);
                _breaker.Left();
                ticket.Returned();
                _budget.Return(together);
                continue;
            }

            Tell(outcomes, ticket, together);
            var again = new List<Shipment>();
            for (int i = 0; i < together.Count; i++)
            {
                (Shipment shipment, UploadOutcome outcome) = (together[i], outcomes[i]);
                SendingOutcome? end = await SettleAsync(shipment, outcome).ConfigureAwait(false);
                if (end is not null)
                    await EndShipmentAsync(shipment, end, work).ConfigureAwait(false);
                else if (outcome.Class == UploadClass.Ambiguous)
                    apart.Add(ResolveAsync(model, shipment, work, isOfThisRun: true));
                else
                    again.Add(shipment);
            }

            together = again;
        }
    }

    /// <summary>Waits until an upload may begin; null when none may any more.</summary>
    private async Task<PagePace.Ticket?> EnterAsync(ModelRun model, List<Shipment> together)
    {
        int pages = together.Sum(static shipment => shipment.Document.Pages);
        try
        {
            if (StopReason is not null)
                return null;
            if (!await _breaker.EnterAsync(_noMore.Token).ConfigureAwait(false))
            {
                StopFor(new NanonetsException(NanonetsErrorId.ServiceUnavailable, "The service, or the way to it, was down for longer than anybody waits."));
                return null;
            }

            try
            {
                PagePace.Ticket ticket = await model.Pace.EnterAsync(pages, _noMore.Token).ConfigureAwait(false);
                if (StopReason is null && _budget.Take(together))
                    return ticket;
                ticket.Returned();
            }
            catch (OperationCanceledException)
            {
                _breaker.Left();
                throw;
            }

            _breaker.Left();
            if (StopReason is null)
            {
                StopFor(new NanonetsException(
                    NanonetsErrorId.PageBudgetReached, $"The page budget of this run ({_context.Options.PageBudget} pages) does not suffice for the next document."));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped, or cancelled: either way nothing begins.
        }

        return null;
    }

    private async Task<IReadOnlyList<UploadOutcome>> UploadAsync(List<Shipment> together, Work work)
    {
        UploadJob job = together[0].Job;
        var tag = new UploadTag(together[0].Mark, together.Max(static shipment => shipment.Entry.Attempts) + 1);
        MetadataKind kind = job.MetadataIsObject ? MetadataKind.Object : _context.Options.TagMetadata ? MetadataKind.TaggedText : MetadataKind.Text;
        (string metadata, bool tagged) = tag.Attach(job.Metadata, kind);
        foreach (Shipment shipment in together)
        {
            shipment.Entry = await _context.Run
                .RecordAsync(shipment.Entry.EntryId, new UploadChange.Starting(Now, tagged ? tag.ToString() : null), CancellationToken.None).ConfigureAwait(false);
            work.Sink.Began(shipment.Document);
        }

        var request = new UploadRequest(job.ModelId, [.. together.Select(static shipment => shipment.Source)])
        {
            Metadata = metadata,
            PagesToProcess = job.PagesToProcess,
            Mode = job.Mode,
            Call = job.Call,
        };
        return await _context.Client.UploadAsync(request, _context.Observer, _context.Stop).ConfigureAwait(false);
    }

    /// <summary>Tells pace, budget and breaker what a request showed of the service.</summary>
    private void Tell(IReadOnlyList<UploadOutcome> outcomes, PagePace.Ticket ticket, List<Shipment> together)
    {
        _budget.Settle(together, outcomes);
        UploadOutcome[] accepted = [.. outcomes.Where(static outcome => outcome.Class == UploadClass.Accepted)];
        if (accepted.Length > 0)
            ticket.Accepted(accepted.Length == outcomes.Count ? accepted.Sum(static outcome => outcome.Pages.Length) : null);
        else if (outcomes.Any(static outcome => outcome.Class == UploadClass.Ambiguous))
            ticket.Unknown();
        else if (outcomes.FirstOrDefault(static outcome => outcome.Error?.ErrorId == NanonetsErrorId.RateLimited) is { } refused)
            ObeyLimit(ticket, refused.Error!);
        else
            ticket.Returned();

        if (outcomes.Any(IsOutage))
            _breaker.Failed();
        else if (accepted.Length > 0 || outcomes.Any(static outcome => outcome.Class == UploadClass.Refused))
            _breaker.Answered();
        else
            _breaker.Left();
    }

    private void ObeyLimit(PagePace.Ticket ticket, NanonetsException refusal)
    {
        RateLimit limit = ticket.Refused(refusal.RetryAfter);
        if (RateLimitNotice.IsFinal(refusal))
            StopFor(RateLimitNotice.Final(refusal));
        else if (limit.IsHopeless)
            StopFor(RateLimitNotice.Hopeless(refusal));
        else if (limit.AskedTooMuch is { } asked)
            _context.Log.Warn($"The service asks to wait {asked.TotalMinutes:0.#} minutes; the next upload is tried in {limit.Wait.TotalMinutes:0.#} minutes all the same.");
        else
            _context.Log.Verbose($"Too many pages a minute: nothing is sent to this model for {limit.Wait.TotalSeconds:0} s.");
    }

    private static bool IsOutage(UploadOutcome outcome) => outcome.Class switch
    {
        // Foreign answers below 500 are about this document or the way it took; they say nothing of an outage.
        UploadClass.Ambiguous => outcome.Error!.ErrorId != NanonetsErrorId.OperationCanceled && outcome.Error.StatusCode is null or >= 500,
        UploadClass.NotSent => outcome.Error!.ErrorId is NanonetsErrorId.ConnectionFailed or NanonetsErrorId.RequestTimedOut or NanonetsErrorId.ServiceUnavailable,
        _ => false,
    };

    /// <summary>Writes down what an attempt came to.</summary>
    /// <returns>How the document ends; null when it is to be looked for or sent again.</returns>
    private async Task<SendingOutcome?> SettleAsync(Shipment shipment, UploadOutcome outcome)
    {
        int posts = outcome.Attempts;
        switch (outcome.Class)
        {
            case UploadClass.Accepted:
                await RecordAsync(shipment, new UploadChange.Accepted(Now, posts, outcome.Pages[0].RequestFileId ?? string.Empty, outcome.Pages.Length)).ConfigureAwait(false);
                return new SendingOutcome(SendingEnd.Accepted) { Pages = outcome.Pages };

            case UploadClass.Ambiguous:
                await RecordAsync(shipment, new UploadChange.Ambiguous(Now, posts, outcome.Error!.Message)).ConfigureAwait(false);
                return outcome.Error.ErrorId == NanonetsErrorId.OperationCanceled ? new SendingOutcome(SendingEnd.Cancelled) { Error = outcome.Error } : null;

            case UploadClass.Refused when outcome.Error!.ErrorId != NanonetsErrorId.RateLimited && !outcome.Error.DoomsRun:
                await RecordAsync(shipment, new UploadChange.Refused(Now, posts, outcome.Error.ErrorId.ToString(), outcome.Error.Message)).ConfigureAwait(false);
                return new SendingOutcome(SendingEnd.Refused) { Error = outcome.Error };
        }

        await RecordAsync(shipment, new UploadChange.NotSent(Now, posts)).ConfigureAwait(false);
        NanonetsException error = outcome.Error!;
        if (error.ErrorId == NanonetsErrorId.OperationCanceled)
            return new SendingOutcome(SendingEnd.Cancelled) { Error = error };
        if (error.ErrorId == NanonetsErrorId.RateLimited || (IsOutage(outcome) && shipment.MayTryAgain(_breaker.Answers)))
            return null;
        if (!error.DoomsRun || error.ErrorId == NanonetsErrorId.ConnectionFailed)
            return new SendingOutcome(SendingEnd.NotSent) { Error = error };

        StopFor(error);
        return new SendingOutcome(SendingEnd.Unsent) { Error = error };
    }

    /// <summary>Writes a change that nothing may undo. A journal that fails now stops the run, and what the service has still comes out.</summary>
    private async Task RecordAsync(Shipment shipment, UploadChange change)
    {
        try
        {
            shipment.Entry = await _context.Run.RecordAsync(shipment.Entry.EntryId, change, CancellationToken.None).ConfigureAwait(false);
        }
        catch (NanonetsException journal) when (journal.ErrorId == NanonetsErrorId.JournalUnavailable)
        {
            StopFor(journal);
            shipment.Entry = JournalRules.Apply(shipment.Entry, change);
        }
    }

    private async Task EndAsync(SendingDocument document, SendingOutcome outcome, Work work)
    {
        Tally.Add(outcome);
        _duplicates.Leave(document, outcome);
        await work.Sink.SettledAsync(document, outcome).ConfigureAwait(false);
    }

    private async Task<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        ModelRun? model;
        lock (_lock)
            model = _models.Values.FirstOrDefault();
        return model is null || await model.ProbeAsync(cancellationToken).ConfigureAwait(false);
    }

    private void LookLastWhenQuiet()
    {
        ModelRun[] models;
        lock (_lock)
        {
            if (!_inputEnded || _active > 0)
                return;
            models = [.. _models.Values];
        }

        foreach (ModelRun model in models)
            model.Looker.EndOfInput();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
