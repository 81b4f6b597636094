using System;

namespace Nanonets.Json;

/// <summary>Page ids, <c>updated_at</c> and <c>verified_at</c> are version 1 UUIDs, which hold a time (recorded).</summary>
internal static class TimeUuid
{
    /// <summary>Start of the Gregorian calendar, from which such a UUID counts 100 nanoseconds.</summary>
    private static readonly DateTimeOffset s_start = new(1582, 10, 15, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The time in the UUID; null when it is none of version 1.</summary>
    public static DateTimeOffset? Read(string? text)
    {
        if (!Guid.TryParseExact(text, "D", out Guid uuid))
            return null;

        byte[] bytes = uuid.ToByteArray();
        long timestamp = BitConverter.ToInt64(bytes, 0);
        int version = (int)((ulong)timestamp >> 60);
        if (version != 1)
            return null;

        return s_start.AddTicks(timestamp & 0x0FFFFFFFFFFFFFFF);
    }
}
