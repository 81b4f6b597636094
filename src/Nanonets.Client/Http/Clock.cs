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

    private sealed class SystemClock : Clock
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();

        public override DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

        public override TimeSpan Elapsed => _watch.Elapsed;

        public override Task Delay(TimeSpan duration, CancellationToken cancellationToken) => Task.Delay(duration, cancellationToken);
    }
}
