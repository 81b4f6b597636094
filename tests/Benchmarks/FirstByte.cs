using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>How soon an upload begins after the first object has come, while more input is still being enumerated.</summary>
internal static class FirstByte
{
    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        string[] files = bench.Documents(2, 100 * 1024);
        bench.Module.Set("files", files);
        var times = new List<double>();
        bool early = true;
        for (int round = 0; round <= bench.Options.Rounds; round++)
        {
            await bench.Sink.ResetAsync();

            // The second file is handed out half a second after the first: the first must be on its way long before.
            bench.Module.Run("""
                & {
                    $global:first = [Diagnostics.Stopwatch]::GetTimestamp()
                    $files[0]
                    [Threading.Thread]::Sleep(500)
                    $global:second = [Diagnostics.Stopwatch]::GetTimestamp()
                    $files[1]
                } | Send-NanonetsDocument | Out-Null
                """);
            long first = bench.Module.Get("first"), second = bench.Module.Get("second"), arrived = await bench.Sink.FirstByteAsync();
            early &= arrived < second;
            if (round > 0)
                times.Add((arrived - first) * 1000d / Stopwatch.Frequency);
        }

        double median = Sample.Median(times);
        return
        [
            new("first byte of a 100 KB file after the first object", "at most 150 ms", $"{median:0} ms", median <= 150),
            new("the first upload begins before the enumeration ends", "always", early ? "always" : "not always", early),
        ];
    }
}
