using System;

namespace Nanonets.Http;

/// <summary>
/// The service's own clock, by the Date header of its answers: uploads are listed by its days, and the clock of this machine may be wrong
/// by a day.
/// </summary>
internal sealed class ServerTime(Clock clock)
{
    private readonly object _lock = new();
    private TimeSpan _start;
    private DateTimeOffset? _date;

    /// <summary>Whether an answer told the time.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_lock)
                return _date is not null;
        }
    }

    /// <summary>The time there, carried on by our forward-only clock; the machine's own until an answer told it.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
                return _date is { } date ? date + (clock.Elapsed - _start) : clock.UtcNow;
        }
    }

    /// <summary>Takes the Date of an answer; null when it has none.</summary>
    public void Learn(DateTimeOffset? date)
    {
        if (date is null)
            return;

        lock (_lock)
        {
            // Whole seconds on the wire: only what is off by more is news, so that time does not jump back within a second.
            if (_date is { } known && Math.Abs((date.Value - (known + (clock.Elapsed - _start))).TotalSeconds) < 2)
                return;

            _date = date;
            _start = clock.Elapsed;
        }
    }
}
