using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Sending;

namespace Nanonets.Async;

/// <summary>
/// Runs work beside the pipeline, at most so many at once. A slot is held until the work's results were taken by the
/// consumer: what a stop can cut off is never more than the limit.
/// </summary>
internal sealed class ConcurrentWorker : ISendingSlots
{
    private readonly PipelinePump _pump;
    private readonly WorkSlots? _slots;
    private readonly object _lock = new();
    private readonly HashSet<Task> _running = [];
    private Task? _faulted;
    private Task _previous = Task.CompletedTask;

    /// <param name="limit">How much may run at once; null for any number.</param>
    public ConcurrentWorker(PipelinePump pump, int? limit)
    {
        _pump = pump;
        _slots = limit is { } slots ? new WorkSlots(pump, slots) : null;
    }

    /// <summary>
    /// Pipeline thread: starts the work as soon as a slot is free, writing what other work has ready meanwhile.
    /// The work gets the task of the work started before it, to await where results must keep the order of the input.
    /// </summary>
    public void Start(Func<Task, Task> work) => StartHolding(previous => Task.Run(async () =>
    {
        try
        {
            await work(previous).ConfigureAwait(false);
        }
        finally
        {
            _slots?.Release();
        }
    }));

    /// <summary>
    /// Like <see cref="Start"/>, but the work lets go of its slot by itself, and may take one again. It is called here and goes elsewhere
    /// by itself: what it is counted by is counted before the pipeline goes on, which may end in the same moment.
    /// </summary>
    public void StartHolding(Func<Task, Task> work)
    {
        _pump.RunReady();
        if (Volatile.Read(ref _faulted) is { } faulted)
            _pump.RunUntil(faulted);
        _slots?.Take();

        Task previous = _previous;
        Task task = work(previous);
        _previous = task;
        lock (_lock)
            _running.Add(task);

        // Each leaves by itself: looking through all that run at every start would cost more with each of them.
        _ = task.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public Task TakeAsync(CancellationToken cancellationToken) => _slots?.TakeAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public void Release() => _slots?.Release();

    /// <summary>Pipeline thread: writes results until all work has ended.</summary>
    public void Drain()
    {
        _pump.RunUntil(Task.WhenAll(Running()));
        lock (_lock)
            _running.Clear();
    }

    /// <summary>Waits, without writing anything, until all work has ended or the time is up. For the way out only.</summary>
    public void Settle(TimeSpan limit)
    {
        // WaitAny instead of Wait: how the work ended is its own business, here it matters only that it did.
        Task.WaitAny([Task.WhenAll(Running())], limit);
    }

    private Task[] Running()
    {
        lock (_lock)
            return [.. _running];
    }

    private void Ended(Task task)
    {
        if (task.IsFaulted)
            Interlocked.CompareExchange(ref _faulted, task, null);
        if (task.Status != TaskStatus.RanToCompletion)
            return;

        lock (_lock)
            _running.Remove(task);
    }
}
