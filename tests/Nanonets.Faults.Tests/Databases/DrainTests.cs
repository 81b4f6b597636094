using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Tests;

namespace Nanonets.Faults.Tests.Databases;

/// <summary>Four senders that share a journal share the pages of a minute. In real time, by hand: each takes over three minutes.</summary>
public sealed class DrainTests(PostgreSqlCluster cluster)
{
    private const int Pages = 600;
    private const int PagesPerMinute = 150;

    [Fact(Explicit = true)]
    public Task Four_machines_with_a_database_drain_600_pages_at_150_a_minute() => DrainAsync("database", isKnown: true);

    [Fact(Explicit = true)]
    public Task Four_machines_with_a_database_learn_the_limit() => DrainAsync("database", isKnown: false);

    [Fact(Explicit = true)]
    public Task Four_processes_with_a_file_drain_600_pages_at_150_a_minute() => DrainAsync("file", isKnown: true);

    [Fact(Explicit = true)]
    public Task Four_processes_with_a_file_learn_the_limit() => DrainAsync("file", isKnown: false);

    private async Task DrainAsync(string journal, bool isKnown)
    {
        await using DatabaseLab lab = await DatabaseLab.StartAsync(
            cluster, static options => (options.PagesPerMinute, options.RateWindow) = (PagesPerMinute, RateWindow.Sliding));
        if (journal == "file")
            lab.Address = Path.Combine(Path.GetDirectoryName(lab.Documents)!, "uploads.db");
        for (int machine = 0; machine < 4; machine++)
            lab.Write(Pages / 4, machine * Pages / 4, $"in-{machine}");
        DateTimeOffset began = DateTimeOffset.UtcNow;
        Dictionary<string, int>[] ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(machine => lab.Start(
            machine, order => order with
            {
                Folder = lab.Documents + $"-{machine}", PagesPerMinute = isKnown ? PagesPerMinute : null,
            }).EndAsync()));
        lab.Check();
        Assert.Equal(Pages, lab.Emulator.Billing.Charges.Count);
        Assert.All(ends, static end => Assert.Equal(Pages / 4, end.GetValueOrDefault("Accepted")));
        LoggedRequest[] posts = [.. lab.Emulator.Requests.All.Where(static request => request.Route == "LabelFile")];
        LoggedRequest[] refused = [.. posts.Where(static post => post.Status == 429)];
        DateTimeOffset learned = refused.Length > 0 ? refused[0].ReceivedAt + TimeSpan.FromMinutes(1) : began;
        int later = refused.Count(post => post.ReceivedAt > learned);

        // The first minute's pages go at once.
        double ideal = ((double)Pages / PagesPerMinute) - 1;
        double took = (posts.Max(static post => post.ReceivedAt) - posts.Min(static post => post.ReceivedAt)).TotalMinutes;
        Figures.Report($"{journal}, limit {(isKnown ? "known" : "learned")}: {Pages} pages at {PagesPerMinute} a minute by four senders: "
            + $"{took:0.00} min, ideal {ideal:0.00} ({took / ideal:0.000}); refused {refused.Length}, after the first window {later}");
        Assert.InRange(later, 0, Pages / 100);
        Assert.InRange(took, ideal * 0.9, ideal * 1.1);
    }
}
