using System;

namespace Nanonets.Waiting;

/// <summary>
/// When to ask about a document, as pure rules. The end of a document should be known at most three seconds late, or a twentieth of its
/// time, and few questions should be put for that.
/// </summary>
internal static class PollSchedule
{
    private const double LateSeconds = 3;
    private const double LateShare = 0.04;
    private const double LongLateShare = 0.05;
    private const double LongLateSpare = 2;

    /// <summary>After a sample has shown that documents are finished, the others still have to be asked for.</summary>
    private const double SecondsForTheOthers = 1.4;

    /// <summary>An answer takes its time.</summary>
    private const double SecondsForAnAnswer = 0.3;

    /// <summary>What is expected is not known exactly: this part of the time that a document may wait is used at first.</summary>
    private const double EarlyPart = 0.5;

    private const double UnagedGrowth = 1.5;
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_usualUnaged = TimeSpan.FromSeconds(2.5);

    /// <summary>When to look at a file next.</summary>
    /// <param name="expected">What is known of files like it; null for nothing.</param>
    /// <param name="unfinished">An age at which others were pending, so that younger ones need not be asked for; null for none.</param>
    /// <param name="hasFailed">Whether the last question about it failed.</param>
    public static TimeSpan Due(WaitedFile file, Expectation? expected, TimeSpan? unfinished, TimeSpan now, bool hasFailed)
    {
        if (hasFailed || (file.Asked > 0 && file.Pending is null) || (file.Asked > 0 && !file.HasAge))
            return now + UnagedInterval(file.Asked, now - file.Began);

        TimeSpan soonest = file.Asked == 0 ? file.Began + file.FirstDelay : now;
        if (!file.HasAge)
            return soonest;

        TimeSpan age = file.Pending is { } pending ? NextAge(expected, pending)
            : expected is { } known ? TimeSpan.FromTicks((long)(FirstAge(known).Ticks * file.Share))
            : TimeSpan.Zero;
        if (unfinished is { } others && !(file.Pending >= others))
        {
            TimeSpan after = others + (expected is null ? SampleInterval(others) : Interval(others));
            age = age > after ? age : after;
        }

        TimeSpan due = file.MomentOf(age);
        return due > soonest ? due : soonest;
    }

    /// <summary>Between two samples of documents that are as old as this.</summary>
    public static TimeSpan SampleInterval(TimeSpan age) => Late(age, SecondsForTheOthers);

    /// <summary>Between two questions about one document.</summary>
    public static TimeSpan Interval(TimeSpan age) => Late(age, SecondsForAnAnswer);

    /// <summary>
    /// How old a document should be when it is first asked for: late enough for nearly all to be finished, but no later than the earliest
    /// may wait.
    /// </summary>
    public static TimeSpan FirstAge(Expectation expected) => Least(expected.Early + Part(Interval(expected.Early)), expected.Late);

    /// <summary>How old a document should be when it is asked for again.</summary>
    /// <param name="expected">What is known of documents like it; null for nothing.</param>
    /// <param name="pending">How old it was when it was seen pending.</param>
    public static TimeSpan NextAge(Expectation? expected, TimeSpan pending)
    {
        if (expected is not { } known)
            return pending + SampleInterval(pending);
        if (pending >= known.Late)
            return pending + Interval(pending);

        TimeSpan since = pending > known.Early ? pending : known.Early;
        TimeSpan next = Least(since + (pending > known.Early ? Interval(since) : Part(Interval(since))), known.Late);
        return next > pending + s_second ? next : pending + s_second;
    }

    /// <summary>
    /// Between two questions about a document of unknown age, and after one that failed: short at first, then a few seconds, then a share
    /// of the wait.
    /// </summary>
    /// <param name="asked">How often it was asked for in vain.</param>
    /// <param name="waited">How long it was waited for.</param>
    public static TimeSpan UnagedInterval(int asked, TimeSpan waited)
    {
        double early = s_second.TotalSeconds * Math.Pow(UnagedGrowth, Math.Min(asked - 1, 16));
        return TimeSpan.FromSeconds(Math.Max(Math.Min(early, s_usualUnaged.TotalSeconds), waited.TotalSeconds * LateShare));
    }

    private static TimeSpan Part(TimeSpan interval) => TimeSpan.FromTicks((long)(interval.Ticks * EarlyPart));

    private static TimeSpan Late(TimeSpan age, double spare)
    {
        double seconds = age.TotalSeconds;
        return TimeSpan.FromSeconds(
            Math.Max(Math.Max(LateSeconds, seconds * LateShare), (seconds * LongLateShare) - LongLateSpare) - spare);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>When documents of a kind are finished, from when they were accepted.</summary>
/// <param name="Early">Hardly any is finished before.</param>
/// <param name="Late">Most are finished by then.</param>
/// <param name="IsSure">Whether enough were seen.</param>
internal readonly record struct Expectation(TimeSpan Early, TimeSpan Late, bool IsSure);
