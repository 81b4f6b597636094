using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Time;

/// <summary>
/// Those who wait for something, first come, first served. Whoever is woken goes on elsewhere, never inside the caller: who wakes may hold
/// the pipeline's thread, or may not have finished what it wakes others for.
/// </summary>
internal sealed class WaitQueue(Clock clock)
{
    private readonly object _lock = new();
    private readonly Queue<Promise<bool>> _waiting = new();

    /// <summary>
    /// Waits for a turn. To be called inside the lock that guards the condition which is waited for, so that no wake-up is lost.
    /// </summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var waiter = new Promise<bool>(clock);
        lock (_lock)
            _waiting.Enqueue(waiter);
        return cancellationToken.CanBeCanceled ? CancellableAsync(waiter, cancellationToken) : waiter.Task;
    }

    /// <summary>Wakes the first that still waits.</summary>
    /// <returns>False when nobody waits.</returns>
    public bool WakeFirst()
    {
        while (Next() is { } waiter)
        {
            if (waiter.Keep(true))
                return true;
        }

        return false;
    }

    /// <summary>Wakes all who wait now, in the order they came.</summary>
    public void WakeAll()
    {
        Promise<bool>[] all;
        lock (_lock)
        {
            all = [.. _waiting];
            _waiting.Clear();
        }

        foreach (Promise<bool> waiter in all)
            waiter.Keep(true);
    }

    private static async Task CancellableAsync(Promise<bool> waiter, CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(static waiter => ((Promise<bool>)waiter!).Cancel(), waiter))
            await waiter.Task.ConfigureAwait(false);
    }

    private Promise<bool>? Next()
    {
        lock (_lock)
            return _waiting.Count > 0 ? _waiting.Dequeue() : null;
    }
}
