using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Faults.Tests.Support;
using Nanonets.Journal.PostgreSql;
using Nanonets.Journaling;
using Nanonets.Tests;

namespace Nanonets.Faults.Tests.Databases;

/// <summary>
/// Another server takes the place of the journal's: a standby that was behind, or a pooler between. Run by hand, since each needs a second
/// server.
/// </summary>
[Collection(nameof(ServerTests))]
public sealed class CopyTests(PostgreSqlCluster cluster)
{
    private static System.Threading.CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>
    /// The standby stops following, the primary goes on, dies, and the standby takes its place: it lacks what was written last, and says so
    /// to runs of old and of new machines.
    /// </summary>
    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_failover_to_a_server_that_was_behind_repeats_nothing(int nextMachine)
    {
        await using DatabaseLab lab = await DatabaseLab.StartAsync(cluster);
        lab.Write(20);
        Assert.Equal(20, (await lab.Start(machine: 1).EndAsync())["Accepted"]);
        string copy = Path.Combine(cluster.Root, $"standby-{Guid.NewGuid():N}");
        int port = PostgreSqlCluster.FreePort();
        await cluster.AsServerAsync(
            "pg_basebackup", "-D", copy, "-R", "-h", "127.0.0.1", "-p", $"{cluster.Port}", "-U", "postgres", "-c", "fast");
        await cluster.ExecuteAsync("SELECT pg_switch_wal()");

        // Twenty more, which the standby never hears of; some of them are under way when the primary dies.
        lab.Write(20, from: 20);
        lab.SlowDown(40);
        string primary = lab.Address;
        lab.Address = primary.Replace("127.0.0.1:", $"127.0.0.1:{port},127.0.0.1:", StringComparison.Ordinal);
        SenderProcess sender = lab.Start(machine: 1);
        await sender.UntilSentAsync(12);
        await cluster.StopAsync();
        try
        {
            await cluster.StartAsync(copy, port);
            await cluster.AsServerAsync("pg_ctl", "promote", "-w", "-s", "-D", copy);
            Dictionary<string, int> ends = await sender.EndAsync();
            lab.Check();
            Assert.Contains(
                sender.Lines, static line => line.StartsWith("stopped by", StringComparison.Ordinal)
                    && line.Contains("put back to an earlier state", StringComparison.Ordinal));
            int charged = lab.Emulator.Billing.Charges.Count;
            lab.Emulator.Faults.Clear();

            // The same machine, or one that has never seen this journal.
            Dictionary<string, int> next = await lab.Start(nextMachine).EndAsync();
            lab.Check();
            Assert.Equal(40, next.Values.Sum());
            await lab.ExpireAsync(port);
            int nights = await lab.SettleAsync(40);
            Figures.Report($"failover to a server that was behind: {charged} charged before; then {string.Join(' ', ends)}; the next run "
                + $"{string.Join(' ', next)}; all charged once after {nights} night(s)");
        }
        finally
        {
            if (File.Exists(Path.Combine(copy, "postmaster.pid")))
                await cluster.StopAsync(data: copy);
            await cluster.StartAsync();
        }
    }

    [Theory(Explicit = true)]
    [InlineData(100)]
    public async Task A_pooler_in_transaction_mode_does_no_harm(int documents)
    {
        const string program = "/usr/sbin/pgbouncer";
        Assert.SkipUnless(File.Exists(program), "There is no pgbouncer. Install it (Debian: apt-get install pgbouncer).");
        await using DatabaseLab lab = await DatabaseLab.StartAsync(cluster);
        int port = PostgreSqlCluster.FreePort();
        string settings = Path.Combine(cluster.Root, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            * = host=127.0.0.1 port={cluster.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            auth_type = any
            pool_mode = transaction
            default_pool_size = 2
            server_reset_query_always = 1
            server_lifetime = 1
            logfile = {cluster.Root}/pgbouncer.log
            pidfile = {cluster.Root}/pgbouncer.pid
            unix_socket_dir =
            """.Replace("* = ", "postgres = user=postgres ", StringComparison.Ordinal), Cancel);
        await cluster.AsServerAsync(program, "-d", "-q", settings);
        try
        {
            lab.Address = lab.Address.Replace($":{cluster.Port}/", $":{port}/", StringComparison.Ordinal);
            lab.Write(documents);
            Dictionary<string, int>[] ends = await Task.WhenAll(lab.Start(1).EndAsync(), lab.Start(2).EndAsync(), lab.Start(3).EndAsync());
            lab.Check();
            Assert.Equal(documents, ends.Sum(static end => end.GetValueOrDefault("Accepted")));
            Assert.Equal((documents, documents), (lab.Emulator.Billing.Charges.Count, lab.Accepted()));
            Figures.Report($"pgbouncer in transaction mode, two connections for three machines, {documents} documents: "
                + string.Join("; ", ends.Select(static end => string.Join(' ', end))));
        }
        finally
        {
            await cluster.AsServerAsync("/bin/kill", (await File.ReadAllTextAsync($"{cluster.Root}/pgbouncer.pid", Cancel)).Trim());
        }
    }

    /// <summary>The table of entries lies on a disk of its own, of a few megabytes.</summary>
    [Fact(Explicit = true)]
    public async Task A_full_disk_on_the_server_stops_the_run_and_the_next_one_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can make a disk of a few megabytes.");
        await using DatabaseLab lab = await DatabaseLab.StartAsync(cluster);
        PostgreSqlJournal.Open(JournalLocation.OfDatabase(lab.Address)).Dispose();
        string disk = Directory.CreateDirectory(Path.Combine(cluster.Root, "small-disk")).FullName;
        string space = $"small_{Guid.NewGuid():N}";
        await PostgreSqlCluster.RunAsync("mount", "-t", "tmpfs", "-o", "size=600k,uid=nobody", "tmpfs", disk);
        try
        {
            await cluster.ExecuteAsync($"CREATE TABLESPACE {space} LOCATION '{disk}'");
            await cluster.ExecuteAsync($"ALTER TABLE {lab.Schema}.entry SET TABLESPACE {space}");
            await PostgreSqlCluster.RunAsync("sh", "-c", $"head -c 550K /dev/zero > {disk}/filler; true");
            lab.Write(400);
            Dictionary<string, int> ends = await lab.Start().EndAsync();
            lab.Check();
            Assert.True(ends["Unsent"] > 0, string.Join(' ', ends));
            Assert.Equal(400, ends.Values.Sum());
            int charged = lab.Emulator.Billing.Charges.Count;
            await PostgreSqlCluster.RunAsync("mount", "-o", "remount,size=50m", disk);
            File.Delete(Path.Combine(disk, "filler"));
            await lab.ExpireAsync();
            int nights = await lab.SettleAsync(400);
            Figures.Report($"full disk of the server: {charged} charged before, {ends["Unsent"]} unsent; all charged once after {nights} "
                + "night(s)");
        }
        finally
        {
            await cluster.ExecuteAsync($"DROP SCHEMA {lab.Schema} CASCADE");
            await cluster.ExecuteAsync($"DROP TABLESPACE IF EXISTS {space}");
            await PostgreSqlCluster.RunAsync("umount", disk);
        }
    }
}
