using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;

namespace Nanonets.Faults.Tests;

/// <summary>Passes over an inbox as processes that are killed at any moment, and that run side by side.</summary>
public sealed class InboxKillTests
{
    private const double Fast = 200;

    [Fact]
    public Task Killed_at_random_instants_each_document_ends_in_one_place() => KillAsync(kills: 4, documents: 30);

    [Fact(Explicit = true)]
    public Task Killed_at_forty_random_instants_each_of_300_documents_ends_in_one_place() => KillAsync(kills: 40, documents: 300);

    [Fact]
    public async Task Two_passes_at_once_file_each_document_once()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        InboxNights.Fill(lab, 30);
        lab.Time = lab.Time.At(Fast);
        using InboxProcess first = lab.StartPass();
        using InboxProcess second = lab.StartPass();
        Dictionary<string, int>[] ends = await Task.WhenAll(first.EndAsync(), second.EndAsync());
        lab.Check();
        await InboxNights.SettleAsync(lab);
        Figures.Report($"two passes at once: {string.Join(" and ", ends.Select(static end => string.Join(", ", end)))}");
    }

    private static async Task KillAsync(int kills, int documents)
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        InboxNights.Fill(lab, documents);
        lab.RowsPath = Path.Combine(lab.Root, "all.csv");
        FaultRules(lab.Emulator);
        var random = new Random(20250317);
        using var grown = new CancellationTokenSource();
        Task growing = GrowAsync(lab, grown.Token);
        for (int kill = 0; kill < kills; kill++)
        {
            using InboxProcess pass = lab.StartPass();
            await pass.UntilSaidAsync(random.Next(1, Math.Max(2, 8 * documents / kills)));
            await Task.Delay(random.Next(0, 12), TestContext.Current.CancellationToken);
            await pass.KillAsync();
            Assert.Empty(lab.Emulator.Billing.ChargedTwice);
        }

        await grown.CancelAsync();
        await growing;
        lab.Emulator.Faults.Clear();
        lab.Time = lab.Time.At(Fast);
        int nights = await InboxNights.SettleAsync(lab);
        Figures.Report($"{kills} kills among {documents} documents: {lab.ToBeCharged.Count} charged once, {lab.Rows().Count} rows; "
            + $"all filed after {nights} pass(es) without a kill");
    }

    private static void FaultRules(EmulatorServer emulator)
    {
        // Uploads that take their time, before and after they are stored, some whose answer is lost, and slow results.
        emulator.Faults.Add(new FaultRule { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(30), Route = "LabelFile",
            Probability = 0.5, Seed = 1 });
        emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.DelayAfter, Delay = TimeSpan.FromMilliseconds(30), Route = "LabelFile", Seed = 2 });
        emulator.Faults.Add(new FaultRule { Kind = FaultKind.FileSlow, Delay = TimeSpan.FromMilliseconds(400), Every = 7 });
        emulator.Faults.Add(new FaultRule { Kind = FaultKind.CutAfter, Route = "LabelFile", Probability = 0.05, Seed = 3 });
        emulator.Faults.Add(new FaultRule { Kind = FaultKind.CutUnprocessed, Route = "LabelFile", Probability = 0.05, Seed = 4 });
    }

    /// <summary>A scanner that adds to a file all the time: only the whole file may be sent.</summary>
    private static async Task GrowAsync(InboxLab lab, CancellationToken end)
    {
        byte[] content = InboxLab.Content("growing");
        string path = Path.Combine(lab.Inbox, "growing.png");
        await File.WriteAllBytesAsync(path, content, CancellationToken.None);
        while (!end.IsCancellationRequested)
        {
            await File.AppendAllTextAsync(path, ".", CancellationToken.None);
            content = [.. content, (byte)'.'];
            await Task.Delay(20, CancellationToken.None);
        }

        lab.Expect(content);
    }
}
