using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Client.Tests.Sending.Simulation;

/// <summary>
/// The time of a simulated world. It stands still until <see cref="Step"/> moves it to what is due next. Whatever waited goes on inside
/// that call, on the same thread: a run of the simulation is repeatable, and nothing being due while somebody waits is a deadlock.
/// </summary>
internal sealed class SimulatedTime
{
    private readonly PriorityQueue<TaskCompletionSource, (TimeSpan Due, long Number)> _due = new();
    private long _number;

    public TimeSpan Elapsed { get; private set; }

    public DateTimeOffset Now => new DateTimeOffset(2025, 3, 17, 22, 0, 0, TimeSpan.Zero) + Elapsed;

    public async Task Delay(TimeSpan duration, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource();
        if (duration != Timeout.InfiniteTimeSpan)
            _due.Enqueue(done, (Elapsed + duration, _number++));
        // Not disposed of asynchronously: that would go on elsewhere.
#pragma warning disable CA1849
        using CancellationTokenRegistration cancelled = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
#pragma warning restore CA1849
        await done.Task;
    }

    /// <summary>Moves to what is due next; false when nothing is.</summary>
    public bool Step()
    {
        while (_due.TryDequeue(out TaskCompletionSource? done, out (TimeSpan Due, long Number) at))
        {
            if (done.Task.IsCompleted)
                continue;

            Elapsed = at.Due > Elapsed ? at.Due : Elapsed;
            done.TrySetResult();
            return true;
        }

        return false;
    }

    /// <summary>Lets time pass although nobody waits.</summary>
    public void Pass(TimeSpan span) => Elapsed += span;

    /// <summary>Runs until the task has ended.</summary>
    public void Run(Task task, int limit = 2_000_000)
    {
        for (int steps = 0; !task.IsCompleted; steps++)
        {
            if (steps > limit)
                throw new InvalidOperationException("It goes on for ever.");
            if (!Step())
                throw new InvalidOperationException("Deadlock: nothing is due, and somebody waits.");
        }

        task.GetAwaiter().GetResult();
    }
}

/// <summary>
/// Runs a simulation on a thread of its own: on the test runner's, what waits would go on elsewhere than where it is woken.
/// </summary>
internal static class Simulate
{
    public static void Run(Action world)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                world();
            }
            catch (Exception thrown)
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}

/// <summary>The clock of one simulated process. When the process is killed, nothing in it ever goes on.</summary>
internal sealed class ProcessClock(SimulatedTime time, TimeSpan wrongBy) : Clock
{
    private static readonly Task s_never = new TaskCompletionSource().Task;

    public bool IsDead { get; private set; }

    public override DateTimeOffset UtcNow => time.Now + wrongBy;

    /// <summary>How much time passes from one look at the clock to the next, as on a machine that is busy.</summary>
    public TimeSpan PassesBetweenLooks { get; set; }

    public override TimeSpan Elapsed
    {
        get
        {
            time.Pass(PassesBetweenLooks);
            return time.Elapsed;
        }
    }

    public override async Task Delay(TimeSpan duration, CancellationToken cancellationToken)
    {
        // As the framework's own delay: a negative span is an error, and the one of a millisecond is for ever.
        if (duration < TimeSpan.Zero && duration != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "The wait is negative.");
        await time.Delay(duration, cancellationToken);
        await AliveAsync();
    }

    public override void Post(Action work)
    {
        _ = LaterAsync();

        async Task LaterAsync()
        {
            await Delay(TimeSpan.Zero, CancellationToken.None);
            work();
        }
    }

    /// <summary>Completes at once in a living process and never in a dead one.</summary>
    public Task AliveAsync() => IsDead ? s_never : Task.CompletedTask;

    public void Kill() => IsDead = true;
}
