using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Journaling;
using Nanonets.Listing;

namespace Nanonets.Sending.Reconciliation;

/// <summary>
/// When, and in which days of the listing, uploads are reconciled: 15 seconds, 1, 3 and 10 minutes after an answer was lost, then at the
/// end of the run.
/// </summary>
internal static class ReconcileSchedule
{
    private static readonly TimeSpan[] s_marks =
        [TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(10)];

    /// <summary>A listing is large: a run that goes on reconciling asks for it less and less often.</summary>
    private static readonly TimeSpan[] s_gaps =
        [TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    /// <summary>Clocks of the service's machines differ, and a slow one may store an upload after we gave it up.</summary>
    private static readonly TimeSpan s_before = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_after = TimeSpan.FromHours(1);

    /// <summary>
    /// Soon enough for a service that lists queued files after a moment: the least age before a listing counts as the last.
    /// </summary>
    public static TimeSpan First => s_marks[0];

    /// <summary>When an upload that nothing may wait for is given up.</summary>
    public static TimeSpan Second => s_marks[1];

    /// <summary>When the next listing is due.</summary>
    /// <param name="uploads">What is open.</param>
    /// <param name="lastListing">When the last listing was asked for; null when there was none.</param>
    /// <param name="listings">Listings so far.</param>
    /// <param name="atOnce">Asks without waiting for the first mark.</param>
    /// <returns>A time of the forward-only clock; null when nothing is due before the end of the run.</returns>
    public static TimeSpan? Next(IEnumerable<PendingUpload> uploads, TimeSpan? lastListing, int listings, bool atOnce)
    {
        TimeSpan? next = uploads.Select(upload => Mark(upload, lastListing, atOnce)).Min();
        TimeSpan? earliest = lastListing + s_gaps[Math.Min(Math.Max(listings, 1), s_gaps.Length) - 1];
        return next < earliest ? earliest : next;
    }

    /// <summary>The spans of days whose listings can hold some attempts. Days that touch are listed in one call.</summary>
    /// <param name="isTimeKnown">Whether the times are those of the service; if not, a day more on each side.</param>
    public static IEnumerable<(int First, int Last)> Days(IEnumerable<UploadAttempt> attempts, bool isTimeKnown)
    {
        int margin = isTimeKnown ? 0 : 1;
        var days = new SortedSet<int>();
        foreach (UploadAttempt attempt in attempts)
        {
            // A clock that was set back meanwhile has it end before it began.
            DateTimeOffset ended = attempt.EndedAt ?? attempt.StartedAt;
            (DateTimeOffset from, DateTimeOffset to) = ended < attempt.StartedAt ? (ended, attempt.StartedAt) : (attempt.StartedAt, ended);
            int last = EpochDay.Of(to + s_after) + margin;
            for (int day = EpochDay.Of(from - s_before) - margin; day <= last; day++)
                days.Add(day);
        }

        (int First, int Last)? open = null;
        foreach (int day in days)
        {
            if (open is { } span && day > span.Last + 1)
            {
                yield return span;
                open = null;
            }

            open = (open?.First ?? day, day);
        }

        if (open is { } end)
            yield return end;
    }

    private static TimeSpan? Mark(PendingUpload upload, TimeSpan? lastListing, bool atOnce)
    {
        if (atOnce && (lastListing is null || upload.Since > lastListing))
            return upload.Since;
        foreach (TimeSpan mark in s_marks)
        {
            if (lastListing is null || upload.Since + mark > lastListing)
                return upload.Since + mark;
        }

        return upload.ResendDue > lastListing ? upload.ResendDue : null;
    }
}
