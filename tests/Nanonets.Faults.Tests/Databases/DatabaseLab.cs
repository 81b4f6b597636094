using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Journal.PostgreSql;
using Nanonets.Journaling;
using Nanonets.Tests;

[assembly: AssemblyFixture(typeof(PostgreSqlCluster))]

namespace Nanonets.Faults.Tests.Databases;

/// <summary>
/// Senders as processes of their own, each with a state folder as on a machine of its own, over one folder and one journal in a database.
/// After everything that goes wrong the same promises hold.
/// </summary>
internal sealed class DatabaseLab : IAsyncDisposable
{
    private const double Fast = 600;

    private readonly PostgreSqlCluster _cluster;
    private readonly string _root = Directory.CreateTempSubdirectory("nanonets-faults-").FullName;
    private readonly List<SenderProcess> _senders = [];
    private FastTime _time = new(1, DateTimeOffset.UtcNow);
    private int? _port;

    private DatabaseLab(PostgreSqlCluster cluster, EmulatorServer emulator, string schema) =>
        (_cluster, Emulator, Schema, Address) = (cluster, emulator, schema, cluster.Address(schema));

    public EmulatorServer Emulator { get; }

    public string Schema { get; }

    /// <summary>The journal, as the next sender reaches it.</summary>
    public string Address { get; set; }

    /// <summary>How long a run may be silent.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    public string Documents => Path.Combine(_root, "in");

    public static async Task<DatabaseLab> StartAsync(PostgreSqlCluster cluster, Action<EmulatorOptions>? configure = null)
    {
        cluster.NeedOwn();
        DatabaseLab? lab = null;
        var options = new EmulatorOptions
        {
            AcceptAnyContent = true, ProcessingTimePerPage = TimeSpan.Zero,
            TimeProvider = FastTime.ForEmulator(() => lab?._time ?? new FastTime(1, DateTimeOffset.UtcNow)),
        };
        configure?.Invoke(options);
        EmulatorServer emulator = await EmulatorServer.StartAsync(options, TestContext.Current.CancellationToken);
        return lab = new DatabaseLab(cluster, emulator, $"t_{Guid.NewGuid():N}");
    }

    /// <summary>Uploads take their time, before and after they are stored, so that what goes wrong meets them in every state.</summary>
    public void SlowDown(int milliseconds)
    {
        TimeSpan delay = TimeSpan.FromMilliseconds(milliseconds);
        Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Delay, Delay = delay, Route = "LabelFile", Probability = 0.5, Seed = 1 });
        Emulator.Faults.Add(new FaultRule { Kind = FaultKind.DelayAfter, Delay = delay, Route = "LabelFile", Seed = 2 });
    }

    /// <summary>Starts a sender on a machine of that number.</summary>
    public SenderProcess Start(int machine = 0, Func<SenderOrder, SenderOrder>? change = null)
    {
        var order = new SenderOrder
        {
            Journal = Address, Folder = Documents, Api = Emulator.ApiUri, Model = Emulator.Options.ModelId, Time = _time, Lease = Lease,
        };
        SenderProcess sender = SenderProcess.Start(
            change?.Invoke(order) ?? order, Emulator.Options.ApiKey, ("NANONETS_STATE_FOLDER", Path.Combine(_root, $"state-{machine}")));
        _senders.Add(sender);
        return sender;
    }

    /// <summary>From now on time passes fast.</summary>
    public void Hurry(double factor = Fast) => _time = _time.At(factor);

    public void Write(int documents, int from = 0, string folder = "in")
    {
        Directory.CreateDirectory(Path.Combine(_root, folder));
        for (int number = from; number < from + documents; number++)
            File.WriteAllText(Path.Combine(_root, folder, $"doc-{number:00000}.pdf"), $"%PDF-1.4\n{number}\n");
    }

    /// <summary>The nights after, until nothing is open and every document is charged once.</summary>
    /// <param name="documents">How many there were.</param>
    /// <returns>How many nights it took.</returns>
    public async Task<int> SettleAsync(int documents)
    {
        Emulator.Faults.Clear();
        Hurry();
        for (int night = 1; ; night++)
        {
            Dictionary<string, int> ends = await Start(change: static order => order with { PagesPerMinute = 1 }).EndAsync();
            Check();
            if (ends.GetValueOrDefault("Held") + ends.GetValueOrDefault("Elsewhere") + ends.GetValueOrDefault("Unsent") == 0)
            {
                Assert.Equal(documents, Emulator.Billing.Charges.Count);
                Assert.Equal(documents, Accepted());
                return night;
            }

            Assert.True(night < 6, string.Join('\n', _senders[^1].Lines));
            await ExpireAsync();

            // With new documents, over a quarter of an hour of the senders' time: so long it takes until a missing one may go again.
            if (ends.ContainsKey("Held"))
            {
                Write(16, 90_000 + (100 * night));
                documents += 16;
            }
        }
    }

    /// <summary>Whoever is silent has been so for long enough.</summary>
    public Task<object?> ExpireAsync(int? port = null)
    {
        _port = port ?? _port;
        return ExpireAsync(_cluster, Schema, _port);
    }

    /// <summary>The same in any journal.</summary>
    public static Task<object?> ExpireAsync(PostgreSqlCluster cluster, string schema, int? port = null) => cluster.ExecuteAsync(
        $"UPDATE {schema}.run SET expires_at = clock_timestamp() - interval '1 s' WHERE ended_at IS NULL", port);

    /// <summary>What holds at any moment: nothing is charged twice, and nobody has said the key.</summary>
    public void Check()
    {
        Assert.Empty(Emulator.Billing.ChargedTwice);
        string key = Emulator.Options.ApiKey;
        foreach (string secret in (string[])[key, Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":"))])
        {
            Assert.All(_senders.SelectMany(static sender => sender.Lines),
                line => Assert.DoesNotContain(secret, line, StringComparison.Ordinal));
        }
    }

    public int Accepted()
    {
        using PostgreSqlJournal journal = PostgreSqlJournal.OpenReadOnly(JournalLocation.OfDatabase(Address));
        return journal.Query(new JournalQuery { States = [UploadState.Accepted] }).Count();
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SenderProcess sender in _senders)
        {
            if (!sender.HasEnded)
                await sender.KillAsync();
            sender.Dispose();
        }

        await Emulator.DisposeAsync();
        Directory.Delete(_root, true);
    }
}
