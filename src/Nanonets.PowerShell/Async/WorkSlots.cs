using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Async;

/// <summary>
/// How much may run at once. The pipeline thread takes a slot while it does what is posted to it, so that the slot that is freed by a
/// result it has just written needs no wake-up.
/// </summary>
internal sealed class WorkSlots(PipelinePump pump, int count)
{
    private readonly object _lock = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private int _free = count;

    /// <summary>Pipeline thread: takes a slot, writing what is ready until there is one.</summary>
    public void Take() => pump.RunUntil(TryTake);

    /// <summary>Any other thread: takes a slot. Those who wait here come before the pipeline thread, with older work.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        using (cancellationToken.Register(() => turn.TrySetCanceled()))
            await turn.Task.ConfigureAwait(false);
    }

    /// <summary>Gives a slot back.</summary>
    public void Release()
    {
        // Who has given up does not take it.
        while (Next() is { } turn)
        {
            if (turn.TrySetResult(true))
                return;
        }

        pump.Wake();
    }

    private TaskCompletionSource<bool>? Next()
    {
        lock (_lock)
        {
            if (_waiting.Count > 0)
                return _waiting.Dequeue();

            _free++;
            return null;
        }
    }

    private bool TryTake()
    {
        lock (_lock)
        {
            if (_free == 0)
                return false;

            _free--;
            return true;
        }
    }
}
