using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>How soon the prompt is back while the service answers nothing.</summary>
internal static class Stopping
{
    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        bench.Module.Set("files", bench.Documents(8, 100 * 1024));
        List<double> stop = [], leave = [];
        for (int round = 0; round <= bench.Options.Rounds; round++)
        {
            double stopped = await StopAsync(bench);
            double left = await LeaveAsync(bench);
            if (round == 0)
                continue;
            stop.Add(stopped);
            leave.Add(left);
        }

        return
        [
            new("Ctrl+C with 5 uploads in flight", "at most 500 ms", $"{stop.Max():0} ms, the slowest", stop.Max() <= 500),
            new("break downstream with 4 uploads in flight", "at most 500 ms", $"{leave.Max():0} ms, the slowest", leave.Max() <= 500),
        ];
    }

    private static async Task<double> StopAsync(Bench bench)
    {
        await bench.Sink.ResetAsync();
        await bench.Sink.StallAsync();
        using System.Management.Automation.PowerShell shell = bench.Module.Create("$files | Send-NanonetsDocument -ThrottleLimit 5");
        IAsyncResult running = shell.BeginInvoke();
        while (await bench.Sink.DocumentsAsync() < 1)
            await Task.Delay(20);
        var watch = Stopwatch.StartNew();
        shell.Stop();
        watch.Stop();
        try
        {
            shell.EndInvoke(running);
        }
        catch (PipelineStoppedException)
        {
            // As it should be.
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> LeaveAsync(Bench bench)
    {
        await bench.Sink.ResetAsync();

        // The consumer turns the sink into one that never answers, waits until uploads hang on it, and then wants no more.
        bench.Module.Set("stall", (Action)(() => bench.Sink.StallAsync().GetAwaiter().GetResult()));
        await Task.Run(() => bench.Module.Run("""
            foreach ($once in 1) {
                $files + $files | Send-NanonetsDocument -ThrottleLimit 5 | ForEach-Object {
                    $stall.Invoke()
                    [Threading.Thread]::Sleep(200)
                    $global:first = [Diagnostics.Stopwatch]::GetTimestamp()
                    break
                }
            }
            """));
        return Stopwatch.GetElapsedTime(bench.Module.Get("first")).TotalMilliseconds;
    }
}
