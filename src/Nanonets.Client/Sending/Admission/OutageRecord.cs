using System;
using System.Collections.Generic;
using Nanonets.Documents;

namespace Nanonets.Sending.Admission;

/// <summary>
/// How uploads have failed since the service last answered one: whether that is an outage, and whether it has lasted too long. Arithmetic
/// only; <see cref="OutageBreaker"/> waits.
/// </summary>
/// <param name="patience">How long a service that fails is waited for.</param>
/// <param name="longestGap">The longest time between two failures that counts as failing: quiet hours are no outage.</param>
internal sealed class OutageRecord(TimeSpan patience, TimeSpan longestGap)
{
    private const int FailuresToOpen = 5;
    private const int TrialGrowth = 6;

    /// <summary>
    /// A service that answers GETs and fails uploads is tried with a document seldom: each trial is one more upload to reconcile.
    /// </summary>
    private static readonly TimeSpan s_secondTrial = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_longestTrial = TimeSpan.FromMinutes(90);

    private readonly HashSet<Document> _failing = [];
    private int _failures;
    private TimeSpan _failingTime;
    private TimeSpan? _lastFailure;
    private TimeSpan _nextTrial = s_secondTrial;

    /// <summary>Whether it was found, after a wait, that the outage has lasted longer than anybody wants to wait.</summary>
    public bool IsOutOfPatience { get; private set; }

    /// <summary>The service answered an upload.</summary>
    public void Answered()
    {
        _failures = 0;
        _failing.Clear();
        _failingTime = TimeSpan.Zero;
        _lastFailure = null;
        _nextTrial = s_secondTrial;
    }

    /// <summary>An upload failed.</summary>
    /// <param name="documents">What was in it.</param>
    /// <param name="isLost">Whether it may have arrived. Few documents that break off again and again are no outage: then they are to
    /// blame.</param>
    /// <returns>Whether so many failures are an outage.</returns>
    public bool Failed(IReadOnlyCollection<Document> documents, bool isLost, TimeSpan now)
    {
        _failing.UnionWith(documents);
        _failures = isLost ? _failures + 1 : Math.Max(_failures, _failing.Count);
        CountTime(now);
        return _failures >= FailuresToOpen;
    }

    /// <summary>Only time in which it fails.</summary>
    public void CountTime(TimeSpan now)
    {
        if (_lastFailure is { } last)
            _failingTime += Shorter(now - last, longestGap);
        _lastFailure = now;
    }

    /// <summary>The service was waited for.</summary>
    /// <param name="hasTrial">Whether it gets a trial however long it has failed.</param>
    public void Waited(TimeSpan interval, TimeSpan now, bool hasTrial)
    {
        _failingTime += interval;
        _lastFailure = now;
        IsOutOfPatience = _failingTime >= patience && !hasTrial;
    }

    /// <summary>How long to wait after a trial has failed, before the next.</summary>
    public TimeSpan NextTrial()
    {
        TimeSpan delay = _nextTrial;
        _nextTrial = Shorter(TimeSpan.FromTicks(_nextTrial.Ticks * TrialGrowth), s_longestTrial);
        return delay;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
