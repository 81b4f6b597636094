using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Journaling;

namespace Nanonets.Sending;

/// <content>What becomes of a document whose answer was lost.</content>
internal sealed partial class SendingRun
{
    /// <summary>Finds out what became of a document whose answer was lost. Its slot is free meanwhile.</summary>
    private async Task ResolveAsync(ModelRun model, Shipment shipment, Work work, bool isOfThisRun)
    {
        LookEnd end;
        try
        {
            end = _context.Options.OnAmbiguous == AmbiguousAction.Hold ? new LookEnd.Held("it is held as asked for")
                : !shipment.Job.LeavesFile ? new LookEnd.Held("a classification leaves nothing to look for")
                : await SeekAsync(model, shipment, isOfThisRun).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // In the journal it stays what it is: the next run looks for it.
            await EndAsync(shipment.Document, new SendingOutcome(SendingEnd.Cancelled), work).ConfigureAwait(false);
            return;
        }
        catch (NanonetsException journal) when (journal.ErrorId == NanonetsErrorId.JournalUnavailable)
        {
            StopFor(journal);
            end = new LookEnd.Held("the journal failed");
        }

        switch (end)
        {
            case LookEnd.Found found:
                await RecordAsync(shipment, new UploadChange.Accepted(Now, 0, found.File.RequestFileId, null)).ConfigureAwait(false);
                _context.WarnOfDuplicates(shipment.Source.ToString(), found.File, found.Duplicates);
                PageResult[] pages = KnownPages.Of(found.File.RequestFileId, model.ModelId, null, shipment.Source, null, fromJournal: !isOfThisRun);
                await EndAsync(shipment.Document, new SendingOutcome(SendingEnd.Found) { Pages = pages }, work).ConfigureAwait(false);
                break;

            case LookEnd.SendAgain:
                _context.Log.Verbose($"{shipment.Source} is proven missing and sent again.");
                await ShipAgainAsync(model, shipment, work).ConfigureAwait(false);
                break;

            case LookEnd.Held held:
                await EndHeldAsync(shipment, held.Why, work).ConfigureAwait(false);
                break;
        }
    }

    private async Task ShipAgainAsync(ModelRun model, Shipment shipment, Work work)
    {
        var apart = new List<Task>();
        Work again = work.Fork();
        await again.ResumeAsync().ConfigureAwait(false);
        try
        {
            await ShipAsync(model, [shipment], apart, again).ConfigureAwait(false);
        }
        finally
        {
            again.Pause();
        }

        await Task.WhenAll(apart).ConfigureAwait(false);
    }

    private Task<LookEnd> SeekAsync(ModelRun model, Shipment shipment, bool isOfThisRun)
    {
        TimeSpan since = isOfThisRun ? Clock.Elapsed : Clock.Elapsed - Shorter(Now - shipment.Entry.ChangedAt, TimeSpan.FromMinutes(10));
        var sought = new SoughtUpload(shipment.Entry, shipment.Mark, shipment.SharesTag, since, isOfThisRun) { Absences = model.AbsencesOf(shipment.Entry) };
        return model.Looker.SeekAsync(sought);
    }

    /// <summary>Ends a document whose last attempt came to nothing: one before it may have been accepted all the same, and then it is held.</summary>
    private Task EndShipmentAsync(Shipment shipment, SendingOutcome end, Work work) =>
        end.End is SendingEnd.Unsent or SendingEnd.NotSent or SendingEnd.Refused && shipment.Entry.IsUnresolved
            ? EndHeldAsync(shipment, end.Error is { } error ? $"a later attempt failed ({PlainText.OneLine(error.Message).TrimEnd('.')})" : "the run ended before it could be sent again", work)
            : EndAsync(shipment.Document, end, work);

    private async Task EndHeldAsync(Shipment shipment, string why, Work work)
    {
        await RecordAsync(shipment, new UploadChange.Held(Now, why)).ConfigureAwait(false);
        await EndAsync(
            shipment.Document,
            new SendingOutcome(SendingEnd.Held)
            {
                Error = new NanonetsException(
                    NanonetsErrorId.UploadAmbiguous, $"{shipment.Source} was sent completely, but it is not known whether it was accepted and billed: {why}. It was not sent again."),
            },
            work).ConfigureAwait(false);
    }
}
