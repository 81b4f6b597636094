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

    /// <summary>
    /// Guarded by itself. No ready-made collection: those spin before they sleep, which costs more than all the rest of a small upload.
    /// </summary>
    private readonly Queue<Posting> _queue = new();
    private readonly CancellationToken _stop;
    private readonly Action? _onTick;

    /// <summary>Guarded by the queue.</summary>
    private bool _isWoken;

    /// <param name="onTick">Runs on the pipeline thread at least a few times a second while the pump waits.</param>
    /// <param name="stop">Ends every wait: Ctrl+C, or the cmdlet being disposed of.</param>
    public PipelinePump(Action? onTick, CancellationToken stop)
    {
        _onTick = onTick;
        _stop = stop;
        stop.Register(static pump => ((PipelinePump)pump!).GiveUp(), this);
    }

    /// <summary>Queues an action without waiting for it. For streams whose loss at a stop does no harm.</summary>
    public void Post(Action action) => Post(new Posting(action, null));

    /// <summary>
    /// Queues an action and completes when the pipeline thread has run it, so that a slow consumer slows the producer.
    /// Fails with what the action threw; is cancelled when the pipeline stops first.
    /// </summary>
    /// <param name="goOnHere">
    /// Whether what waits for it goes on at once on the pipeline thread when all is well: for little that is left to do, two changes of
    /// threads cheaper.
    /// </param>
    public Task InvokeAsync(Action action, bool goOnHere = false)
    {
        var done = new Completion(goOnHere);
        Post(new Posting(action, done));
        return done.Task;
    }

    /// <summary>Pipeline thread: runs what is queued and returns at once.</summary>
    public void RunReady()
    {
        while (Take(out Posting posting))
            Run(posting);
    }

    /// <summary>Pipeline thread: runs queued actions until the task has ended, then throws what it threw.</summary>
    /// <exception cref="PipelineStoppedException">The cmdlet was stopped.</exception>
    public void RunUntil(Task task)
    {
        if (!task.IsCompleted)
            _ = task.ContinueWith(
                _ => Post(static () => { }), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        while (!task.IsCompleted)
            RunNext();
        RunReady();
        Rethrow(task);
    }

    /// <summary>Pipeline thread: runs queued actions until a condition holds. Whoever makes it hold calls <see cref="Wake"/>.</summary>
    /// <exception cref="PipelineStoppedException">The cmdlet was stopped.</exception>
    public void RunUntil(Func<bool> condition)
    {
        while (!_stop.IsCancellationRequested)
        {
            if (condition())
                return;
            RunNext();
        }

        throw new PipelineStoppedException();
    }

    /// <summary>Makes a waiting pipeline thread look up.</summary>
    public void Wake()
    {
        lock (_queue)
        {
            _isWoken = true;
            Monitor.Pulse(_queue);
        }
    }

    private void RunNext()
    {
        try
        {
            WaitForNext();
            _stop.ThrowIfCancellationRequested();
            if (Take(out Posting posting))
                Run(posting);

            // Also when there is always something to do: it is the tick's own business to be rare.
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
            if (_queue.Count == 0 && !_isWoken && !_stop.IsCancellationRequested)
                Monitor.Wait(_queue, s_tick);
            _isWoken = false;
        }
    }

    private void Post(Posting posting)
    {
        lock (_queue)
        {
            if (!_stop.IsCancellationRequested)
            {
                _queue.Enqueue(posting);
                Monitor.Pulse(_queue);
                return;
            }
        }

        posting.Done?.GiveUp();
    }

    private bool Take(out Posting posting)
    {
        lock (_queue)
        {
            bool any = _queue.Count > 0;
            posting = any ? _queue.Dequeue() : default;
            return any;
        }
    }

    /// <summary>The pipeline has stopped: what is queued is shown to nobody any more, and who waits for it is told.</summary>
    private void GiveUp()
    {
        Posting[] left;
        lock (_queue)
        {
            left = [.. _queue];
            _queue.Clear();
            Monitor.PulseAll(_queue);
        }

        foreach (Posting posting in left)
            posting.Done?.GiveUp();
    }

    private void Rethrow(Task task)
    {
        if (_stop.IsCancellationRequested)
            throw new PipelineStoppedException();
        if (task.Exception?.GetBaseException() is { } failure)
            ExceptionDispatchInfo.Capture(failure).Throw();
    }

    private static void Run(Posting posting)
    {
        try
        {
            posting.Action();
        }
        catch (Exception failure) when (posting.Done is not null)
        {
            // Includes the engine's flow-control exceptions: the producer learns that the pipeline is gone, the engine gets its own
            // exception back.
            posting.Done.Fail(failure);
            throw;
        }

        posting.Done?.TrySetResult(true);
    }
}
