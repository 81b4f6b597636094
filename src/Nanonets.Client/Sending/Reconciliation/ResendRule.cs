using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Journaling;

namespace Nanonets.Sending.Reconciliation;

/// <summary>
/// When an upload whose answer was lost is sent again. That a listing lacks it proves nothing: whether queued files are listed at once is
/// not known. It must lack it twice, and show the uploads accepted just before and just after it, with the tags or metadata that they were
/// sent with, and enough time must have passed.
/// </summary>
internal static class ResendRule
{
    /// <summary>Attempts that may have been accepted: never more than this without a person's word.</summary>
    public const int MostAmbiguousAttempts = 2;

    /// <summary>How many uploads on each side the listing must show, as far as there are so many.</summary>
    public const int Neighbours = 5;

    private const int LeastAbsences = 2;

    /// <summary>What is further away says nothing about an upload of another day.</summary>
    private static readonly TimeSpan s_farthest = TimeSpan.FromDays(3);

    /// <summary>The witnesses that count.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="near">Those next to it.</param>
    /// <param name="late">The first that began when even a slow service had long stored it.</param>
    public static Witnesses Near(PendingUpload upload, JournalNeighbours near, JournalEntry? late) => new(
        [.. near.Before.Where(entry => upload.StartedAt - entry.Answered!.EndedAt <= s_farthest)],
        [.. near.After.Where(entry => entry.Answered!.StartedAt - upload.EndedAt <= s_farthest)],
        late?.Answered!.StartedAt - upload.EndedAt <= s_farthest ? late : null);

    /// <summary>How long an upload must have been over.</summary>
    /// <param name="resendAfter">The user's least wait.</param>
    /// <param name="slowestListing">The longest time seen between an accepted upload and its listing.</param>
    public static TimeSpan LeastWait(TimeSpan resendAfter, TimeSpan slowestListing)
    {
        TimeSpan thrice = TimeSpan.FromTicks(slowestListing.Ticks * 3);
        return thrice > resendAfter ? thrice : resendAfter;
    }

    /// <summary>Why it must not be sent again yet; null when it may be.</summary>
    /// <param name="upload">The upload, the present absence counted.</param>
    /// <param name="witnesses">See <see cref="Near"/>.</param>
    /// <param name="listing">The present, complete listing.</param>
    /// <param name="over">How long it has been over.</param>
    /// <param name="leastWait">See <see cref="LeastWait"/>.</param>
    public static string? Forbids(PendingUpload upload, Witnesses witnesses, ListingEvidence listing, TimeSpan over, TimeSpan leastWait)
    {
        if (upload.AmbiguousAttempts >= MostAmbiguousAttempts)
            return "it was sent twice without an answer, which is as often as it is tried";
        if (upload.Absences < LeastAbsences)
            return "one listing without it proves nothing";
        if (over < leastWait)
            return $"a listing may be late: it is not sent again in less than {leastWait.TotalMinutes:0.#} minutes";
        if (!witnesses.Before.Any(entry => IsProof(upload, entry)) || !witnesses.After.Any(entry => IsProof(upload, entry)))
            return "no upload accepted just before and just after it can show that the listing is complete there";
        if (witnesses.Late is null || !IsProof(upload, witnesses.Late))
            return "no upload accepted well after it can show that the listing goes on beyond the time when a slow "
                + "service may have stored it";
        return witnesses.All.All(listing.Shows) ? null : "the listing lacks uploads around it that were accepted";
    }

    /// <summary>A tagged upload is only proven missing by tagged neighbours: a service that drops metadata would hide it.</summary>
    private static bool IsProof(PendingUpload upload, JournalEntry neighbour) => upload.IsTagged == neighbour.Answered!.Tag is not null
        && (upload.IsTagged || neighbour.Key.MetadataDigest.Length > 0);
}

/// <summary>Accepted uploads that a listing must show before it proves that another is missing.</summary>
/// <param name="Before">Answered just before it, nearest first.</param>
/// <param name="After">Begun just after it, nearest first.</param>
/// <param name="Late">
/// The first that began when even a slow service had long stored it. Without it, a listing that is cut off at a number of files may show
/// the neighbours and end before a file that was stored late (found by simulation).
/// </param>
internal sealed record Witnesses(IReadOnlyList<JournalEntry> Before, IReadOnlyList<JournalEntry> After, JournalEntry? Late)
{
    public IEnumerable<JournalEntry> All => Late is null ? Before.Concat(After) : Before.Concat(After).Append(Late);
}
