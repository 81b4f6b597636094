using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Threading;

namespace Nanonets.Display;

/// <summary>
/// One progress record per invocation, refreshed by the clock: per-chunk progress is the best-known slowness of PowerShell transfers.
/// Counters move on any thread; only <see cref="Refresh"/> touches the pipeline, on its own thread.
/// </summary>
internal sealed class UploadProgress
{
    /// <summary>Any fixed number: one record per cmdlet invocation.</summary>
    private const int ActivityId = 4711;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = s_interval;
    private long _bytesSent;
    private long _bytesKnown;
    private int _documentsKnown;
    private int _documentsDone;
    private bool _shown;

    /// <summary>Set when no further input will come: only then is there a percentage and a time left.</summary>
    public bool InputEnded { get; set; }

    public void AddDocument(long bytes)
    {
        _documentsKnown++;
        _bytesKnown += bytes;
    }

    public void AddBytes(long delta) => Interlocked.Add(ref _bytesSent, delta);

    public void DocumentDone() => Interlocked.Increment(ref _documentsDone);

    /// <summary>Writes the record when it is due.</summary>
    public void Refresh(Cmdlet cmdlet)
    {
        if (_clock.Elapsed < _next)
            return;

        _next = _clock.Elapsed + s_interval;
        _shown = true;
        cmdlet.WriteProgress(Current());
    }

    /// <summary>Takes the record off the screen.</summary>
    public void Complete(Cmdlet cmdlet)
    {
        if (_shown)
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed });
    }

    private const string Activity = "Sending documents to Nanonets";

    private ProgressRecord Current()
    {
        long sent = Interlocked.Read(ref _bytesSent);
        int done = Volatile.Read(ref _documentsDone);
        var record = new ProgressRecord(ActivityId, Activity, string.Format(
            CultureInfo.CurrentCulture, "{0} of {1}{2} documents, {3} sent", done, _documentsKnown, InputEnded ? "" : "+", FileSize.Format(sent)));
        if (InputEnded && _documentsKnown > 0)
        {
            // Addresses have no size here: the service fetches them.
            double share = Math.Min(1, _bytesKnown > 0 ? (double)sent / _bytesKnown : (double)done / _documentsKnown);
            record.PercentComplete = (int)(share * 100);
            if (share is > 0 and < 1)
                record.SecondsRemaining = (int)Math.Ceiling(_clock.Elapsed.TotalSeconds / share * (1 - share));
        }

        return record;
    }
}
