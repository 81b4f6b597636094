using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;

namespace Nanonets.Http;

/// <summary>
/// How long to wait before the next try: what the service says, else twice as long each time, with jitter so that clients spread.
/// </summary>
internal sealed class RetryDelay(Clock clock, TimeSpan interval, Func<double> random)
{
    /// <summary>Longest wait of our own choice.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait a Retry-After is followed for; the caller's patience is finite.</summary>
    private static readonly TimeSpan s_longestAsked = TimeSpan.FromMinutes(2);

    private const double SmallestMoment = 1e9;
    private const double LargestMoment = 1e11;
    private const double LargestSeconds = 1e9;

    /// <param name="attempt">The try that failed, from 1.</param>
    /// <param name="asked">What the service asked for, see <see cref="Asked"/>.</param>
    public TimeSpan After(int attempt, TimeSpan? asked)
    {
        if (asked is { } wait)
            return wait < s_longestAsked ? wait : s_longestAsked;

        double seconds = Math.Min(interval.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 16)), s_longest.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (0.75 + (random() * 0.5)));
    }

    /// <summary>
    /// What Retry-After asks for; null when there is none that can be read. Seconds with or without a fraction, dates in the forms of HTTP
    /// and of ISO 8601, and moments in Unix time are all seen in the wild. Dates count from the answer's own Date, so that a wrong clock
    /// here does no harm.
    /// </summary>
    public TimeSpan? Asked(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Retry-After", out IEnumerable<string>? values)
            || values.FirstOrDefault()?.Trim() is not { Length: > 0 } text)
            return null;

        DateTimeOffset now = response.Headers.Date ?? clock.UtcNow;
        double? seconds = Seconds(text, now) ?? (Moment(response, text) - now)?.TotalSeconds;
        return seconds is { } wait ? TimeSpan.FromSeconds(Math.Max(0, Math.Min(wait, LargestSeconds))) : null;
    }

    private static double? Seconds(string text, DateTimeOffset now)
    {
        string number = text.EndsWith("s", StringComparison.OrdinalIgnoreCase) ? text.Substring(0, text.Length - 1) : text;
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out double seconds) || double.IsNaN(seconds))
            return null;

        // No service asks to wait for thirty years: a number that large is a moment.
        return seconds is > SmallestMoment and < LargestMoment
            ? seconds - (now - DateTimeOffset.FromUnixTimeSeconds(0)).TotalSeconds
            : seconds;
    }

    private static DateTimeOffset? Moment(HttpResponseMessage response, string text) =>
        response.Headers.RetryAfter?.Date
        ?? (text.IndexOf(':') > 0
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment
            : null);
}
