using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Benchmarks.Measuring;

/// <summary>The highest working set of this process while something runs, over what it had before.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _ended = new();
    private readonly long _before;
    private readonly Task _watching;
    private long _highest;

    public MemoryWatch()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, true, true);
        GC.WaitForPendingFinalizers();
        _before = _highest = Now();
        _watching = Task.Run(async () =>
        {
            while (!_ended.IsCancellationRequested)
            {
                _highest = Math.Max(_highest, Now());
                await Task.Delay(s_step);
            }
        });
    }

    public double GrowthInMegabytes => (_highest - _before) / 1024d / 1024d;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watching;
        _ended.Dispose();
    }

    private static long Now()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
