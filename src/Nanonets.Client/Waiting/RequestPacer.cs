using System;
using Nanonets.Http;

namespace Nanonets.Waiting;

/// <summary>
/// A courtesy ceiling on polls: two a second, and for many documents that are waited for one in twenty seconds for each. What half a minute
/// allows may be asked at once: documents that were sent together are finished together. Polling is not among the calls that the service
/// limits (documented), which is no reason to press it.
/// </summary>
internal sealed class RequestPacer(Clock clock)
{
    private const double LeastPerSecond = 2;
    private const double PerSecondForOne = 1d / 20;
    private const double SecondsAtOnce = 30;
    private const int AtOnce = 16;

    private readonly object _lock = new();
    private int _free = AtOnce;
    private int _waiting;
    private double _owed;
    private TimeSpan _counted = clock.Elapsed;

    /// <summary>A request has ended, so that another may begin.</summary>
    public event Action? Freed;

    /// <summary>A document is waited for.</summary>
    public void Add()
    {
        lock (_lock)
            _waiting++;
    }

    /// <summary>A document is not waited for any more. What was allowed for it is no debt of the others.</summary>
    public void Remove()
    {
        lock (_lock)
        {
            _waiting--;
            _owed = Math.Max(0, _owed - (SecondsAtOnce * PerSecondForOne));
        }
    }

    /// <summary>Begins a request if one may begin now.</summary>
    /// <param name="wait">When it may not: how long until it may; null until another has ended.</param>
    public bool TryEnter(out TimeSpan? wait)
    {
        lock (_lock)
        {
            double perSecond = Math.Max(LeastPerSecond, PerSecondForOne * _waiting);
            wait = null;
            if (_free == 0)
                return false;

            TimeSpan now = clock.Elapsed;
            _owed = Math.Max(0, _owed - ((now - _counted).TotalSeconds * perSecond));
            _counted = now;
            double excess = _owed + 1 - (SecondsAtOnce * perSecond);
            if (excess > 1e-6)
            {
                wait = TimeSpan.FromSeconds(excess / perSecond);
                return false;
            }

            _owed++;
            _free--;
            return true;
        }
    }

    /// <summary>A request that was begun has ended.</summary>
    public void Leave()
    {
        lock (_lock)
            _free++;
        Freed?.Invoke();
    }
}
