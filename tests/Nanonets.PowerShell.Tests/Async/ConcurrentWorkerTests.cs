using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Conventions;

namespace Nanonets.PowerShell.Tests.Async;

/// <summary>Work beside the pipeline: what an upload is counted by is counted before the pipeline goes on, which may then end.</summary>
public class ConcurrentWorkerTests
{
    [Fact]
    public void Work_that_holds_its_slot_is_called_before_the_pipeline_goes_on()
    {
        object pump = Create("PipelinePump", null, CancellationToken.None);
        object worker = Create("ConcurrentWorker", pump, 1);
        int calledOn = 0;
        Func<Task, Task> work = _ =>
        {
            calledOn = Environment.CurrentManagedThreadId;
            return Task.CompletedTask;
        };
        worker.GetType().GetMethod("StartHolding")!.Invoke(worker, [work]);
        Assert.Equal(Environment.CurrentManagedThreadId, calledOn);
    }

    private static object Create(string name, params object?[] arguments) =>
        Activator.CreateInstance(Surface.Module.GetType($"Nanonets.Async.{name}", true)!, arguments)!;
}
