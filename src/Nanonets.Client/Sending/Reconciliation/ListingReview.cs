using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Journaling;

namespace Nanonets.Sending.Reconciliation;

/// <summary>Reads a listing for some uploads of a model, and says what follows from it. Remembers how late the listing is.</summary>
internal sealed class ListingReview(SendingContext context, string modelId)
{
    private readonly Dictionary<string, DateTimeOffset> _missed = [];
    private readonly ConcurrentDictionary<string, string> _originals = [];
    private readonly Dictionary<string, long> _taken = [];
    private Dictionary<PendingUpload, Witnesses> _witnesses = [];
    private ListingEvidence? _evidence;
    private TimeSpan _slowestListing;

    private bool TakesTheRisk => context.Options.OnAmbiguous == AmbiguousAction.Resend;

    /// <summary>Asks for the listing of the days of some uploads.</summary>
    /// <returns>What it says about each; null when it could not be had.</returns>
    /// <exception cref="NanonetsException">The journal failed.</exception>
    public async Task<IReadOnlyDictionary<PendingUpload, ListingVerdict>?> ReadAsync(IReadOnlyList<PendingUpload> uploads)
    {
        _witnesses = [];
        foreach (PendingUpload upload in uploads)
            _witnesses[upload] = await WitnessesAsync(upload).ConfigureAwait(false);
        JournalEntry[] around = [.. _witnesses.Values.SelectMany(static some => some.All).GroupBy(static entry => entry.EntryId)
            .Select(static same => same.First())];
        _evidence = new ListingEvidence(uploads, around);
        IEnumerable<UploadAttempt> attempts = uploads.SelectMany(static upload => upload.Entry.Unsettled)
            .Concat(around.Select(static entry => entry.Answered!));
        try
        {
            foreach ((int first, int last) in ReconcileSchedule.Days(attempts, context.Client.KnowsServerTime))
                await context.Client.ListUploadsAsync(modelId, first, last, Take, context.Observer, context.Stop).ConfigureAwait(false);
        }
        catch (NanonetsException failure)
        {
            context.Log.Verbose($"Reconciling {uploads.Count} upload(s) of model {modelId} failed: {failure.Message}");
            return null;
        }

        Learn(around);
        var verdicts = new Dictionary<PendingUpload, ListingVerdict>();
        foreach (PendingUpload upload in uploads)
            verdicts[upload] = await JudgeAsync(upload, uploads, _evidence).ConfigureAwait(false);
        return verdicts;

        Task Take(IReadOnlyList<ListedUpload> files)
        {
            _evidence.Add(files);
            return Task.CompletedTask;
        }
    }

    /// <summary>What is to be done about an upload; null to go on reconciling.</summary>
    /// <param name="verdict">What the last listing says; null when it could not be had.</param>
    /// <param name="isLast">Whether no further listing will be asked for.</param>
    public Reconciled? Conclude(PendingUpload upload, ListingVerdict? verdict, bool isLast)
    {
        bool mayRisk = TakesTheRisk && upload.AmbiguousAttempts < ResendRule.MostAmbiguousAttempts;
        bool isProven = false;
        string? why;
        switch (verdict)
        {
            case ListingVerdict.Found found:
                return new Reconciled.Found(found.File, found.Duplicates);
            case ListingVerdict.Unclear unclear:
                why = unclear.Why;
                break;
            case ListingVerdict.Missing:
                upload.Absences++;
                why = Objection(upload);
                isProven = why is null;
                if (mayRisk)
                    why = null;
                break;
            default:
                why = mayRisk ? null : "the service's listing could not be read";
                break;
        }

        return why is null ? new Reconciled.SendAgain(isProven) : isLast ? new Reconciled.Held(why) : null;
    }

