using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Tests;

namespace Nanonets.Faults.Tests.Databases;

/// <summary>Senders on several machines with one journal: killed, stopped, side by side, with clocks apart.</summary>
public sealed class SenderTests(PostgreSqlCluster cluster)
{
    private static System.Threading.CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Killed_at_random_instants_nothing_is_lost_or_repeated() => KillAsync(kills: 3, documents: 30);

    [Fact(Explicit = true)]
    public Task Killed_at_fifty_random_instants_none_of_500_documents_is_lost_or_repeated() => KillAsync(kills: 50, documents: 500);

    [Fact]
    public Task Four_machines_share_a_folder() => ShareAsync(40);

    [Fact(Explicit = true)]
    public Task Four_machines_share_a_folder_of_1000() => ShareAsync(1000);

    /// <summary>
    /// Paused in the middle of its uploads for longer than its claims hold, its line cut meanwhile. Some of it had left and some not; the
    /// other machine takes over, and when the first wakes up nothing more of it leaves.
    /// </summary>
    [Theory]
    [InlineData(20)]
    [InlineData(200, Explicit = true)]
    public async Task An_owner_that_is_stopped_for_longer_than_its_claims_hold_sends_nothing_when_it_wakes(int documents)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no signal that stops a process on Windows.");
        await using DatabaseLab lab = await DatabaseLab.StartAsync(cluster);
        using var relay = new TcpRelay(() => cluster.Port);
        lab.Write(documents);
        lab.SlowDown(60);
        string direct = lab.Address;
        lab.Address = direct.Replace($":{cluster.Port}/", $":{relay.Port}/", StringComparison.Ordinal);
        SenderProcess owner = lab.Start(machine: 1);
        await owner.UntilSentAsync(8);
        owner.Signal("STOP");
        var stopped = Stopwatch.StartNew();
        relay.Cut();
        int charged = lab.Emulator.Billing.Charges.Count;
        await lab.ExpireAsync();
        lab.Emulator.Faults.Clear();

        lab.Address = direct;
        lab.Hurry();
        Dictionary<string, int> others = await lab.Start(machine: 2).EndAsync();
        lab.Check();
        int sentByNow = lab.Emulator.Billing.Charges.Count;
        relay.Mend();

        // The lease was ended by hand, long before its time. What the database confirmed before the stop counts for five real seconds.
        TimeSpan left = ClaimConfirmation.Life - stopped.Elapsed;
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, TestContext.Current.CancellationToken);
        owner.Signal("CONT");
        Dictionary<string, int> own = await owner.EndAsync();
        lab.Check();

        // What was on the wire may still have been stored; of what had not left completely nothing was.
        Assert.True(own.GetValueOrDefault("Accepted") + own.GetValueOrDefault("Found") < documents);
        Assert.Contains(owner.Lines, static line => line.StartsWith("stopped by The journal", StringComparison.Ordinal));
        int nights = await lab.SettleAsync(documents);
        Figures.Report($"stopped beyond its claims, {documents} documents: {charged} charged before, {sentByNow} when it woke; the other "
            + $"ended with {Words(others)}, the owner with {Words(own)}; all charged once after {nights} night(s)");
    }

    [Fact]
    public async Task Machines_whose_clocks_are_an_hour_apart_share_one_pace()
    {
        await using DatabaseLab lab = await DatabaseLab.StartAsync(
            cluster, static options => (options.PagesPerMinute, options.RateWindow) = (60, RateWindow.Sliding));
        lab.Hurry(20);
        lab.Write(90);
        Dictionary<string, int>[] ends = await Task.WhenAll(new[] { -60.0, 0.0, 60.0 }.Select((minutes, number) => lab.Start(
            number, order => order with { PagesPerMinute = 60, ClockWrongBy = TimeSpan.FromMinutes(minutes) }).EndAsync()));
        lab.Check();
        Assert.Equal(90, lab.Emulator.Billing.Charges.Count);
        Assert.Equal(90, ends.Sum(static end => end.GetValueOrDefault("Accepted")));
        int refused = lab.Emulator.Requests.All.Count(static request => request.Status == 429);
        Figures.Report($"three clocks an hour apart, 90 pages at 60 a minute: {string.Join("; ", ends.Select(Words))}; {refused} refused");
        Assert.InRange(refused, 0, 1);
    }

    private async Task KillAsync(int kills, int documents)
    {
        await using DatabaseLab lab = await DatabaseLab.StartAsync(cluster);
        lab.Write(documents);
        lab.SlowDown(40);
        var random = new Random(20250317);
        for (int kill = 0; kill < kills; kill++)
        {
            SenderProcess sender = lab.Start(machine: kill % 2);
            await sender.UntilSentAsync(random.Next(1, Math.Max(2, documents / kills)));
            await Task.Delay(random.Next(0, 12), Cancel);
            await sender.KillAsync();
            lab.Check();
            await lab.ExpireAsync();
        }

        int nights = await lab.SettleAsync(documents);
        Figures.Report($"{kills} kills among {documents} documents: all charged once after {nights} night(s)");
    }

    private async Task ShareAsync(int documents)
    {
        await using DatabaseLab lab = await DatabaseLab.StartAsync(cluster);
        lab.Write(documents);
        Dictionary<string, int>[] ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(machine => lab.Start(machine).EndAsync()));
        lab.Check();
        Assert.Equal(documents, lab.Emulator.Billing.Charges.Count);
        Assert.All(ends, end => Assert.Equal(documents, end.Values.Sum()));
        Assert.Equal(documents, ends.Sum(static end => end.GetValueOrDefault("Accepted")));
        Assert.Equal(documents, lab.Accepted());
        Figures.Report($"four machines, {documents} documents: {string.Join("; ", ends.Select(Words))}");
    }

    private static string Words(Dictionary<string, int> ends) =>
        string.Join(' ', ends.OrderBy(static end => end.Key).Select(static end => $"{end.Key} {end.Value}"));
}
