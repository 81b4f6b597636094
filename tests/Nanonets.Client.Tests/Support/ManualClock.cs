using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Client.Tests.Support;

/// <summary>A clock that moves when it is told to, or by itself to the end of every delay.</summary>
internal sealed class ManualClock : Clock
{
    private readonly object _lock = new();
    private readonly List<(TimeSpan Due, TaskCompletionSource Done)> _waiting = [];
    private readonly List<TimeSpan> _delays = [];
    private TimeSpan _elapsed;
    private TimeSpan _slept;

    /// <summary>Delays end at once and move the time.</summary>
    public bool AutoAdvance { get; init; }

    /// <summary>Delays that the code under test asked for, without those of watchdogs.</summary>
    public IReadOnlyList<TimeSpan> Delays
    {
        get
        {
            lock (_lock)
                return [.. _delays];
        }
    }

    public override DateTimeOffset UtcNow => new DateTimeOffset(2025, 3, 17, 12, 0, 0, TimeSpan.Zero) + Elapsed;

    public override TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
                return _elapsed;
        }
    }

    public override TimeSpan ElapsedWithSleep => Elapsed + _slept;

    /// <summary>The machine sleeps: the usual clocks stand still.</summary>
    public void Sleep(TimeSpan span) => _slept += span;

    public override Task Delay(TimeSpan duration, CancellationToken cancellationToken) => WaitAsync(duration, false, cancellationToken);

    /// <summary>Watchdogs must not be driven by the delays of retries.</summary>
    public override Task Fear(TimeSpan duration, CancellationToken cancellationToken) => WaitAsync(duration, true, cancellationToken);

    private async Task WaitAsync(TimeSpan duration, bool isWatchdog, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!isWatchdog)
                _delays.Add(duration);
            if (AutoAdvance && !isWatchdog)
            {
                _elapsed += duration;
                done.SetResult();
            }
            else
            {
                _waiting.Add((_elapsed + duration, done));
            }
        }

        using CancellationTokenRegistration cancelled = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        await done.Task;
    }

    public void Advance(TimeSpan span)
    {
        TaskCompletionSource[] due;
        lock (_lock)
        {
            _elapsed += span;
            due = [.. _waiting.Where(entry => entry.Due <= _elapsed).Select(entry => entry.Done)];
            _waiting.RemoveAll(entry => entry.Due <= _elapsed);
        }

        foreach (TaskCompletionSource done in due)
            done.TrySetResult();
    }
}
