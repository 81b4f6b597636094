using System;

namespace Nanonets.Listing;

/// <summary>Whole days since 1970-01-01 UTC, in which the listing counts (documented).</summary>
internal static class EpochDay
{
    /// <summary>The day of a time; what lies before 1970 is day 0.</summary>
    public static int Of(DateTimeOffset time) =>
        (int)Math.Max(0, time.UtcDateTime.Subtract(new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc)).Ticks / TimeSpan.TicksPerDay);
}
