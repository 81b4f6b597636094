using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Journal;
using Nanonets.Journaling;

namespace Nanonets.Faults.Tests;

/// <summary>Senders as processes of their own that are killed, stopped and run side by side, all on one journal and one folder.</summary>
public sealed class ProcessTests : IAsyncLifetime
{
    private const double Fast = 200;

    private readonly string _root = Directory.CreateTempSubdirectory("nanonets-faults-").FullName;
    private EmulatorServer? _emulator;

    /// <summary>As fast as the machine's until what is to go wrong has gone wrong; the nights after it pass faster.</summary>
    private FastTime _time = new(1, DateTimeOffset.UtcNow);

    private EmulatorServer Emulator => _emulator!;

    private string Journal => Path.Combine(_root, "uploads.db");

    private string Documents => Path.Combine(_root, "in");

    public async ValueTask InitializeAsync() => _emulator = await EmulatorServer.StartAsync(
        new EmulatorOptions { AcceptAnyContent = true, ProcessingTimePerPage = TimeSpan.Zero,
            TimeProvider = FastTime.ForEmulator(() => _time) }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
            await _emulator.DisposeAsync();
        Directory.Delete(_root, true);
    }

    [Fact]
    public Task Killed_at_random_instants_nothing_is_lost_or_repeated() => KillAsync(kills: 3, documents: 40);

    [Fact(Explicit = true)]
    public Task Killed_at_fifty_random_instants_none_of_500_documents_is_lost_or_repeated() => KillAsync(kills: 50, documents: 500);

    [Fact]
    public Task Two_processes_share_a_folder_and_a_journal() => ShareAsync(40);

    [Fact(Explicit = true)]
    public Task Two_processes_share_a_folder_of_500_and_a_journal() => ShareAsync(500);

    [Fact]
    public Task A_process_that_is_stopped_for_ten_minutes_keeps_its_claims() => StopAsync(30, Fast);

    [Fact(Explicit = true)]
    public Task A_process_that_is_stopped_for_ten_minutes_keeps_its_claims_among_500() => StopAsync(500, Fast);

    [Fact(Explicit = true)]
    public Task A_process_that_is_stopped_for_ten_minutes_of_the_machine_keeps_its_claims() => StopAsync(100, 1);

