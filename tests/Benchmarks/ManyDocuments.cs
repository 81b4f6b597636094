using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Contenders;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>
/// Very many documents through one pipeline of a real pwsh: what stays in memory of each, and whether the time is linear.
/// </summary>
internal static class ManyDocuments
{
    private const double MostMegabytes = 4;
    private const double MostTimes = 1.5;

    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench) =>
        [.. await SendAsync(bench, bench.Options.Of(1_000_000), false), .. await SendAsync(bench, bench.Options.Of(200_000), true)];

    private static async Task<IEnumerable<Finding>> SendAsync(Bench bench, int count, bool withJournal)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nanonets-many-");
        try
        {
            string? journal = withJournal ? Path.Combine(folder.FullName, "uploads.db") : null;
            Make(Path.Combine(folder.FullName, "in"), count);
            using PwshSession pwsh = await PwshSession.StartAsync(bench.Sink);
            (double Seconds, double Megabytes)[] marks = await pwsh.SendManyAsync(Path.Combine(folder.FullName, "in"), count / 4, journal);

            // The first quarter is warm-up; a table that doubles makes steps, so that the mean over the rest is what a document costs.
            double growth = (marks[^1].Megabytes - marks[0].Megabytes) / (count * 0.75) * 100_000;
            double times = (marks[^1].Seconds - marks[^2].Seconds) / (marks[1].Seconds - marks[0].Seconds);
            string what = $"{count:N0} documents in one pipeline, {(withJournal ? "with" : "without")} a journal";
            return
            [
                new($"{what}: memory for each further 100,000", $"at most {MostMegabytes:0} MB", $"{growth:0.0} MB",
                    growth <= MostMegabytes),
                new($"{what}: time of the last quarter", $"at most {MostTimes} × that of the second", $"{times:0.00} ×",
                    times <= MostTimes),
            ];
        }
        finally
        {
            folder.Delete(true);
        }
    }

    /// <summary>A thousand documents a folder, each of its own content.</summary>
    private static void Make(string folder, int count)
    {
        for (int i = 0; i < count; i++)
        {
            string path = Path.Combine(folder, $"{i / 1000:0000}");
            if (i % 1000 == 0)
                Directory.CreateDirectory(path);
            File.WriteAllText(Path.Combine(path, $"{i % 1000:000}.pdf"), string.Create(CultureInfo.InvariantCulture, $"%PDF-1.7\n{i}"));
        }
    }
}
