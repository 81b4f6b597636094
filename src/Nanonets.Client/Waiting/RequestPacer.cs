using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Waiting;

/// <summary>
/// A courtesy ceiling on polls: a few at once, then two a second. Polling is not among the calls that the service limits (documented), which is no reason to
/// press it.
/// </summary>
internal sealed class RequestPacer(Clock clock) : IDisposable
{
    private const double PerSecond = 2;
    private const double Burst = 10;
    private const int AtOnce = 4;

    private readonly SemaphoreSlim _slots = new(AtOnce);
    private readonly object _lock = new();
    private double _tokens = Burst;
    private TimeSpan _counted = clock.Elapsed;

    public async Task<T> RunAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            TimeSpan wait = Take();
            if (wait > TimeSpan.Zero)
                await clock.Delay(wait, cancellationToken).ConfigureAwait(false);
            return await request().ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>Takes a token, on credit if there is none; says how long until it is there.</summary>
    private TimeSpan Take()
    {
        lock (_lock)
        {
            TimeSpan now = clock.Elapsed;
            _tokens = Math.Min(Burst, _tokens + ((now - _counted).TotalSeconds * PerSecond)) - 1;
            _counted = now;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / PerSecond);
        }
    }
}
