using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Time;

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

    /// <summary>
    /// Time that only goes forward, and also while the machine sleeps; no less than what the time of day says has passed, as it does
    /// after a virtual machine was stopped.
    /// </summary>
    public virtual TimeSpan ElapsedWithSleep => Elapsed;

    /// <summary>Waits.</summary>
    public abstract Task Delay(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Waits for a timeout that normally does not elapse. Test clocks that shorten delays must not shorten this one.</summary>
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

        /// <summary>The source is not disposed of: it holds nothing, and may be cancelled twice.</summary>
        public void Dispose() => _off.Cancel();

        private static async Task WaitAsync(Task passed, Action ring)
        {
            await Task.WhenAny(passed).ConfigureAwait(false);
            if (passed.Status == TaskStatus.RanToCompletion)
                ring();
        }
    }

    private sealed class SystemClock : Clock
    {
        private static readonly TimeSpan s_longest = TimeSpan.FromDays(21);
        private readonly Stopwatch _watch = Stopwatch.StartNew();

        public override DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

        public override TimeSpan Elapsed => _watch.Elapsed;

        public override TimeSpan ElapsedWithSleep => SleepingTime.Now;

        public override Task Delay(TimeSpan duration, CancellationToken cancellationToken) =>
            Task.Delay(duration == Timeout.InfiniteTimeSpan ? duration : Possible(duration), cancellationToken);

        /// <summary>
        /// A timer alone: every request sets an alarm, and hardly one rings. It rings in a task, since what a timer's own callback throws
        /// ends the process.
        /// </summary>
        public override IDisposable Alarm(TimeSpan duration, Action ring) =>
            new Timer(static ring => Task.Run((Action)ring!), ring, Possible(duration), Timeout.InfiniteTimeSpan);

        /// <summary>
        /// What timers take: a wait that was over before it was computed is over, one of ages is one of three weeks. Timers count whole
        /// milliseconds and leave out what is left over; a wait that ends early would be asked for again many times in its last one.
        /// </summary>
        private static TimeSpan Possible(TimeSpan duration) =>
            duration < TimeSpan.Zero ? TimeSpan.Zero
            : duration > s_longest ? s_longest
            : TimeSpan.FromMilliseconds(Math.Ceiling(duration.TotalMilliseconds));
    }
}
