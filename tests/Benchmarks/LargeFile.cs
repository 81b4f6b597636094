using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Contenders;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>One very large file: time beside raw HttpClient, and memory over what the process had before.</summary>
internal static class LargeFile
{
    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        int megabytes = bench.Options.Of(1024);
        string[] files = bench.Documents(1, megabytes * 1024L * 1024);
        using var raw = new RawHttpClient();
        List<double> ours = [], floor = [], growth = [], rawGrowth = [];
        for (int round = 0; round <= bench.Options.Rounds; round++)
        {
            await using (var memory = new MemoryWatch())
            {
                double time = (await bench.Module.SendAsync(files, 1)).Wall.TotalSeconds;
                if (round > 0)
                {
                    ours.Add(time);
                    growth.Add(memory.GrowthInMegabytes);
                }
            }

            await using (var memory = new MemoryWatch())
            {
                double time = (await raw.SendAsync(bench.Sink.Upload, files, 1)).Wall.TotalSeconds;
                if (round > 0)
                {
                    floor.Add(time);
                    rawGrowth.Add(memory.GrowthInMegabytes);
                }
            }
        }

        double own = Sample.Median(ours), other = Sample.Median(floor);
        return
        [
            new($"one file of {megabytes:N0} MB: time", "at most 1.15 × raw HttpClient",
                $"{own:0.00} s against {other:0.00} s ({own / other:0.00} ×)", own <= 1.15 * other),
            new($"one file of {megabytes:N0} MB: highest memory over idle", "at most 32 MB",
                $"{growth.Max():0.0} MB (HttpClient {rawGrowth.Max():0.0} MB)", growth.Max() <= 32),
        ];
    }
}
