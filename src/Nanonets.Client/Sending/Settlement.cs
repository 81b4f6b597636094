using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Sending;

/// <summary>Writes down what became of documents, and hands it to whoever gave them.</summary>
internal sealed class Settlement(SendingContext context, RunState run, SameDocuments same)
{
    /// <summary>How documents ended so far.</summary>
    public SendingTally Tally { get; } = new();

    private DateTimeOffset Now => context.Client.ServerNow;

    /// <summary>
    /// Writes a change that nothing may undo. A journal that fails now stops the run; what the service has comes out all the same.
    /// </summary>
    public async Task RecordAsync(Document document, UploadChange change)
    {
        try
        {
            document.Entry = await context.Run.RecordAsync(document.Entry.EntryId, change, CancellationToken.None).ConfigureAwait(false);
        }
        catch (NanonetsException journal) when (journal.ErrorId == NanonetsErrorId.JournalUnavailable)
        {
            run.Stop(journal);
            document.Entry = JournalRules.Apply(document.Entry, change);
        }
    }

    /// <summary>A document has ended.</summary>
    public async Task EndAsync(Document document, SendingOutcome outcome, SlotHold hold)
    {
        Tally.Add(outcome);
        same.Leave(document, outcome);
        await hold.Sink.SettledAsync(document, outcome).ConfigureAwait(false);
    }

    /// <summary>
    /// A document's last attempt came to nothing; one before it may have been accepted all the same, and then it is held.
    /// </summary>
    public Task EndAttemptAsync(Document document, SendingOutcome outcome, SlotHold hold) =>
        outcome.End is SendingEnd.Unsent or SendingEnd.NotSent or SendingEnd.Refused && document.Entry.IsUnresolved
            ? HoldAsync(document, Why(outcome), hold)
            : EndAsync(document, outcome, hold);

    /// <summary>What became of a document could not be found out.</summary>
    public async Task HoldAsync(Document document, string why, SlotHold hold)
    {
        await RecordAsync(document, new UploadChange.Held(Now, why)).ConfigureAwait(false);
        string message = $"{document} was sent, but no valid answer came. It may have been accepted and billed, so it was not "
            + $"sent again: {why}.";
        await EndAsync(document, new SendingOutcome(SendingEnd.Held, new NanonetsException(NanonetsErrorId.UploadAmbiguous, message)), hold)
            .ConfigureAwait(false);
    }

    /// <summary>A file of the service is proven to be the document.</summary>
    /// <param name="isOfThisRun">Whether this run sent it.</param>
    public async Task AdoptAsync(Document document, Reconciled.Found found, bool isOfThisRun, SlotHold hold)
    {
        string id = found.File.RequestFileId;
        await RecordAsync(document, new UploadChange.Accepted(Now, 0, id, null)).ConfigureAwait(false);
        context.WarnOfDuplicates(document.ToString(), found.File, found.Duplicates);
        SendingOutcome outcome = SendingOutcome.Of(
            SendingEnd.Found, id, document.Entry.ModelId, null, document.Source, fromJournal: !isOfThisRun);
        await EndAsync(document, outcome, hold).ConfigureAwait(false);
    }

    private static string Why(SendingOutcome outcome) => outcome.Error is { } error
        ? $"a later attempt failed ({PlainText.OneLine(error.Message).TrimEnd('.')})"
        : "the run ended before it could be sent again";
}
