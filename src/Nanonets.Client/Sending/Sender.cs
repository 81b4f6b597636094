using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;
using Nanonets.Uploading;

namespace Nanonets.Sending;

/// <summary>
/// Sends documents so that none is lost and none is billed twice: identify, claim, admit, post, settle, reconcile. Every attempt is in the
/// journal before its first byte leaves; what is proven about it decides what follows, by <see cref="RetryDecision"/>. What is fatal for a
/// document, a model or the run ends exactly that: nothing more begins, what is under way settles.
/// </summary>
internal sealed class Sender
{
    private readonly SendingContext _context;
    private readonly RunState _run;
    private readonly DocumentClaims _claims;
    private readonly Settlement _settlement;
    private readonly Attempts _attempts;

    public Sender(SendingContext context)
    {
        var same = new SameDocuments(context.Clock);
        (_context, _run) = (context, new RunState(context));
        _claims = new DocumentClaims(context, _run, same);
        _settlement = new Settlement(context, _run, same);
        _attempts = new Attempts(context, _run, _settlement);
    }

    /// <summary>Why nothing more is sent; null while the run goes on, and while any of its models can be sent to.</summary>
    public NanonetsException? StopReason => _run.StopReason;

    /// <summary>Why nothing more is sent to a model; null while it is.</summary>
    public NanonetsException? StopReasonFor(string modelId) => _run.StopReasonFor(modelId);

    /// <summary>Pages of the budget that are used, those under way included.</summary>
    public int PagesUsed => _run.Admission.PagesUsed;

    /// <summary>How documents ended so far.</summary>
    public SendingTally Tally => _settlement.Tally;

    /// <summary>
    /// Takes a request over, with the slot that the caller holds for it: from now on it is under way, whenever its work begins.
    /// </summary>
    public SlotHold HandOver(ISendingSlots slots, ISendingSink sink) => new(_context, _run, slots, sink, hasSlot: true);

    /// <summary>Sends the documents of a request. Completes when each of them has ended and was handed to the caller.</summary>
    /// <param name="request">What travels together.</param>
    /// <param name="hold">The request's hold on a slot; it has none when the task completes.</param>
    public async Task SendAsync(SendRequest request, SlotHold hold)
    {
        var reconciling = new List<Task>();
        try
        {
            ModelRun model = await _run.PrepareAsync(request).ConfigureAwait(false);
            var ready = new List<Document>();
            foreach (Document document in request.Documents)
            {
                switch (await _claims.ClaimAsync(model, request, document, hold).ConfigureAwait(false))
                {
                    case Claim.Send:
                        ready.Add(document);
                        break;
                    case Claim.Reconcile:
                        reconciling.Add(ReconcileAsync(model, request, document, hold, isOfThisRun: false));
                        break;
                    case Claim.Ended ended:
                        await _settlement.EndAsync(document, ended.Outcome, hold).ConfigureAwait(false);
                        break;
                }
            }

            await PostAsync(model, request, ready, reconciling, hold).ConfigureAwait(false);
        }
        finally
        {
            hold.Release();
        }

        await Task.WhenAll(reconciling).ConfigureAwait(false);
    }

    /// <summary>
    /// No further document will come: what is still reconciled gets its last listing as soon as nothing else is under way.
    /// </summary>
    public void InputEnded() => _run.InputEnded();

    /// <summary>Begins nothing more; what is under way settles.</summary>
    public void Close() => _run.Admission.Close();

    /// <summary>
    /// Sends documents in one request, again as long as that is proven to be harmless. Those whose answer is lost go on by themselves.
    /// </summary>
    private async Task PostAsync(ModelRun model, SendRequest request, List<Document> ready, List<Task> reconciling, SlotHold hold)
    {
        while (ready.Count > 0)
        {
            Attempt? attempt = await _attempts.MakeAsync(model, request, ready, hold).ConfigureAwait(false);
            if (attempt is null)
            {
                SendingEnd end = _context.Stop.IsCancellationRequested ? SendingEnd.Cancelled : SendingEnd.Unsent;
                foreach (Document unsent in ready)
                    await _settlement.EndAttemptAsync(unsent, new SendingOutcome(end, model.StopReason), hold).ConfigureAwait(false);
                return;
            }

            ready = [];
            foreach (UploadOutcome outcome in attempt.Outcomes)
            {
                switch (await _attempts.DecideAsync(outcome, attempt.Limit).ConfigureAwait(false))
                {
                    case RetryDecision.Again:
                        ready.Add(outcome.Document);
                        break;
                    case RetryDecision.Reconcile:
                        reconciling.Add(ReconcileAsync(model, request, outcome.Document, hold, isOfThisRun: true));
                        break;
                    case RetryDecision.Stop stop:
                        _run.Stop(model, stop.Why, stop.Scope);
                        await _settlement.EndAttemptAsync(outcome.Document, new SendingOutcome(SendingEnd.Unsent, model.StopReason), hold)
                            .ConfigureAwait(false);
                        break;
                    case RetryDecision.Done done:
                        await _settlement.EndAttemptAsync(outcome.Document, done.Outcome, hold).ConfigureAwait(false);
                        break;
                }
            }
        }
    }

    /// <summary>Finds out what became of a document whose answer was lost. The request's slot is free meanwhile.</summary>
    private async Task ReconcileAsync(ModelRun model, SendRequest request, Document document, SlotHold hold, bool isOfThisRun)
    {
        switch (await ReconciledAsync(model, request, document, isOfThisRun).ConfigureAwait(false))
        {
            case null:
                // Cancelled. In the journal it stays what it is: the next run reconciles it.
                await _settlement.EndAsync(document, new SendingOutcome(SendingEnd.Cancelled), hold).ConfigureAwait(false);
                break;
            case Reconciled.Found found:
                await _settlement.AdoptAsync(document, found, isOfThisRun, hold).ConfigureAwait(false);
                break;
            case Reconciled.SendAgain again:
                document.IsProvenMissing = again.IsProven;
                _context.Log.Verbose($"{document} is {(again.IsProven ? "proven missing" : "not proven missing")} and sent again.");
                await SendAgainAsync(model, request, document, hold.Fork()).ConfigureAwait(false);
                break;
            case Reconciled.Held held:
                await _settlement.HoldAsync(document, held.Why, hold).ConfigureAwait(false);
                break;
        }
    }

    private async Task<Reconciled?> ReconciledAsync(ModelRun model, SendRequest request, Document document, bool isOfThisRun)
    {
        try
        {
            return await model.ReconcileAsync(request, document, isOfThisRun).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (NanonetsException journal) when (journal.ErrorId == NanonetsErrorId.JournalUnavailable)
        {
            _run.Stop(journal);
            return new Reconciled.Held("the journal failed");
        }
    }

    private async Task SendAgainAsync(ModelRun model, SendRequest request, Document document, SlotHold hold)
    {
        var reconciling = new List<Task>();
        await hold.ResumeAsync().ConfigureAwait(false);
        try
        {
            await PostAsync(model, request, [document], reconciling, hold).ConfigureAwait(false);
        }
        finally
        {
            hold.Release();
        }

        await Task.WhenAll(reconciling).ConfigureAwait(false);
    }
}
