using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Time;

/// <summary>A result that somebody waits for. It is given once, and whoever waits goes on elsewhere, never inside the giver.</summary>
internal sealed class Promise<T>(Clock clock)
{
    private readonly TaskCompletionSource<T> _done = new();
    private int _isGiven;

    public Task<T> Task => _done.Task;

    /// <returns>False when it was given before.</returns>
    public bool Keep(T result) => TryGive(() => _done.SetResult(result));

    /// <returns>False when it was given before.</returns>
    public bool Break(Exception failure) => TryGive(() => _done.SetException(failure));

    /// <returns>False when it was given before.</returns>
    public bool Cancel() => TryGive(_done.SetCanceled);

    private bool TryGive(Action give)
    {
        if (Interlocked.Exchange(ref _isGiven, 1) != 0)
            return false;

        clock.Post(give);
        return true;
    }
}
