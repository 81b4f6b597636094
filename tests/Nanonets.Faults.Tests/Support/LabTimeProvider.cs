using System;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Faults.Tests.Support;

/// <summary>That time as the emulator sees it.</summary>
internal sealed class LabTimeProvider(LabTime time) : TimeProvider
{
    private int _waiting;

    /// <summary>Requests that wait for time to pass.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public override DateTimeOffset GetUtcNow() => time.Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => time.Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _waiting);
        return new LabTimer(this, time, () => callback(state), dueTime);
    }

    private sealed class LabTimer : ITimer
    {
        private readonly LabTimeProvider _provider;
        private readonly LabTime _time;
        private readonly Action _callBack;
        private IDisposable _waiter;
        private int _over;

        public LabTimer(LabTimeProvider provider, LabTime time, Action callBack, TimeSpan dueTime)
        {
            (_provider, _time, _callBack) = (provider, time, callBack);
            _waiter = time.After(dueTime, Fire);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _waiter.Dispose();
            _waiter = _time.After(dueTime, Fire);
            return true;
        }

        public void Dispose()
        {
            _waiter.Dispose();
            End();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Fire()
        {
            End();
            _callBack();
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _over, 1) == 0)
                Interlocked.Decrement(ref _provider._waiting);
        }
    }
}
