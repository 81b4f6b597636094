using System;

namespace Nanonets.Journaling;

/// <summary>Times as people give them: local unless they say otherwise.</summary>
internal static class JournalTime
{
    public static DateTimeOffset? Of(DateTime? time) => time is { } given ? new DateTimeOffset(given.ToUniversalTime()) : null;
}
