using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;
using Nanonets.Benchmarks.Sink;

namespace Nanonets.Benchmarks;

/// <summary>
/// Waiting for documents, a hundred in flight, in real time: what it costs in requests, and how late a finished document is known to be.
/// Each run is a connection of its own, which knows nothing of the model yet; the worst of five counts. Then many files at once: waiting
/// for ten times as many must not take much more than ten times the time.
/// </summary>
internal static class Waiting
{
    private const int Documents = 100;
    private const int Runs = 5;
    private const double MostTimes = 12;

    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        var findings = new List<Finding>();
        foreach (double seconds in new[] { 2d, 5, 20, 60 })
            findings.AddRange(await RunsAsync(bench, Math.Max(2, seconds * bench.Options.Scale)));
        findings.Add(await ManyAsync(bench));
        return findings;
    }

    private static async Task<IEnumerable<Finding>> RunsAsync(Bench bench, double seconds)
    {
        double lateness = Math.Max(3, 0.05 * seconds);
        var stats = new List<ReadingStats>();
        bench.Module.Set("files", bench.Documents(Documents, 10 * 1024));
        for (int run = 0; run < Runs; run++)
        {
            await bench.Sink.ReadForAsync(TimeSpan.FromSeconds(seconds));
            await Task.Run(() => bench.Module.Run(
                "Connect-Nanonets -ApiKey key -BaseUri $sink -ModelId m; $files | Send-NanonetsDocument | "
                    + "Get-NanonetsResult -Wait | Out-Null"));
            stats.Add(await bench.Sink.ReadingAsync());
        }

        string what = $"{Documents} documents that take {seconds:0} s each, worst of {Runs} runs";
        double requests = stats.Max(static run => run.RequestsPerDocument);
        double late = stats.Max(static run => run.LateSeconds);
        return
        [
            new($"{what}: requests for a finished document", "at most 3", $"{requests:0.00}", requests <= 3),
            new($"{what}: known how late, 95 % of them", $"at most {lateness:0.#} s", $"{late:0.0} s", late <= lateness),
        ];
    }

    private static async Task<Finding> ManyAsync(Bench bench)
    {
        int few = bench.Options.Of(10_000);
        double shortly = await WaitAsync(bench, few);
        double longer = await WaitAsync(bench, 10 * few);
        return new(
            $"Waiting for {few} and {10 * few} files that are finished", $"at most {MostTimes:0} × the time",
            $"{shortly:0.0} s, {longer:0.0} s: {longer / shortly:0.0} ×",
            longer <= MostTimes * shortly);
    }

    private static async Task<double> WaitAsync(Bench bench, int files)
    {
        await bench.Sink.ReadForAsync(TimeSpan.Zero);
        bench.Module.Set("ids", Enumerable.Range(0, files).Select(static file => $"file-{file}").ToArray());
        Sample sample = await Sample.OfAsync(() => Task.Run(() => bench.Module.Run(
            "Connect-Nanonets -ApiKey key -BaseUri $sink -ModelId m; $ids | Get-NanonetsResult -Wait -ModelId m | Out-Null")));
        return sample.Wall.TotalSeconds;
    }
}
