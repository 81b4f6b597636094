using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Faults.Tests.Support;

/// <summary>
/// A time that runs so many times faster than the machine's, the same in every process that knows when it began: for runs that are
/// processes of their own.
/// </summary>
internal sealed record FastTime(double Factor, DateTimeOffset Epoch)
{
    /// <summary>How long a span of this time takes on the machine.</summary>
    public TimeSpan Real(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / Factor;

    public DateTimeOffset Now => Epoch + ((DateTimeOffset.UtcNow - Epoch) * Factor);

    public Clock ForClient(TimeSpan wrongBy = default) => new FastClock(this, wrongBy);

    /// <summary>The time of an emulator, which may change its speed while it runs.</summary>
    public static TimeProvider ForEmulator(Func<FastTime> time) => new FastTimeProvider(time);

    /// <summary>The same time, which from now on runs so many times as fast as the machine's.</summary>
    public FastTime At(double factor)
    {
        if (factor == Factor)
            return this;

        DateTimeOffset real = DateTimeOffset.UtcNow;
        TimeSpan ahead = (Epoch - real) * (1 - Factor);
        return new FastTime(factor, real - (ahead / (factor - 1)));
    }

    /// <summary>As another process reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Factor:R}/{Epoch.UtcTicks}");

    public static FastTime Parse(string text)
    {
        string[] parts = text.Split('/');
        return new FastTime(double.Parse(parts[0], CultureInfo.InvariantCulture),
            new DateTimeOffset(long.Parse(parts[1], CultureInfo.InvariantCulture), TimeSpan.Zero));
    }

    private sealed class FastClock(FastTime time, TimeSpan wrongBy) : Clock
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();

        public override DateTimeOffset UtcNow => time.Now + wrongBy;

        public override TimeSpan Elapsed => _watch.Elapsed * time.Factor;

        /// <summary>The journal's database has the time of the machine.</summary>
        public override TimeSpan ElapsedWithSleep => System.ElapsedWithSleep;

        public override Task Delay(TimeSpan duration, CancellationToken cancellationToken) =>
            Task.Delay(time.Real(duration), cancellationToken);
    }

    private sealed class FastTimeProvider(Func<FastTime> time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time().Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, time().Real(dueTime), time().Real(period));
    }
}
