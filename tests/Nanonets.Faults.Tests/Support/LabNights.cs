using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests.Support;

/// <summary>Nights that most rows have in common.</summary>
internal static class LabNights
{
    /// <summary>Documents of a usual night, spread over time by a known pace, so that there is a before and an after.</summary>
    public static SendingOptions Over(TimeSpan time, int documents) =>
        new() { PagesPerMinute = Math.Max(1, (int)Math.Ceiling(documents / time.TotalMinutes)) };

    /// <summary>The next nights, with nothing wrong any more and some new documents each: until nothing is open.</summary>
    /// <returns>How many nights it took.</returns>
    public static async Task<int> SettleAsync(this Lab lab, IReadOnlyList<UploadSource> documents, int mostNights = 2)
    {
        UploadSource[] all = [.. documents];
        for (int night = 1; ; night++)
        {
            lab.Mend(TimeSpan.FromHours(22));
            all = [.. all, .. lab.Documents(12, 90_000 + (100 * night))];
            Night next = await lab.NightAsync(all, Over(TimeSpan.FromMinutes(30), 12));
            if (next.Ends.All(static end => end.Outcome.HasPages))
            {
                // Everything was charged once: that nothing was charged twice is checked after each night.
                Assert.Equal(all.Length, lab.Charges);
                return night;
            }

            IEnumerable<string> open = next.Ends.Where(static end => !end.Outcome.HasPages)
                .Select(static end => $"{end.Document.Source} {end.Outcome.End} {end.Outcome.Error?.Message}");
            Assert.True(night < mostNights, $"Still open: {string.Join("; ", open)}");
        }
    }
}
