using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Journaling;
using Nanonets.Listing;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Sending;

/// <summary>
/// Completes a journal that may have lost entries of a model from the service's listing, from the last change that the journal knows. What
/// the listing shows is kept in the journal, since later runs need it too; only a listing that was read to its end makes the journal whole
/// again.
/// </summary>
internal sealed class JournalRebuild(SendingContext context, string modelId)
{
    /// <summary>A new journal may stand in for one that was lost; how long ago that knew something nobody can say.</summary>
    private const int DaysOfNewJournal = 3;

    /// <summary>There was a journal in this place, and nothing is known of it.</summary>
    private const int DaysOfLostJournal = 31;

    /// <summary>Before the last change that is known: clocks differ, and a listing counts whole days.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    /// <exception cref="NanonetsException">What the journal has lost could not be found out: nothing may be sent to the model.</exception>
    public async Task CompleteAsync()
    {
        ModelContinuity continuity = await context.Run.ContinuityAsync(context.Origin, modelId, context.Stop).ConfigureAwait(false);
        if (continuity.State == JournalContinuity.Whole)
            return;

        int today = EpochDay.Of(context.Client.ServerNow);
        int first = continuity.KnownUntil is { } until ? Math.Min(EpochDay.Of(until - s_margin), today)
            : today - (continuity.State == JournalContinuity.New ? DaysOfNewJournal : DaysOfLostJournal) + 1;
        try
        {
            ListingEvidence? known = await ReadAsync(continuity, first, today).ConfigureAwait(false);
            if (known is null)
                throw new NanonetsException(NanonetsErrorId.InvalidResponse,
                    "The listing does not show all that the journal knows of its first day: it is not complete.");
            await context.Run.CompleteRebuildAsync(context.Origin, modelId, context.Stop).ConfigureAwait(false);
        }
        catch (NanonetsException failure)
            when (failure.ErrorId != NanonetsErrorId.JournalUnavailable && continuity.State == JournalContinuity.New)
        {
            context.Log.Warn($"It could not be looked up whether an earlier journal was lost: {failure.Message} Documents that were sent "
                + "under another journal would be sent again.");
        }
        catch (NanonetsException failure) when (failure.ErrorId != NanonetsErrorId.JournalUnavailable)
        {
            throw new NanonetsException(
                NanonetsErrorId.JournalUnavailable,
                $"The journal {context.JournalLocation} is older than the last run left it, and what was sent to model {modelId} since "
                    + $"could not be looked up: {failure.Message} Nothing was sent to this model.",
                failure)
            {
                Scope = FatalFor.Model,
            };
        }
    }

    /// <summary>Reads the listing into the journal.</summary>
    /// <returns>What it shows; null when it lacks one of the last documents that the journal knows.</returns>
    private async Task<ListingEvidence?> ReadAsync(ModelContinuity continuity, int first, int today)
    {
        JournalEntry[] last = continuity.KnownUntil is { } until
            ? [.. (await context.Run.NeighboursAsync(
                context.Origin, modelId, until + s_margin, until + s_margin, ResendRule.Neighbours, context.Stop).ConfigureAwait(false))
                .Before.Where(entry => EpochDay.Of(entry.Answered!.StartedAt) >= first)]
            : [];
        var evidence = new ListingEvidence([], last);
        await context.Client.ListUploadsAsync(
            modelId, first, today,
            async files =>
            {
                evidence.Add(files);
                await context.Run.KeepListedAsync(context.Origin, modelId, files, context.Stop).ConfigureAwait(false);
            },
            context.Observer, context.Stop).ConfigureAwait(false);

        // Who takes the risk of a second charge is not kept from it.
        if (context.Options.OnAmbiguous == AmbiguousAction.Resend)
            return evidence;
        foreach (JournalEntry entry in last)
        {
            if (!evidence.Shows(entry) && !await IsGoneAsync(entry).ConfigureAwait(false))
                return null;
        }

        return evidence;
    }

    /// <summary>Whether a file is not at the service any more, so that no listing can show it.</summary>
    private async Task<bool> IsGoneAsync(JournalEntry entry)
    {
        try
        {
            await context.Client.GetFileResultAsync(modelId, entry.RequestFileId!, context.Observer, context.Stop).ConfigureAwait(false);
            return false;
        }
        catch (NanonetsException answer) when (answer.ErrorId == NanonetsErrorId.DocumentNotFound)
        {
            return true;
        }
    }
}
