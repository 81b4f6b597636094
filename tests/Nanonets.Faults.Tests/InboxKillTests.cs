using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Journal;
using Nanonets.Journaling;
using Nanonets.PowerShell.Tests.Support;

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
        Fill(lab, 30);
        lab.Time = lab.Time.At(Fast);
        using InboxProcess first = lab.StartPass();
        using InboxProcess second = lab.StartPass();
        Dictionary<string, int>[] ends = await Task.WhenAll(first.EndAsync(), second.EndAsync());
        lab.Check();
        await SettleAsync(lab);
        Figures.Report($"two passes at once: {string.Join(" and ", ends.Select(static end => string.Join(", ", end)))}");
    }

    private static async Task KillAsync(int kills, int documents)
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        Fill(lab, documents);
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
        int nights = await SettleAsync(lab);
        Figures.Report($"{kills} kills among {documents} documents: {lab.ToBeCharged.Count} charged once, {lab.Rows().Count} rows; "
            + $"all filed after {nights} pass(es) without a kill");
    }

    /// <summary>Passes without a kill, each with some new documents, until nothing is left but what is empty.</summary>
    private static async Task<int> SettleAsync(InboxLab lab)
    {
        for (int night = 1; ; night++)
        {
            // What was lost on its way is proven missing only beside uploads that came later, and after a quarter of an hour.
            for (int number = 0; number < 16; number++)
                lab.Add($"night-{night}-{number}.png");
            using InboxProcess pass = InboxProcess.Start(lab.Order() with { PagesPerMinute = 1 }, lab.Emulator.Options.ApiKey);
            Dictionary<string, int> ends = await pass.EndAsync();
            if (ends.Where(static end => end.Key is not ("Done" or "Review" or "Failed")).Sum(static end => end.Value) == 1)
            {
                lab.CheckEmpty("zero.pdf");
                return night;
            }

            Assert.True(night < 4, string.Join("\n", pass.Lines.Where(static line => line.StartsWith("ended", StringComparison.Ordinal))));
            await DecideAsync(lab);
        }
    }

    /// <summary>
    /// What was cut off and is refused since stays held: the first attempt may have been accepted, as far as anybody knows. A person looks
    /// into it, and says that it is to be left alone.
    /// </summary>
    private static async Task DecideAsync(InboxLab lab)
    {
        using SqliteJournal journal = SqliteJournal.Open(lab.Order().Journal);
        foreach (JournalEntry entry in journal.Query(new JournalQuery { States = [UploadState.Held] })
            .Where(static entry => entry.Input.StartsWith("broken", StringComparison.Ordinal)))
        {
            var word = new UploadChange.Discarded(DateTimeOffset.UtcNow);
            await journal.ResolveAsync(entry.EntryId, word, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Documents of all kinds: good, without values, unsupported, refused, unreadable, equal in name or content.</summary>
    private static void Fill(InboxLab lab, int documents)
    {
        lab.Add("zero.pdf", [], isSent: false);
        lab.Add("grün & weiß [1] №2 – 請求書.png");
        lab.Add("two  spaces and a ' quote.png");
        lab.Add("no extension");
        for (int number = 5; number <= documents; number++)
        {
            switch (number % 10)
            {
                case 0:
                    lab.Add($"notes-{number}.pdf", Encoding.UTF8.GetBytes($"notes {number}"), isSent: false);
                    break;
                case 1:
                    lab.Add($"sub-{number}/scan.png");
                    break;
                case 2:
                    lab.Add($"scan-{number}.png", InboxLab.Content("equal"));
                    break;
                case 3:
                    lab.Emulator.Options.FailingFiles.Add($"unreadable-{number}.png");
                    lab.Add($"unreadable-{number}.png");
                    break;
                case 4:
                    lab.Add($"broken-{number}.pdf", Encoding.UTF8.GetBytes($"%PDF-1.4\nbroken {number}"), isSent: false);
                    break;
                default:
                    lab.Add($"invoice-{number}.pdf", TestInvoice.Create($"INV-{number}"));
                    break;
            }
        }
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
