using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Faults.Tests.Support;

/// <summary>That time as the client sees it.</summary>
/// <param name="wrongBy">How much the clock of the client's machine is wrong.</param>
internal sealed class LabClock(LabTime time, TimeSpan wrongBy = default) : Clock
{
    public override DateTimeOffset UtcNow => time.Now + wrongBy;

    public override TimeSpan Elapsed => time.Elapsed;

    private int _alarms;

    /// <summary>Alarms that are set: each request that is under way has one, from before its first byte.</summary>
    public int Alarms => Volatile.Read(ref _alarms);

    public override Task Delay(TimeSpan duration, CancellationToken cancellationToken) => time.DelayAsync(duration, cancellationToken);

    public override IDisposable Alarm(TimeSpan duration, Action ring)
    {
        Interlocked.Increment(ref _alarms);
        return new LabAlarm(this, time, duration, ring);
    }

    private sealed class LabAlarm : IDisposable
    {
        private readonly LabClock _clock;
        private readonly IDisposable _waiter;
        private int _over;

        public LabAlarm(LabClock clock, LabTime time, TimeSpan duration, Action ring)
        {
            _clock = clock;
            _waiter = time.After(duration, () =>
            {
                ring();
                End();
            });
        }

        public void Dispose()
        {
            _waiter.Dispose();
            End();
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _over, 1) == 0)
                Interlocked.Decrement(ref _clock._alarms);
        }
    }
}
