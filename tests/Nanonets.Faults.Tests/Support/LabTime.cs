using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Faults.Tests.Support;

/// <summary>
/// The one time of a client and an emulator that talk over a real socket. It stands still while anything is under way and jumps to what is
/// due next when nothing is: hours pass in milliseconds, and nothing sleeps. What counts as under way is told by <see cref="Begin"/> and
/// <see cref="Wire"/>; a jump that comes a moment too early is an hour that passes while a document lies between two steps, which proves as
/// much.
/// </summary>
internal sealed class LabTime : IDisposable
{
    private readonly object _lock = new();
    private readonly PriorityQueue<Waiter, (TimeSpan Due, long Number)> _due = new();
    private readonly CancellationTokenSource _ended = new();
    private TimeSpan _elapsed;
    private long _number;
    private long _activity;
    private int _underWay;

    public LabTime() => _ = DriveAsync();

    /// <summary>So often everything that was queued before has its turn before the time jumps.</summary>
    private const int CalmTurns = 8;

    /// <summary>
    /// While a request waits for time to pass, so many looks a millisecond apart must find nothing else under way: bytes may still be on
    /// the wire.
    /// </summary>
    public int CalmLooks { get; set; } = 3;

    /// <summary>Where the time starts.</summary>
    public DateTimeOffset Start { get; init; } = new(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What goes on between client and emulator.</summary>
    public Func<WireState> Wire { get; set; } = static () => WireState.Idle;

    public DateTimeOffset Now => Start + Elapsed;

    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
                return _elapsed;
        }
    }

    /// <summary>Something begins that takes no time of the world: the time stands still until it is disposed of.</summary>
    public IDisposable Begin()
    {
        Interlocked.Increment(ref _underWay);
        Interlocked.Increment(ref _activity);
        return new Step(this);
    }

    /// <summary>Something happened: what comes of it must be waited for.</summary>
    public void Note() => Interlocked.Increment(ref _activity);

    /// <summary>Lets time pass although nobody waits.</summary>
    public void Pass(TimeSpan span)
    {
        lock (_lock)
            _elapsed += span;
    }

    /// <summary>Calls back when so much time has passed; disposing of it calls it off.</summary>
    public IDisposable After(TimeSpan span, Action callBack)
    {
        var waiter = new Waiter(callBack);
        Interlocked.Increment(ref _activity);
        if (span == Timeout.InfiniteTimeSpan)
            return waiter;
        lock (_lock)
            _due.Enqueue(waiter, (_elapsed + (span > TimeSpan.Zero ? span : TimeSpan.Zero), _number++));
        return waiter;
    }

    public async Task DelayAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable waiter = After(span, () => done.TrySetResult());
        await using CancellationTokenRegistration cancelled = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        await done.Task;
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task DriveAsync()
    {
        CancellationToken ended = _ended.Token;
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(1, CancellationToken.None);
            while (await IsCalmAsync())
                Jump();
        }
    }

    /// <summary>Whether nothing is under way, and nothing comes of what was.</summary>
    private async Task<bool> IsCalmAsync()
    {
        long activity = Volatile.Read(ref _activity);
        for (int turn = 0; turn < CalmTurns; turn++)
        {
            if (IsBusy())
                return false;
            await Task.Yield();
        }

        for (int look = 0; look < CalmLooks && Wire() == WireState.Waiting; look++)
        {
            await Task.Delay(1, CancellationToken.None);
            if (IsBusy())
                return false;
        }

        return !IsBusy();

        bool IsBusy() => Volatile.Read(ref _activity) != activity || Volatile.Read(ref _underWay) > 0 || Wire() == WireState.Busy
            || _ended.IsCancellationRequested || !IsAnythingDue();
    }

    private bool IsAnythingDue()
    {
        lock (_lock)
            return _due.Count > 0;
    }

    /// <summary>To the next moment when something is due, and everything that is due then.</summary>
    private void Jump()
    {
        var due = new List<Waiter>();
        lock (_lock)
        {
            while (_due.TryPeek(out Waiter? waiter, out (TimeSpan Due, long Number) at)
                && (waiter.IsOver || due.Count == 0 || at.Due <= _elapsed))
            {
                _due.Dequeue();
                if (waiter.IsOver)
                    continue;
                due.Add(waiter);
                _elapsed = at.Due > _elapsed ? at.Due : _elapsed;
            }
        }

        Note();
        foreach (Waiter waiter in due)
            waiter.Run();
    }

    private sealed class Waiter(Action callBack) : IDisposable
    {
        public bool IsOver { get; private set; }

        public void Run()
        {
            IsOver = true;
            callBack();
        }

        public void Dispose() => IsOver = true;
    }

    private sealed class Step(LabTime time) : IDisposable
    {
        private int _over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _over, 1) != 0)
                return;
            Interlocked.Increment(ref time._activity);
            Interlocked.Decrement(ref time._underWay);
        }
    }
}

/// <summary>What goes on between a client and an emulator.</summary>
internal enum WireState
{
    /// <summary>No request is under way.</summary>
    Idle,

    /// <summary>All requests under way wait for time to pass, or for ever.</summary>
    Waiting,

    /// <summary>One of them is being sent, worked on or answered.</summary>
    Busy,
}
