using System;

namespace Nanonets.Waiting;

/// <summary>
/// How long to wait between two questions about a document that is due: short at first, then a few seconds, and for one that takes long a share of the wait, so that its end is learned of
/// soon, measured by what it took, and hours cost few questions.
/// </summary>
internal static class PollInterval
{
    private const double Growth = 1.5;
    private const double LongestShare = 0.05;
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(2.5);

    /// <param name="asked">How often it was asked for in vain since it was due.</param>
    /// <param name="waited">How long it was waited for.</param>
    public static TimeSpan After(int asked, TimeSpan waited)
    {
        double early = s_first.TotalSeconds * Math.Pow(Growth, Math.Min(asked - 1, 16));
        return TimeSpan.FromSeconds(Math.Max(Math.Min(early, s_usual.TotalSeconds), waited.TotalSeconds * LongestShare));
    }
}
