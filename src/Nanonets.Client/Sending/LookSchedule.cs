using System;
using System.Collections.Generic;

namespace Nanonets.Sending;

/// <summary>When an upload is looked for while its run goes on: 15 seconds, 1, 3 and 10 minutes after its answer was lost, then at the end of the run.</summary>
internal static class LookSchedule
{
    private static readonly TimeSpan[] s_marks = [TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(10)];

    private static readonly TimeSpan[] s_gaps = [TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    /// <summary>Soon enough for a service that lists queued files after a moment: the least wait before an upload counts as looked for.</summary>
    public static TimeSpan First => s_marks[0];

    /// <summary>When an upload that nothing may wait for is given up.</summary>
    public static TimeSpan Second => s_marks[1];

    /// <summary>When the next look is due.</summary>
    /// <param name="sought">What is looked for.</param>
    /// <param name="lastLook">When the last look began; null when there was none.</param>
    /// <param name="looks">Looks so far: a listing is large, so a run that goes on looking does so less and less often.</param>
    /// <param name="atOnce">Looks without waiting for the first mark.</param>
    /// <returns>A time of the forward-only clock; null when nothing is due before the end of the run.</returns>
    public static TimeSpan? Next(IEnumerable<SoughtUpload> sought, TimeSpan? lastLook, int looks, bool atOnce)
    {
        TimeSpan? next = null;
        foreach (SoughtUpload upload in sought)
        {
            if (Mark(upload, lastLook, atOnce) is { } due && (next is null || due < next))
                next = due;
        }

        TimeSpan? earliest = lastLook + s_gaps[Math.Min(Math.Max(looks, 1), s_gaps.Length) - 1];
        return next < earliest ? earliest : next;
    }

    private static TimeSpan? Mark(SoughtUpload upload, TimeSpan? lastLook, bool atOnce)
    {
        if (atOnce && (lastLook is null || upload.SoughtSince > lastLook))
            return upload.SoughtSince;
        foreach (TimeSpan mark in s_marks)
        {
            if (lastLook is null || upload.SoughtSince + mark > lastLook)
                return upload.SoughtSince + mark;
        }

        return upload.ResendDue > lastLook ? upload.ResendDue : null;
    }
}
