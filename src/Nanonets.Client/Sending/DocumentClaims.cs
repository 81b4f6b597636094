using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Sending;

/// <summary>What is to be done about a document.</summary>
internal abstract record Claim
{
    /// <summary>It is this run's: send it.</summary>
    internal sealed record Send : Claim;

    /// <summary>An earlier attempt may have been accepted: reconcile it first.</summary>
    internal sealed record Reconcile : Claim;

    /// <summary>It ends here.</summary>
    internal sealed record Ended(SendingOutcome Outcome) : Claim;
}

/// <summary>Identifies documents and claims them in the journal, so that each is sent by one run, once.</summary>
internal sealed class DocumentClaims(SendingContext context, RunState run, SameDocuments same)
{
    private DateTimeOffset Now => context.Client.ServerNow;

    /// <summary>Identifies a document and asks the journal whether it may be sent. A journal that fails ends the run.</summary>
    public async Task<Claim> ClaimAsync(ModelRun model, SendRequest request, Document document, SlotHold hold)
    {
        if (run.IsStopped(model))
            return Unsent(model);

        try
        {
            return await ClaimFirstAsync(model, request, document, hold).ConfigureAwait(false);
        }
        catch (NanonetsException journal) when (journal.ErrorId == NanonetsErrorId.JournalUnavailable)
        {
            run.Stop(journal);
            return Unsent(model);
        }
        catch (NanonetsException unreadable)
        {
            return new Claim.Ended(new SendingOutcome(SendingEnd.NotSent, unreadable));
        }
    }

    private static Claim.Ended Unsent(ModelRun model) => new(new SendingOutcome(SendingEnd.Unsent, model.StopReason));

    /// <summary>Of documents that are the same, the first is claimed; the others learn what became of it.</summary>
    private async Task<Claim> ClaimFirstAsync(ModelRun model, SendRequest request, Document document, SlotHold hold)
    {
        while (true)
        {
            DocumentKey key = await IdentifyAsync(request, document).ConfigureAwait(false);
            if (!context.IsDurable || same.Enter(key, document) is not { } first)
                return await ClaimAsync(model, request, document, key).ConfigureAwait(false);

            // The same document is under way: this one goes in its place only if that never went.
            document.Source.Forget();
            hold.Release();
            SendingOutcome outcome = await first.OutcomeAsync(context.Stop).ConfigureAwait(false);
            await hold.ResumeAsync().ConfigureAwait(false);
            if (outcome.HasPages)
                return new Claim.Ended(DuplicateOf(first.Document, outcome, document));
            if (outcome.End != SendingEnd.NotSent)
                return new Claim.Ended(outcome with { Pages = [] });
        }
    }

    /// <summary>
    /// What the document is: its content where a journal knows it by that, or where no tag will find it again; else something random.
    /// </summary>
    private async Task<DocumentKey> IdentifyAsync(SendRequest request, Document document)
    {
        bool hasTag = string.IsNullOrEmpty(request.Metadata) || request.MetadataIsObject || context.Options.TagMetadata
            || !request.LeavesFile;
        string content = context.IsDurable || !hasTag
            ? document.Source.ContentHash ??= await ContentHash.OfAsync(document.Source, context.Stop).ConfigureAwait(false)
            : Guid.NewGuid().ToString("N");
        return new DocumentKey(
            context.Origin, request.ModelId, content, DocumentKey.PagesOf(request.PagesToProcess), DocumentKey.DigestOf(request.Metadata));
    }

