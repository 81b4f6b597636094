using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Waiting;

/// <summary>
/// Runs steps, one at a time, and sleeps between them until it is time for the next or somebody wakes it. Costs nothing while there is
/// nothing to wait for.
/// </summary>
/// <param name="step">Does what is to be done now, and says how long to sleep afterwards; null to sleep until woken.</param>
internal sealed class WakeableLoop(Clock clock, Func<TimeSpan?> step)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    private readonly object _lock = new();
    private Action? _endSleep;
    private bool _runs;
    private bool _isWoken;

    /// <summary>Something has happened that may change what is to be done.</summary>
    public void Wake()
    {
        Action? endSleep;
        lock (_lock)
        {
            _isWoken = true;
            endSleep = _endSleep;
            if (_runs && endSleep is null)
                return;
            (_runs, _endSleep) = (true, null);
        }

        if (endSleep is null)
            _ = RunAsync();
        else
            endSleep();
    }

    private async Task RunAsync()
    {
        while (Step(out TimeSpan span, out CancellationToken woken))
        {
            // How the sleep ends does not matter.
            if (span > TimeSpan.Zero)
                await Task.WhenAny(clock.Delay(span, woken)).ConfigureAwait(false);
            lock (_lock)
                _endSleep = null;
        }
    }

    /// <returns>Whether another step follows.</returns>
    private bool Step(out TimeSpan span, out CancellationToken woken)
    {
        lock (_lock)
            _isWoken = false;
        TimeSpan? sleep = step();
        span = sleep > s_longest ? s_longest : sleep ?? TimeSpan.Zero;
        lock (_lock)
        {
            woken = default;
            if (_isWoken)
                span = TimeSpan.Zero;
            else if (sleep is null)
                return _runs = false;

            if (span > TimeSpan.Zero)
            {
                // Not disposed of: it holds nothing, and who wakes the loop may have it in hand.
                var sleeping = new CancellationTokenSource();
                (_endSleep, woken) = (sleeping.Cancel, sleeping.Token);
            }

            return true;
        }
    }
}
