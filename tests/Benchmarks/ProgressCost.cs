using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>What showing progress costs.</summary>
internal static class ProgressCost
{
    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        string[] files = bench.Documents(bench.Options.Of(2000), 100 * 1024);
        List<double> on = [], off = [];
        for (int round = 1 - bench.Options.WarmUps; round <= bench.Options.Rounds; round++)
        {
            // Whoever comes second in a round may find things warmer: they take turns.
            double? hidden = round % 2 == 0 ? null : await SendAsync(bench, files, "SilentlyContinue");
            double shown = await SendAsync(bench, files, "Continue");
            hidden ??= await SendAsync(bench, files, "SilentlyContinue");
            if (round <= 0)
                continue;
            on.Add(shown);
            off.Add(hidden.Value);
        }

        double cost = (Sample.Median(on) / Sample.Median(off)) - 1;
        return [new("progress shown against hidden", "at most 2 % more time",
            $"{cost:+0.0 %;-0.0 %} ({Sample.Median(on):0.00} s against {Sample.Median(off):0.00} s)", cost <= 0.02)];
    }

    private static async Task<double> SendAsync(Bench bench, string[] files, string preference) =>
        (await bench.Module.SendAsync(files, 8, $"$ProgressPreference = '{preference}'")).Wall.TotalSeconds;
}