    /// <summary>Whether the stored original of a listed file is a document.</summary>
    /// <returns>Null when they could not be compared: then too when only some pages were asked for, which no listing tells.</returns>
    public async Task<bool?> HasContentAsync(ListedUpload file, JournalEntry entry)
    {
        if (entry.Key.Pages.Length > 0)
            return null;

        try
        {
            if (!_originals.TryGetValue(file.RequestFileId, out string? hash))
                _originals[file.RequestFileId] = hash = await ContentHash.OfOriginalAsync(
                    context.Client, modelId, file.RequestFileId, context.Observer, context.Stop).ConfigureAwait(false);
            return hash == entry.ContentHash;
        }
        catch (NanonetsException failure)
        {
            context.Log.Verbose($"The original of {file.RequestFileId} could not be compared with {entry.Input}: {failure.Message}");
            return null;
        }
    }

    private async Task<ListingVerdict> JudgeAsync(PendingUpload upload, IReadOnlyList<PendingUpload> all, ListingEvidence evidence)
    {
        var known = new HashSet<string>();
        foreach (ListedUpload file in evidence.Files.Where(
            file => upload.SharesTag ? file.Tag?.Id == upload.TagId : !upload.IsTagged && file.LooksLike(upload.Entry)))
        {
            if (IsTaken(file, upload)
                || await context.Run.IsKnownFileAsync(context.Origin, modelId, file.RequestFileId, context.Stop).ConfigureAwait(false))
                known.Add(file.RequestFileId);
        }

        var compared = new Dictionary<ListedUpload, bool?>();
        foreach (ListedUpload candidate in ListingVerdicts.Candidates(upload, evidence, IsKnown))
            compared[candidate] = await HasContentAsync(candidate, upload.Entry).ConfigureAwait(false);
        ListingVerdict verdict = ListingVerdicts.Judge(upload, all, evidence, IsKnown, candidate => compared[candidate]);
        if (verdict is ListingVerdict.Found found)
            _taken[found.File.RequestFileId] = upload.Entry.EntryId;
        return verdict;

        bool IsKnown(ListedUpload file) => known.Contains(file.RequestFileId);
    }

    /// <summary>Of two documents with one name, text and content each gets a file of its own.</summary>
    private bool IsTaken(ListedUpload file, PendingUpload upload) =>
        _taken.TryGetValue(file.RequestFileId, out long entry) && entry != upload.Entry.EntryId;

    /// <summary>Why it must not be sent again yet; null when it may be.</summary>
    private string? Objection(PendingUpload upload)
    {
        // By our own clock for what this run sent, by the service's for what an earlier one did.
        TimeSpan over = upload.IsOfThisRun ? context.Clock.Elapsed - upload.Since : context.Client.ServerNow - upload.EndedAt;
        TimeSpan leastWait = ResendRule.LeastWait(context.Options.ResendAfter, _slowestListing);
        upload.ResendDue = context.Clock.Elapsed + (leastWait > over ? leastWait - over : TimeSpan.Zero);
        return ResendRule.Forbids(upload, _witnesses[upload], _evidence!, over, leastWait);
    }

    private async Task<Witnesses> WitnessesAsync(PendingUpload upload)
    {
        JournalNeighbours near = await NeighboursAsync(upload.StartedAt, upload.EndedAt, ResendRule.Neighbours).ConfigureAwait(false);
        DateTimeOffset late = upload.EndedAt + context.Options.ResendAfter;
        JournalNeighbours beyond = await NeighboursAsync(late, late, 1).ConfigureAwait(false);
        return ResendRule.Near(upload, near, beyond.After.Count > 0 ? beyond.After[0] : null);
    }

    private Task<JournalNeighbours> NeighboursAsync(DateTimeOffset from, DateTimeOffset to, int count) =>
        context.Run.NeighboursAsync(context.Origin, modelId, from, to, count, context.Stop);

    /// <summary>Learns how late the listing is from uploads that it lacked before and shows now.</summary>
    private void Learn(JournalEntry[] answered)
    {
        DateTimeOffset now = context.Client.ServerNow;
        foreach (JournalEntry entry in answered)
        {
            if (!_evidence!.Shows(entry))
                _missed[entry.RequestFileId!] = now;
            else if (_missed.Remove(entry.RequestFileId!) && entry.Answered!.EndedAt is { } accepted && now - accepted > _slowestListing)
                _slowestListing = now - accepted;
        }
    }
}
