using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Journaling;
using Nanonets.Sending.Admission;
using Nanonets.Uploading;

namespace Nanonets.Sending;

/// <summary>What one attempt came to.</summary>
/// <param name="Outcomes">What it proves about each document.</param>
/// <param name="Limit">After a refusal for the number of pages: what it means.</param>
internal sealed record Attempt(UploadOutcome[] Outcomes, RateLimit? Limit);

/// <summary>
/// Attempts to upload: admitted, written down, made by exactly one request, written down again, and only then told to anybody.
/// </summary>
internal sealed class Attempts(SendingContext context, RunState run, Settlement settlement)
{
    /// <summary>Makes an attempt as soon as one may be made.</summary>
    /// <returns>What it came to; null when none may be made any more.</returns>
    public async Task<Attempt?> MakeAsync(ModelRun model, SendRequest request, List<Document> documents, SlotHold hold)
    {
        (Lease? lease, NanonetsException? overBudget) = run.IsStopped(model)
            ? default
            : await run.Admission.EnterAsync(model.Pace, documents.Sum(static document => document.Pages)).ConfigureAwait(false);
        if (overBudget is not null)
            return new Attempt([.. documents.Select(document => new UploadOutcome(document, UploadClass.NotSent, overBudget))], null);
        if (lease is null)
            return null;

        await using (lease.ConfigureAwait(false))
        {
            // The model may have been given up while this one waited.
            if (model.StopReason is not null || !await BeginAsync(request, documents, hold).ConfigureAwait(false))
                return null;

            int number = documents.Max(static document => document.Entry.Attempts);
            string metadata = request.TaggedMetadata(number, context.Options.TagMetadata).Metadata;
            UploadOutcome[] outcomes = await context.Client
                .UploadAsync(request, documents, metadata, number, context.Confirmation(), context.Observer, context.Stop)
                .ConfigureAwait(false);
            foreach (UploadOutcome outcome in outcomes)
                await settlement.RecordAsync(outcome.Document, RetryDecision.ChangeOf(outcome, context.Client.ServerNow))
                    .ConfigureAwait(false);
            return new Attempt(outcomes, await lease.TellAsync(outcomes).ConfigureAwait(false));
        }
    }

    /// <summary>Decides what follows for a document. One that is sent again has waited when this completes.</summary>
    public async Task<RetryDecision> DecideAsync(UploadOutcome outcome, RateLimit? limit)
    {
        Document document = outcome.Document;
        bool isThere = !RetryDecision.IsTransport(outcome, run.Admission.HasAccepted)
            || await run.Admission.IsServiceThereAsync().ConfigureAwait(false);
        var service = new ServiceState(isThere, run.Admission.HasAccepted, limit);
        RetryDecision decision = RetryDecision.Of(outcome, document.Failures + 1, context.Client.MostTries, service);
        if (decision is not RetryDecision.Again again)
            return decision;

        if (limit is not null)
            TellOfLimit(limit);
        if (again.IsFailure)
            await WaitAfterFailureAsync(document, outcome.Error!).ConfigureAwait(false);
        return decision;
    }

    /// <summary>Writes an attempt down before its first byte leaves.</summary>
    /// <returns>False when the journal failed: then not one byte leaves.</returns>
    private async Task<bool> BeginAsync(SendRequest request, List<Document> documents, SlotHold hold)
    {
        string? tag = request.TaggedMetadata(
            documents.Max(static document => document.Entry.Attempts) + 1, context.Options.TagMetadata).Tag;
        try
        {
            foreach (Document document in documents)
            {
                var change = new UploadChange.Starting(context.Client.ServerNow, tag);
                document.Entry = await context.Run.RecordAsync(document.Entry.EntryId, change, CancellationToken.None)
                    .ConfigureAwait(false);
            }
        }
        catch (NanonetsException journal) when (journal.ErrorId == NanonetsErrorId.JournalUnavailable)
        {
            run.Stop(journal);
            return false;
        }

        documents.ForEach(hold.Sink.Began);
        return true;
    }

    private async Task WaitAfterFailureAsync(Document document, NanonetsException error)
    {
        document.Failures++;
        TimeSpan delay = context.Client.RetryDelay(document.Failures);
        context.Log.Verbose($"{document} did not arrive and is sent again in {delay.TotalSeconds:0.#} s: {error.Message}");
        try
        {
            await context.Clock.Delay(delay, context.Stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Admission says that the run was stopped.
        }
    }

    private void TellOfLimit(RateLimit limit)
    {
        if (limit.AskedTooMuch is { } asked)
        {
            context.Log.Warn(
                $"The service asked for a {asked.TotalMinutes:0.#}-minute wait, which exceeds the 10-minute maximum; retrying in "
                    + $"{limit.Wait.TotalMinutes:0.#} minutes.");
        }
        else
        {
            context.Log.Verbose($"Too many pages a minute: nothing is sent to this model for {limit.Wait.TotalSeconds:0} s.");
        }
    }
}
