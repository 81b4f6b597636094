using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Async;

/// <summary>
/// The one door from asynchronous code to the pipeline. Async code posts actions from any thread; the cmdlet's own
/// thread runs them, because only that thread may write.
/// </summary>
internal sealed class PipelinePump
{
    /// <summary>How often a waiting pump looks up to refresh progress.</summary>
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    /// <summary>Guarded by itself. No ready-made collection: those spin before they sleep, which costs more than all the rest of a small upload.</summary>
    private readonly Queue<Action> _queue = new();
    private readonly CancellationToken _stop;
    private readonly Action? _onTick;

    /// <param name="onTick">Runs on the pipeline thread a few times a second while the pump waits.</param>
    /// <param name="stop">Ends every wait: Ctrl+C, or the cmdlet being disposed of.</param>
    public PipelinePump(Action? onTick, CancellationToken stop)
    {
        _onTick = onTick;
        _stop = stop;
        stop.Register(static pump => ((PipelinePump)pump!).Wake(), this);
    }

    /// <summary>Queues an action without waiting for it. For streams whose loss at a stop does no harm.</summary>
    public void Post(Action action)
    {
        lock (_queue)
        {
            _queue.Enqueue(action);
            Monitor.Pulse(_queue);
        }
    }

    /// <summary>
    /// Queues an action and completes when the pipeline thread has run it, so that a slow consumer slows the producer.
    /// Fails with what the action threw; is cancelled when the pipeline stops first.
    /// </summary>
    public async Task InvokeAsync(Action action)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (_stop.Register(() => done.TrySetCanceled()))
        {
            Post(() => Run(action, done));
            await done.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Pipeline thread: runs what is queued and returns at once.</summary>
    public void RunReady()
    {
        while (Take() is { } action)
            action();
    }

    /// <summary>Pipeline thread: runs queued actions until the task has ended, then throws what it threw.</summary>
    /// <exception cref="PipelineStoppedException">The cmdlet was stopped.</exception>
    public void RunUntil(Task task)
    {
        if (!task.IsCompleted)
            _ = task.ContinueWith(_ => Post(static () => { }), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        while (!task.IsCompleted)
            RunNext();
        RunReady();
        Rethrow(task);
    }

    private void RunNext()
    {
        try
        {
            WaitForNext();
            _stop.ThrowIfCancellationRequested();
            if (Take() is { } action)
                action();
            else
                _onTick?.Invoke();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private void WaitForNext()
    {
        lock (_queue)
        {
            if (_queue.Count == 0 && !_stop.IsCancellationRequested)
                Monitor.Wait(_queue, s_tick);
        }
    }

    private Action? Take()
    {
        lock (_queue)
            return _queue.Count > 0 ? _queue.Dequeue() : null;
    }

    private void Wake()
    {
        lock (_queue)
            Monitor.PulseAll(_queue);
    }

    private void Rethrow(Task task)
    {
        if (_stop.IsCancellationRequested)
            throw new PipelineStoppedException();
        if (task.Exception?.GetBaseException() is { } failure)
            ExceptionDispatchInfo.Capture(failure).Throw();
    }

    private static void Run(Action action, TaskCompletionSource<bool> done)
    {
        // A stopped writer has given up on this action: running it would show results nobody waits for.
        if (done.Task.IsCompleted)
            return;

        try
        {
            action();
        }
        catch (Exception failure)
        {
            // Includes the engine's flow-control exceptions: the producer learns that the pipeline is gone, the engine gets its own exception back.
            done.TrySetException(failure);
            _ = done.Task.Exception;
            throw;
        }

        done.TrySetResult(true);
    }
}
