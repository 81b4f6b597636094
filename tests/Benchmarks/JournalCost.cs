using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Contenders;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>
/// What a journal adds to a document, one at a time and eight at once: the same upload with a new journal and without one, in a file and in
/// a database on the same machine.
/// </summary>
internal static class JournalCost
{
    private const string Goal = "at most 3 ms";

    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nanonets-journal-");
        await using JournalDatabase? database = await JournalDatabase.StartAsync();
        int journals = 0;
        try
        {
            List<Finding> findings = [];
            foreach ((int count, int parallel) in ((int, int)[])[(300, 1), (2000, 8)])
            {
                findings.Add(await CompareAsync(
                    bench, bench.Options.Of(count), parallel, "a journal", () => Path.Combine(folder.FullName, $"uploads-{++journals}.db"),
                    Goal, "a document waits twice until what is written has reached the disk, before its first byte leaves and before its "
                        + "result does; uploads that are under way together share a wait."));
                if (database is not null)
                {
                    findings.Add(await CompareAsync(
                        bench, bench.Options.Of(count), parallel, "a journal in a database", () => database.Address($"j{++journals}"),
                        parallel == 1 ? string.Empty : Goal, "the same over a connection to a server on this machine, which shares its two "
                            + "processors, and once more just before the last bytes leave."));
                }
            }

            return findings;
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static async Task<Finding> CompareAsync(
        Bench bench, int count, int parallel, string name, Func<string> newJournal, string goal, string note)
    {
        string[] files = bench.Documents(count, 100 * 1024);
        List<double> with = [], without = [];
        for (int round = 0; round <= bench.Options.Rounds; round++)
        {
            // Made before: what is measured is a document, not the making of tables.
            bench.Module.Set("journal", newJournal());
            await bench.Module.SendAsync(bench.Documents(1, 1024), 1, parameters: "-Journal $journal");
            TimeSpan plain = (await bench.Module.SendAsync(files, parallel)).Wall;
            TimeSpan kept = (await bench.Module.SendAsync(files, parallel, parameters: "-Journal $journal")).Wall;
            if (round == 0)
                continue;
            without.Add(plain.TotalMilliseconds / count);
            with.Add(kept.TotalMilliseconds / count);
        }

        double cost = Sample.Median(with) - Sample.Median(without), disk = DiskWrite();
        return new($"{name}, {parallel} at once: time added to a document of 100 KB", goal,
            $"{cost:0.00} ms ({Sample.Median(with):0.00} against {Sample.Median(without):0.00} ms)", goal.Length > 0 ? cost <= 3 : null,
            $"{note} One wait takes {disk:0.0} ms on this disk.");
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
