using System;
using Nanonets.Json;
using Nanonets.Listing;

namespace Nanonets.Results;

/// <summary>The span of time that a listing is wanted for: its start belongs to it, its end does not.</summary>
internal readonly record struct TimeWindow
{
    /// <summary>How exactly an upload is known where the page's id holds no time: day and hour.</summary>
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private TimeWindow(DateTimeOffset after, DateTimeOffset? before, DateTimeOffset now)
    {
        After = after;
        Before = before;
        FirstDay = EpochDay.Of(after);
        LastDay = Math.Max(FirstDay, EpochDay.Of(before?.AddTicks(-1) ?? now.AddDays(1)));
    }

    public DateTimeOffset After { get; }

    /// <summary>Null for no end.</summary>
    public DateTimeOffset? Before { get; }

    /// <summary>First UTC day to ask for.</summary>
    public int FirstDay { get; }

    /// <summary>Last UTC day to ask for; one more than today where there is no end, since clocks differ.</summary>
    public int LastDay { get; }

    /// <returns>Whether there is any time in it.</returns>
    public static bool TryCreate(DateTimeOffset after, DateTimeOffset? before, DateTimeOffset now, out TimeWindow window)
    {
        window = before <= after ? default : new TimeWindow(after, before, now);
        return !(before <= after);
    }

    /// <summary>Whether the page was uploaded then, or may have been: what is not known exactly is not left out.</summary>
    public bool MayHold(PageResult page)
    {
        if (page.UploadedAt is not { } uploaded)
            return true;

        bool exact = TimeUuid.Read(page.Id) is not null;
        return (exact ? uploaded >= After : uploaded + s_hour > After) && !(uploaded >= Before);
    }
}
