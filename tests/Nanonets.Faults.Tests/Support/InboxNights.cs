using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nanonets.Journaling;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.Faults.Tests.Support;

/// <summary>What lies in an inbox, and the nights after what went wrong with it.</summary>
internal static class InboxNights
{
    /// <summary>Passes without a kill, each with some new documents, until nothing is left but what is empty.</summary>
    public static async Task<int> SettleAsync(InboxLab lab)
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
        using IUploadJournal journal = InboxProcess.Open(lab.Order().ToOptions().Journal);
        foreach (JournalEntry entry in journal.Query(new JournalQuery { States = [UploadState.Held] })
            .Where(static entry => entry.Input.StartsWith("broken", StringComparison.Ordinal)))
        {
            var word = new UploadChange.Discarded(DateTimeOffset.UtcNow);
            await journal.ResolveAsync(entry.EntryId, word, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Documents of all kinds: good, without values, unsupported, refused, unreadable, equal in name or content.</summary>
    public static void Fill(InboxLab lab, int documents)
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
}
