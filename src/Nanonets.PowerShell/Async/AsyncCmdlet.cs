using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Async;

/// <summary>
/// Base of every cmdlet that works asynchronously: owns the pump and the token that ends everything.
/// A cmdlet ends in one of three ways: Ctrl+C (<see cref="StopProcessing"/>), a consumer that wants no more
/// (the engine only calls <see cref="Dispose()"/>), or by itself.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    // Not disposed: work that is still unwinding may register on the token; without a timer the source holds nothing.
#pragma warning disable CA2213
    private readonly CancellationTokenSource _stop = new();
#pragma warning restore CA2213
    private bool _disposed;

    /// <summary>Wires the pump and the writer.</summary>
    private protected AsyncCmdlet()
    {
        Pump = new PipelinePump(OnTick, _stop.Token);
        Writer = new PipelineWriter(this, Pump);
    }

    private protected PipelinePump Pump { get; }

    private protected PipelineWriter Writer { get; }

    /// <summary>Cancelled when the cmdlet is stopped or disposed of.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>Whether Ctrl+C, or another way of stopping the whole pipeline, reached the cmdlet.</summary>
    private protected bool IsStopped { get; private set; }

    /// <summary>Whether the user only wants to know what would be done.</summary>
    private protected bool IsWhatIf => LanguagePrimitives.IsTrue(
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given) ? given : GetVariableValue("WhatIfPreference"));

    /// <summary>Only cancels; the pipeline thread unwinds by itself.</summary>
    protected override void StopProcessing()
    {
        IsStopped = true;
        _stop.Cancel();
    }

    /// <summary>Cancels what is still running. The only call a cmdlet gets when the consumer has stopped the pipeline.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs when the engine is done with the cmdlet, on the pipeline thread; writing is no longer possible.</summary>
    /// <param name="disposing">Always true: there is nothing unmanaged here.</param>
    protected virtual void Dispose(bool disposing) => _stop.Cancel();

    /// <summary>Runs on the pipeline thread at least a few times a second while the cmdlet waits, and possibly very often.</summary>
    private protected virtual void OnTick()
    {
    }

    /// <summary>Runs asynchronous work to its end, writing what it posts meanwhile.</summary>
    private protected void Await(Func<CancellationToken, Task> work)
    {
        Task task = Task.Run(() => work(_stop.Token));
        Pump.RunUntil(task);
    }
}
