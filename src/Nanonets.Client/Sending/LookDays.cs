using System;
using System.Collections.Generic;
using Nanonets.Journaling;

namespace Nanonets.Sending;

/// <summary>The days (UTC, since 1970) whose listing can hold some attempts.</summary>
/// <param name="isTimeKnown">Whether the times are those of the service; if not, a day more on each side.</param>
internal sealed class LookDays(bool isTimeKnown)
{
    /// <summary>Clocks of the service's machines differ, and a slow one may store an upload after we gave it up.</summary>
    private static readonly TimeSpan s_before = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_after = TimeSpan.FromHours(1);

    private readonly SortedSet<int> _days = [];

    public static int Of(DateTimeOffset time) => (int)Math.Floor((time - DateTimeOffset.FromUnixTimeSeconds(0)).TotalDays);

    public void Add(UploadAttempt attempt)
    {
        int margin = isTimeKnown ? 0 : 1;
        int last = Of((attempt.EndedAt ?? attempt.StartedAt) + s_after) + margin;
        for (int day = Of(attempt.StartedAt - s_before) - margin; day <= last; day++)
            _days.Add(day);
    }

    /// <summary>Days that touch are listed in one call.</summary>
    public IEnumerable<(int First, int Last)> Spans()
    {
        (int First, int Last)? span = null;
        foreach (int day in _days)
        {
            if (span is { } open && day <= open.Last + 1)
            {
                span = (open.First, day);
                continue;
            }

            if (span is { } ended)
                yield return ended;
            span = (day, day);
        }

        if (span is { } last)
            yield return last;
    }
}