    private async Task<Claim> ClaimAsync(ModelRun model, SendRequest request, Document document, DocumentKey key)
    {
        var planned = JournalEntry.Planned(key, document.Source.FileName, document.Source.SourcePath, document.Bytes ?? 0);
        JournalAnswer answer = await context.Run.BeginAsync(planned, context.Options.Resend, Now, context.Stop).ConfigureAwait(false);
        document.Entry = answer.Entry;
        document.TagId = request.SharesTag ? request.SharedTagId : context.IsDurable ? UploadTag.IdOf(key) : UploadTag.RandomId();
        switch (answer.Verdict)
        {
            case JournalVerdict.Begun or JournalVerdict.Ambiguous
                when answer.Listed is { Count: > 0 } listed && !answer.Entry.IsToBeSentAgain:
                return await ClaimListedAsync(model, document, answer, listed).ConfigureAwait(false);
            case JournalVerdict.Begun:
                WarnOfOtherMetadata(document, answer);
                return new Claim.Send();
            case JournalVerdict.Ambiguous:
                return Proceed(answer);
            case JournalVerdict.Done when context.Options.NewOnly:
                return new Claim.Ended(new SendingOutcome(SendingEnd.LeftOut));
            case JournalVerdict.Done:
                return new Claim.Ended(Known(answer.Entry, document, model.WasFound(answer.Entry)));
            case JournalVerdict.ElsewhereAlive:
                return Failed(SendingEnd.Elsewhere, NanonetsErrorId.UploadElsewhere,
                    $"Another run that is under way works on {document}. It was not sent.");
            default:
                return Failed(
                    SendingEnd.RefusedBefore, NanonetsErrorId.RequestRejected,
                    $"{document} was not sent again: {PlainText.OneLine(answer.Entry.Message)} Use -Resend Failed "
                        + "to send it all the same.");
        }
    }

    /// <summary>
    /// The journal has lost entries, and the service's listing showed files that may be this document: a tag decides, else the content.
    /// </summary>
    private async Task<Claim> ClaimListedAsync(ModelRun model, Document document, JournalAnswer answer, IReadOnlyList<ListedUpload> listed)
    {
        ListedUpload? own = listed.FirstOrDefault(static file => file.Tag is not null);
        IEnumerable<ListedUpload> unproven = own is null ? listed.OrderBy(file => file.HasOtherText(answer.Entry)) : [];
        foreach (ListedUpload candidate in unproven)
        {
            bool? isIt = await model.Review.HasContentAsync(candidate, answer.Entry).ConfigureAwait(false);
            if (isIt is null || (isIt.Value && candidate.HasOtherText(answer.Entry)))
            {
                string what = isIt is null ? "which could not be compared with it" : "with its content and other metadata";
                string why = "it may have been sent before the journal was restored: the service has a file with its name, "
                    + $"{candidate.RequestFileId}, {what}";
                var held = new UploadChange.Held(Now, why);
                document.Entry = await context.Run.RecordAsync(answer.Entry.EntryId, held, context.Stop).ConfigureAwait(false);
                return Failed(SendingEnd.Held, NanonetsErrorId.UploadAmbiguous, $"{document} was not sent: {why}.");
            }

            own = isIt.Value ? candidate : null;
            if (own is not null)
                break;
        }

        if (own is null)
            return Proceed(answer);

        var change = new UploadChange.Accepted(Now, 0, own.RequestFileId, null);
        document.Entry = await context.Run.RecordAsync(answer.Entry.EntryId, change, context.Stop).ConfigureAwait(false);
        return new Claim.Ended(Known(document.Entry, document, wasFound: true));
    }

    /// <summary>What was held before it was ever sent has no attempt that could be found.</summary>
    private static Claim Proceed(JournalAnswer answer) =>
        answer.Verdict == JournalVerdict.Begun || !answer.Entry.Unsettled.Any() ? new Claim.Send() : new Claim.Reconcile();

    /// <summary>What the journal knows to be accepted. Sent by this very run it is a duplicate, whatever its name.</summary>
    /// <param name="wasFound">Whether this run found it at the service: then an earlier one sent it.</param>
    private SendingOutcome Known(JournalEntry entry, Document document, bool wasFound)
    {
        bool isOfThisRun = entry.RunId == context.Run.RunId && !wasFound;
        return SendingOutcome.Of(
            isOfThisRun ? SendingEnd.Duplicate : SendingEnd.Known, entry.RequestFileId, entry.ModelId, entry.PageCount, document.Source,
            entry.SourcePath, !isOfThisRun);
    }

    private static SendingOutcome DuplicateOf(Document original, SendingOutcome first, Document document) => SendingOutcome.Of(
        SendingEnd.Duplicate, first.RequestFileId, first.Pages[0].ModelId, first.Pages[0].PageCount, document.Source,
        original.Source.SourcePath);

    private void WarnOfOtherMetadata(Document document, JournalAnswer answer)
    {
        if (answer.SentWithOtherMetadata is { } other)
            context.Log.Warn($"{document} was sent before with other metadata, as {other.RequestFileId}. It is sent "
                + "again, and billed again.");
    }

    private static Claim.Ended Failed(SendingEnd end, NanonetsErrorId id, string message) =>
        new(new SendingOutcome(end, new NanonetsException(id, message)));
}
