using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace Nanonets.Benchmarks.Measuring;

/// <summary>Time on the wall and on the processors of one round.</summary>
internal sealed record Sample(TimeSpan Wall, TimeSpan Cpu)
{
    /// <summary>Measures work in this process.</summary>
    public static async Task<Sample> OfAsync(Func<Task> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await work();
        watch.Stop();
        process.Refresh();
        return new Sample(watch.Elapsed, process.TotalProcessorTime - before);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
