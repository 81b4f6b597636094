using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Waiting;

/// <summary>
/// A courtesy ceiling on polls: two a second, and for many documents that are waited for one in twenty seconds for each. What was not used for half a minute may be made up for: documents
/// that were sent together are finished together. Polling is not among the calls that the service limits (documented), which is no reason to press it.
/// </summary>
/// <param name="waiting">How many documents are waited for.</param>
internal sealed class RequestPacer(Clock clock, Func<int> waiting)
{
    private const double LeastPerSecond = 2;
    private const double PerSecondForOne = 1d / 20;
    private const double SecondsSaved = 30;
    private const double AtFirst = 10;
    private const int AtOnce = 8;

    private readonly object _lock = new();
    private readonly Queue<TaskCompletionSource<bool>> _queue = new();
    private int _free = AtOnce;
    private double _tokens = AtFirst;
    private TimeSpan _counted = clock.Elapsed;

    public async Task<T> RunAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            TimeSpan wait = Take();
            if (wait > TimeSpan.Zero)
                await clock.Delay(wait, cancellationToken).ConfigureAwait(false);
            return await request().ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            turn = new TaskCompletionSource<bool>();
            _queue.Enqueue(turn);
        }

        using (cancellationToken.Register(() => turn.TrySetCanceled()))
            await turn.Task.ConfigureAwait(false);
    }

    private void Leave()
    {
        // Who has given up does not take the turn.
        while (Next() is { } turn)
        {
            if (turn.TrySetResult(true))
                return;
        }
    }

    private TaskCompletionSource<bool>? Next()
    {
        lock (_lock)
        {
            if (_queue.Count > 0)
                return _queue.Dequeue();

            _free++;
            return null;
        }
    }

    /// <summary>Takes a token, on credit if there is none; says how long until it is there.</summary>
    private TimeSpan Take()
    {
        double perSecond = Math.Max(LeastPerSecond, PerSecondForOne * waiting());
        lock (_lock)
        {
            TimeSpan now = clock.Elapsed;
            _tokens = Math.Min(SecondsSaved * perSecond, _tokens + ((now - _counted).TotalSeconds * perSecond)) - 1;
            _counted = now;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
        }
    }
}
