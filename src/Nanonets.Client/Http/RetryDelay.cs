using System;
using System.Net.Http;
using System.Net.Http.Headers;

namespace Nanonets.Http;

/// <summary>How long to wait before the next try: what the service says, else twice as long each time, with jitter so that clients spread.</summary>
internal sealed class RetryDelay(Clock clock, TimeSpan interval, Func<double> random)
{
    /// <summary>Longest wait of our own choice.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait a Retry-After is followed for; the caller's patience is finite.</summary>
    private static readonly TimeSpan s_longestAsked = TimeSpan.FromMinutes(2);

    /// <param name="attempt">The try that failed, from 1.</param>
    /// <param name="asked">What the service asked for, see <see cref="Asked"/>.</param>
    public TimeSpan After(int attempt, TimeSpan? asked)
    {
        if (asked is { } wait)
            return wait < s_longestAsked ? wait : s_longestAsked;

        double seconds = Math.Min(interval.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 16)), s_longest.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (0.75 + (random() * 0.5)));
    }

    /// <summary>What Retry-After asks for, as seconds or as a date; null when there is none that can be read.</summary>
    public TimeSpan? Asked(HttpResponseMessage response)
    {
        RetryConditionHeaderValue? header = response.Headers.RetryAfter;
        TimeSpan? wait = header?.Delta ?? (header?.Date is { } date ? date - (response.Headers.Date ?? clock.UtcNow) : null);
        return wait is { } span && span < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
