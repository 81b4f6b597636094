using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Http;

/// <summary>Time, injected: no code of the core sleeps or reads the clock of the machine by itself, so tests need not wait.</summary>
internal abstract class Clock
{
    /// <summary>The clock of the machine.</summary>
    public static Clock System { get; } = new SystemClock();

    /// <summary>Time of day.</summary>
    public abstract DateTimeOffset UtcNow { get; }

    /// <summary>Time that only goes forward, from any start.</summary>
    public abstract TimeSpan Elapsed { get; }

    /// <summary>Waits.</summary>
    public abstract Task Delay(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Waits for a time that is only feared, not wanted: a clock that makes waits short must not make these come true.</summary>
    public virtual Task Fear(TimeSpan duration, CancellationToken cancellationToken) => Delay(duration, cancellationToken);

    /// <summary>Rings once when a feared time has passed, unless it is disposed of before.</summary>
    public virtual IDisposable Alarm(TimeSpan duration, Action ring) => new DelayAlarm(this, duration, ring);

    /// <summary>Has something done elsewhere, as soon as possible and never inside the caller.</summary>
    public virtual void Post(Action work) => ThreadPool.QueueUserWorkItem(static work => ((Action)work!)(), work);

    /// <summary>An alarm made of a wait.</summary>
    private sealed class DelayAlarm : IDisposable
    {
        private readonly CancellationTokenSource _off = new();

        public DelayAlarm(Clock clock, TimeSpan duration, Action ring) => _ = WaitAsync(clock.Fear(duration, _off.Token), ring);

        public void Dispose()
        {
            _off.Cancel();
            _off.Dispose();
        }

        private static async Task WaitAsync(Task passed, Action ring)
        {
            await Task.WhenAny(passed).ConfigureAwait(false);
            if (passed.Status == TaskStatus.RanToCompletion)
                ring();
        }
    }

    private sealed class SystemClock : Clock
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();

        public override DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

        public override TimeSpan Elapsed => _watch.Elapsed;

        public override Task Delay(TimeSpan duration, CancellationToken cancellationToken) => Task.Delay(duration, cancellationToken);

        /// <summary>A timer alone: every request sets an alarm, and hardly one rings.</summary>
        public override IDisposable Alarm(TimeSpan duration, Action ring) => new Timer(static ring => ((Action)ring!)(), ring, duration, Timeout.InfiniteTimeSpan);
    }
}
