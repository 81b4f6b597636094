using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;
using Nanonets.Benchmarks.Sink;

namespace Nanonets.Benchmarks;

/// <summary>Waiting for documents that take a minute each, a hundred in flight, in real time and once: what it costs in requests, and how late a finished document is known to be.</summary>
internal static class Waiting
{
    private const int Documents = 200;
    private const int InFlight = 100;

    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        double seconds = Math.Max(2, 60 * bench.Options.Scale);
        double lateness = Math.Max(3, 0.05 * seconds);
        await bench.Sink.ReadForAsync(TimeSpan.FromSeconds(seconds));
        bench.Module.Set("files", bench.Documents(Documents, 10 * 1024));
        bench.Module.Set("pause", (int)(seconds * 1000 / InFlight));
        await Task.Run(() => bench.Module.Run(
            "$files | ForEach-Object { [Threading.Thread]::Sleep($pause); $_ } | Send-NanonetsDocument | Get-NanonetsResult -Wait | Out-Null"));
        ReadingStats stats = await bench.Sink.ReadingAsync();
        string what = $"{Documents} documents that take {seconds:0} s each, {InFlight} in flight";
        return
        [
            new($"{what}: requests for a finished document", "at most 3", $"{stats.RequestsPerDocument:0.00}", stats.RequestsPerDocument <= 3),
            new($"{what}: known how late, 95 % of them", $"at most {lateness:0.#} s", $"{stats.LateSeconds:0.0} s", stats.LateSeconds <= lateness),
        ];
    }
}