    private async Task KillAsync(int kills, int documents)
    {
        Write(documents);

        // Uploads that take their time, before and after they are stored, so that a kill meets them in every state.
        Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(40), Route = "LabelFile",
            Probability = 0.5, Seed = 1 });
        Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.DelayAfter, Delay = TimeSpan.FromMilliseconds(40), Route = "LabelFile", Seed = 2 });
        var random = new Random(20250317);
        int killed = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            using SenderProcess sender = SenderProcess.Start(Order(), Emulator.Options.ApiKey);
            await sender.UntilSentAsync(random.Next(1, Math.Max(2, documents / kills)));
            await Task.Delay(random.Next(0, 12), TestContext.Current.CancellationToken);
            await sender.KillAsync();
            killed++;
            CheckCharges();
        }

        // Begun again each time without delay; only now do hours pass.
        _time = _time.At(Fast);
        int open = (await SendAsync(Order())).GetValueOrDefault("Held");
        int nights = await SettleAsync(documents);
        Assert.Empty(Directory.EnumerateFiles(_root, "*.lock"));
        Figures.Report($"{killed} kills among {documents} documents: {documents} charged once; {open} held after the last run, none "
            + $"after {nights} more night(s)");
    }

    private async Task ShareAsync(int documents)
    {
        _time = _time.At(Fast);
        Write(documents);
        using SenderProcess first = SenderProcess.Start(Order(), Emulator.Options.ApiKey);
        using SenderProcess second = SenderProcess.Start(Order(), Emulator.Options.ApiKey);
        Dictionary<string, int>[] ends = await Task.WhenAll(first.EndAsync(), second.EndAsync());
        CheckCharges();
        Assert.Equal(documents, Emulator.Billing.Charges.Count);
        Assert.All(ends, end => Assert.Equal(documents, end.Values.Sum()));
        Assert.Equal(documents, ends.Sum(static end => end.GetValueOrDefault("Accepted")));
        CheckWords(first, second);
        Figures.Report($"two processes, {documents} documents: {ends[0].GetValueOrDefault("Accepted")} and "
            + $"{ends[1].GetValueOrDefault("Accepted")} sent, "
            + $"{ends.Sum(static end => end.GetValueOrDefault("Elsewhere"))} left to the other");
    }

    private async Task StopAsync(int documents, double factor)
    {
        _time = _time.At(factor);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no signal that stops a process on Windows.");
        Write(documents);

        // Stopped when all it has in flight is stored and not answered; the answers come while it is stopped.
        FaultRule slow = Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.DelayAfter, Delay = TimeSpan.FromMinutes(9), Route = "LabelFile", From = 4 });
        SenderOrder order = Order() with { Timeout = TimeSpan.FromSeconds(_time.Factor > 1 ? 500 : 100) };
        using SenderProcess owner = SenderProcess.Start(order, Emulator.Options.ApiKey);
        await owner.UntilSentAsync(3 + order.Throttle);
        while (Emulator.Billing.Charges.Count < 3 + order.Throttle)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        owner.Signal("STOP");
        Emulator.Faults.Remove(slow);
        TimeSpan stopped = _time.Real(TimeSpan.FromMinutes(10));
        Dictionary<string, int> others;
        try
        {
            using SenderProcess other = SenderProcess.Start(Order(), Emulator.Options.ApiKey);
            Task over = Task.Delay(stopped, TestContext.Current.CancellationToken);
            others = await other.EndAsync();
            CheckWords(other);
            await over;
        }
        finally
        {
            owner.Signal("CONT");
        }

        // The second went round what the first had claimed: it neither sent nor looked for it.
        Assert.InRange(others.GetValueOrDefault("Elsewhere"), 1, 5);
        Dictionary<string, int> own = await owner.EndAsync();
        CheckWords(owner);
        CheckCharges();
        Assert.Equal(documents, own.Values.Sum());
        int open = own.GetValueOrDefault("Held");
        _time = _time.At(Fast);
        int nights = await SettleAsync(documents);
        Figures.Report($"stopped for {stopped.TotalSeconds:0} s of the machine (10 min of the senders), {documents} documents: "
            + $"{others["Elsewhere"]} left alone by the other process, {own.GetValueOrDefault("Found")} found and {open} held by the first "
            + $"when it went on; all charged once after {nights} more night(s); slow answers {slow.Hits}");
    }

    /// <summary>The nights after: with some new documents each, until nothing is open.</summary>
    private async Task<int> SettleAsync(int documents)
    {
        Emulator.Faults.Clear();
        for (int night = 1; ; night++)
        {
            // Over a quarter of an hour of the senders' time: so long it takes until a missing upload may be sent again.
            Write(16, 90_000 + (100 * night));
            using SenderProcess sender = SenderProcess.Start(Order() with { PagesPerMinute = 1 }, Emulator.Options.ApiKey);
            Dictionary<string, int> ends = await sender.EndAsync();
            CheckWords(sender);
            CheckCharges();
            if (ends.GetValueOrDefault("Held") == 0)
            {
                Assert.Equal(documents + (16 * night), Emulator.Billing.Charges.Count);
                Assert.Equal(documents + (16 * night), Accepted());
                return night;
            }

            Assert.True(
                night < 3, string.Join("\n", sender.Lines.Where(static line => line.Contains(": Held ", StringComparison.Ordinal))));
        }
    }

    private async Task<Dictionary<string, int>> SendAsync(SenderOrder order)
    {
        using SenderProcess sender = SenderProcess.Start(order, Emulator.Options.ApiKey);
        Dictionary<string, int> ends = await sender.EndAsync();
        CheckWords(sender);
        return ends;
    }

    private SenderOrder Order() =>
        new() { Journal = Journal, Folder = Documents, Api = Emulator.ApiUri, Model = Emulator.Options.ModelId, Time = _time };

    private void Write(int documents, int from = 0)
    {
        Directory.CreateDirectory(Documents);
        for (int number = from; number < from + documents; number++)
            File.WriteAllText(Path.Combine(Documents, $"doc-{number:00000}.pdf"), $"%PDF-1.4\n{number}\n");
    }

    private int Accepted()
    {
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(Journal);
        return journal.Query(new JournalQuery { States = [UploadState.Accepted] }).Count();
    }

    private void CheckCharges() => Assert.Empty(Emulator.Billing.ChargedTwice);

    private void CheckWords(params SenderProcess[] senders)
    {
        string key = Emulator.Options.ApiKey;
        foreach (string secret in (string[])[key, Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":"))])
            Assert.All(
                senders.SelectMany(static sender => sender.Lines), line => Assert.DoesNotContain(secret, line, StringComparison.Ordinal));
    }
}
