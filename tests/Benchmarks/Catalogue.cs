using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Listing;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>Every benchmark by the name <c>--only</c> takes.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<(string Name, Func<Bench, Task<IEnumerable<Finding>>> Run)> All { get; } =
    [
        ("upload", Uploads.RunAsync),
        ("fresh", FreshProcess.RunAsync),
        ("many", ManyDocuments.RunAsync),
        ("large", LargeFile.RunAsync),
        ("start", FirstByte.RunAsync),
        ("stop", Stopping.RunAsync),
        ("progress", ProgressCost.RunAsync),
        ("import", ImportModule.RunAsync),
        ("listing", LongListing.RunAsync),
        ("journal", JournalCost.RunAsync),
        ("resume", JournalResume.RunAsync),
        ("wait", Waiting.RunAsync),
    ];
}
