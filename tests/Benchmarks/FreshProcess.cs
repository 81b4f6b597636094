using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Contenders;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>
/// What a script gets: the first documents of a fresh pwsh, after a hundred to warm up, beside curl --parallel and a warm HttpClient. And
/// how long the first upload of a process takes.
/// </summary>
internal static class FreshProcess
{
    private const int Parallel = 8;
    private const int WarmUp = 100;

    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench) =>
        [.. await CompareAsync(bench, bench.Options.Of(2000), 100 * 1024), .. await CompareAsync(bench, bench.Options.Of(5000), 10 * 1024)];

    private static async Task<IEnumerable<Finding>> CompareAsync(Bench bench, int count, int bytes)
    {
        string[] files = bench.Documents(count, bytes);
        string[] first = bench.Documents(1, 20 * 1024), warmUp = bench.Documents(WarmUp, 50 * 1024);
        using var raw = new RawHttpClient();
        await raw.SendAsync(bench.Sink.Upload, files, Parallel);
        List<double> ours = [], floor = [], curl = [], start = [];
        for (int round = 0; round < bench.Options.Rounds; round++)
        {
            using (PwshSession pwsh = await PwshSession.StartAsync(bench.Sink))
            {
                start.Add((await pwsh.SendAsync(first, Parallel)).Wall.TotalMilliseconds);
                await pwsh.SendAsync(warmUp, Parallel);
                ours.Add((await pwsh.SendAsync(files, Parallel)).Wall.TotalSeconds);
            }

            floor.Add((await raw.SendAsync(bench.Sink.Upload, files, Parallel)).Wall.TotalSeconds);
            if (Curl.IsPresent)
                curl.Add((await Curl.SendAsync(bench.Sink.Upload, files, Parallel)).TotalSeconds);
        }

        string what = $"the first {count:N0} × {bytes / 1024} KB of a fresh pwsh, {Parallel} at once";
        double own = Sample.Median(ours);
        double? share = curl.Count > 0 ? Sample.Median(curl) / own : null;
        return
        [
            new($"{what}: documents a second", string.Empty, $"{count / own:0} (HttpClient {count / Sample.Median(floor):0})"),
            new(
                $"{what}: against curl --parallel", "at least 0.9 ×",
                share is { } measured ? $"{measured:0.00} ×" : "not measured", share is null ? null : share >= 0.9,
                share is null ? "curl is not installed here." : string.Empty),
            new($"the first upload of a fresh pwsh, {bytes / 1024} KB rounds", string.Empty, $"{Sample.Median(start):0} ms"),
        ];
    }
}
