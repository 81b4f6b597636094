using System.Collections.Generic;
using System.Threading.Tasks;

namespace Nanonets.Waiting;

/// <summary>
/// Something that many wait for and that is said once. Each waiter has a task of its own, so that they go on one after the other, in the order they came.
/// </summary>
internal sealed class Announcement<T>
{
    private readonly object _lock = new();
    private readonly List<TaskCompletionSource<T>> _waiting = [];
    private Task<T>? _said;

    public Task<T> WaitAsync()
    {
        lock (_lock)
        {
            if (_said is not null)
                return _said;

            var turn = new TaskCompletionSource<T>();
            _waiting.Add(turn);
            return turn.Task;
        }
    }

    /// <summary>Says it.</summary>
    /// <param name="outcome">A task that has ended: its result, or what it failed with, is everybody's.</param>
    public void Say(Task<T> outcome)
    {
        TaskCompletionSource<T>[] waiting;
        lock (_lock)
        {
            _said = outcome;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (TaskCompletionSource<T> turn in waiting)
        {
            if (outcome.IsCanceled)
                turn.TrySetCanceled();
            else if (outcome.Exception is { } failure)
                turn.TrySetException(failure.InnerExceptions);
            else
                turn.TrySetResult(outcome.Result);
        }
    }
}
