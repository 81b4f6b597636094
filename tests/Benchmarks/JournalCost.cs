using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>
/// What a journal adds to a document, one at a time and eight at once: the same upload with a new journal and without one.
/// </summary>
internal static class JournalCost
{
    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench) =>
        [await CompareAsync(bench, bench.Options.Of(300), 1), await CompareAsync(bench, bench.Options.Of(2000), 8)];

    private static async Task<Finding> CompareAsync(Bench bench, int count, int parallel)
    {
        string[] files = bench.Documents(count, 100 * 1024);
        List<double> with = [], without = [];
        for (int round = 0; round <= bench.Options.Rounds; round++)
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("nanonets-journal-");
            try
            {
                bench.Module.Set("journal", Path.Combine(folder.FullName, "uploads.db"));
                TimeSpan plain = (await bench.Module.SendAsync(files, parallel)).Wall;
                TimeSpan kept = (await bench.Module.SendAsync(files, parallel, parameters: "-Journal $journal")).Wall;
                if (round == 0)
                    continue;
                without.Add(plain.TotalMilliseconds / count);
                with.Add(kept.TotalMilliseconds / count);
            }
            finally
            {
                folder.Delete(true);
            }
        }

        double cost = Sample.Median(with) - Sample.Median(without), disk = DiskWrite();
        return new($"a journal, {parallel} at once: time added to a document of 100 KB", "at most 3 ms",
            $"{cost:0.00} ms ({Sample.Median(with):0.00} against {Sample.Median(without):0.00} ms)", cost <= 3,
            "a document waits twice until what is written has reached the disk, before its first byte leaves and before its result does; "
                + $"uploads that are under way together share a wait. One takes {disk:0.0} ms on this disk.");
    }

    /// <summary>Milliseconds until a few written bytes have reached the disk.</summary>
    private static double DiskWrite()
    {
        string path = Path.GetTempFileName();
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            var times = new List<double>();
            for (int i = 0; i < 51; i++)
            {
                var watch = Stopwatch.StartNew();
                file.Write(new byte[4096]);
                file.Flush(true);
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            return Sample.Median(times);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
