using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Faults.Tests.Support;
using Nanonets.Tests;

namespace Nanonets.Faults.Tests.Databases;

/// <summary>The database of a journal goes away in the middle of a night: killed, cut off, its rights taken.</summary>
[Collection(nameof(ServerTests))]
[CollectionDefinition(nameof(ServerTests), DisableParallelization = true)]
public sealed class ServerTests(PostgreSqlCluster cluster)
{
    private static System.Threading.CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 30)]
    [InlineData(10, 300, Explicit = true)]
    public async Task A_server_that_is_killed_and_starts_again_does_not_end_the_run(int kills, int documents)
    {
        await using DatabaseLab lab = await DatabaseLab.StartAsync(cluster);
        lab.Write(documents);
        lab.SlowDown(30);
        SenderProcess sender = lab.Start();
        for (int kill = 0; kill < kills; kill++)
        {
            await sender.UntilSentAsync(documents / (kills + 1));
            await cluster.KillAsync();
            await cluster.StartAgainAsync();
        }

        Dictionary<string, int> ends = await sender.EndAsync();
        lab.Check();
        Assert.Equal(documents, ends.GetValueOrDefault("Accepted"));
        Assert.Equal((documents, documents), (lab.Emulator.Billing.Charges.Count, lab.Accepted()));
        Assert.Equal(1, await lab.SettleAsync(documents));
        Figures.Report($"{kills} kill(s) of the server, {documents} documents: all accepted in one run");
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(5, true, Explicit = true)]
    [InlineData(60, false, Explicit = true)]
    public async Task A_line_that_is_cut_for_a_while(double seconds, bool goesOn)
    {
        await using DatabaseLab lab = await DatabaseLab.StartAsync(cluster);
        using var relay = new TcpRelay(() => cluster.Port);
        lab.Address = lab.Address.Replace($":{cluster.Port}/", $":{relay.Port}/", StringComparison.Ordinal);
        lab.Write(30);
        lab.SlowDown(30);
        SenderProcess sender = lab.Start();
        await sender.UntilSentAsync(10);
        relay.Cut();
        int posts = Posts(lab);
        await Task.Delay(TimeSpan.FromSeconds(seconds), Cancel);
        Assert.InRange(Posts(lab), posts, posts + 5);
        relay.Mend();
        Dictionary<string, int> ends = await sender.EndAsync();
        lab.Check();
        Assert.Equal(goesOn ? 30 : 0, goesOn ? ends.GetValueOrDefault("Accepted") : 0);
        Assert.Equal(!goesOn, sender.Lines.Any(static line => line.StartsWith("stopped by The journal", StringComparison.Ordinal)));
        int nights = await lab.SettleAsync(30);
        Figures.Report($"a line cut for {seconds} s: {string.Join(' ', ends)}; all charged once after {nights} night(s)");
    }

    [Fact]
    public async Task A_line_that_is_cut_for_good_stops_the_run_before_the_next_upload_and_what_is_paid_for_comes_out()
    {
        await using DatabaseLab lab = await DatabaseLab.StartAsync(cluster);
        using var relay = new TcpRelay(() => cluster.Port);
        string direct = lab.Address;
        lab.Address = direct.Replace($":{cluster.Port}/", $":{relay.Port}/", StringComparison.Ordinal);
        lab.Lease = TimeSpan.FromSeconds(3);
        lab.Write(30);
        lab.SlowDown(30);
        SenderProcess sender = lab.Start();
        await sender.UntilSentAsync(10);
        relay.Cut();
        Dictionary<string, int> ends = await sender.EndAsync();
        lab.Check();
        Assert.Equal(30, ends.Values.Sum());

        // Five at once: so many may have been under way. Each that the service has was told to the user, or is the next run's to find.
        Assert.InRange(lab.Emulator.Billing.Charges.Count, 5, 15);
        Assert.InRange(ends["Unsent"], 15, 25);
        Assert.Equal(lab.Emulator.Billing.Charges.Count, ends.GetValueOrDefault("Accepted") + ends.GetValueOrDefault("Held"));
        Assert.Contains(sender.Lines, static line => line.StartsWith("stopped by The journal", StringComparison.Ordinal));

        lab.Address = direct;
        await lab.ExpireAsync();
        int nights = await lab.SettleAsync(30);
        Figures.Report($"a line cut for good: {string.Join(' ', ends)}; all charged once after {nights} night(s)");
    }

    [Fact]
    public async Task Rights_that_are_taken_away_stop_the_run_and_the_next_one_goes_on()
    {
        await using DatabaseLab lab = await DatabaseLab.StartAsync(cluster);
        string role = $"r_{Guid.NewGuid():N}";
        await cluster.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'x'; GRANT CREATE ON DATABASE postgres TO {role}");
        lab.Address = lab.Address.Replace("postgres@", $"{role}:x@", StringComparison.Ordinal);
        lab.Write(30);
        lab.SlowDown(30);
        SenderProcess sender = lab.Start();
        await sender.UntilSentAsync(10);
        await cluster.ExecuteAsync($"ALTER TABLE {lab.Schema}.entry OWNER TO postgres");
        Dictionary<string, int> ends = await sender.EndAsync();
        lab.Check();
        Assert.True(ends["Unsent"] > 0, string.Join(' ', ends));
        Assert.Contains(sender.Lines, static line => line.Contains("the account may not do this", StringComparison.Ordinal));
        await cluster.ExecuteAsync($"ALTER TABLE {lab.Schema}.entry OWNER TO {role}");
        await lab.SettleAsync(30);
    }

    private static int Posts(DatabaseLab lab) => lab.Emulator.Requests.All.Count(static request => request.Route == "LabelFile");
}
