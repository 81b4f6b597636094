using System;
using System.Diagnostics;
using System.Management.Automation;

namespace Nanonets.Display;

/// <summary>
/// One progress record per invocation, refreshed by the clock: a record for every event is the best-known slowness of PowerShell transfers.
/// Counters move on any thread; only <see cref="Refresh"/> touches the pipeline, on its own thread.
/// </summary>
/// <param name="activityId">Any fixed number, of its own for each kind: cmdlets of one pipeline show theirs side by side.</param>
/// <param name="activity">What is done.</param>
internal abstract class ProgressDisplay(int activityId, string activity)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = s_interval;
    private bool _shown;

    /// <summary>Set when no further input will come: only then is there a percentage and a time left.</summary>
    public bool InputEnded { get; set; }

    /// <summary>Since the cmdlet began.</summary>
    protected TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Writes the record when it is due.</summary>
    public void Refresh(Cmdlet cmdlet)
    {
        if (_clock.Elapsed < _next)
            return;

        _next = _clock.Elapsed + s_interval;
        _shown = true;
        (string status, double? share) = Current();
        var record = new ProgressRecord(activityId, activity, status);
        if (share is { } done)
            record.PercentComplete = (int)(done * 100);
        if (SecondsLeft(share) is { } seconds)
            record.SecondsRemaining = seconds;
        cmdlet.WriteProgress(record);
    }

    /// <summary>Takes the record off the screen.</summary>
    public void Complete(Cmdlet cmdlet)
    {
        if (_shown)
            cmdlet.WriteProgress(new ProgressRecord(activityId, activity, "Done") { RecordType = ProgressRecordType.Completed });
    }

    /// <summary>What is shown now, and the share that is done; null while that is not known.</summary>
    protected abstract (string Status, double? Share) Current();

    /// <summary>How long it will still take; null where that cannot be said.</summary>
    protected virtual int? SecondsLeft(double? share) => null;
}
