using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Documents;
using Nanonets.Journal;

namespace Nanonets.Faults.Tests;

/// <summary>
/// Without a tag an upload whose answer was lost is taken for a listed file only when the stored original has the same content; likeness
/// proves nothing.
/// </summary>
public class AdoptionTests
{
    private const string Text = "supplier 7";
    private const string Rival = "%PDF-1.4\nof another program";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_of_another_program_with_the_same_name_and_text_is_never_taken_for_ours(bool ourIsStored)
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource own = lab.Document("invoice.pdf");
        lab.Fault(new FaultRule { Kind = ourIsStored ? FaultKind.CutAfter : FaultKind.CutUnprocessed, Route = "LabelFile",
            FileName = "invoice.pdf", To = 1 });
        UploadSource[] all = [.. lab.Documents(6), own, .. lab.Documents(40, 100)];
        Night night = await lab.OpenAsync(new SendingOptions { PagesPerMinute = 2 });
        string? rival = null;
        night.Consumer = async (_, _) =>
        {
            if (rival is null && lab.Posts.Any(static post => post.FileNames.Contains("invoice.pdf") && post.Ended is not null))
            {
                rival = string.Empty;
                rival = await lab.RivalUploadsAsync("invoice.pdf", Rival, Text);
            }
        };
        await lab.RunAsync(night, all.Select(one => lab.Job(one, Text)));
        Assert.False(string.IsNullOrEmpty(rival));
        SendingOutcome outcome = night.Of(own);
        Assert.NotEqual(rival, outcome.RequestFileId);
        Assert.DoesNotContain(lab.Entries(), entry => entry.RequestFileId == rival);
        if (ourIsStored)
            Assert.True(outcome.HasPages, $"It is stored and was not found: {outcome.End} {outcome.Error?.Message}");
        else
            Assert.True(outcome.HasPages || outcome.End == SendingEnd.Held, $"{outcome.End}");
        Assert.Equal(46 + 1 + (ourIsStored || outcome.HasPages ? 1 : 0), lab.Charges);
    }

    [Fact]
    public async Task A_run_with_another_journal_and_a_file_of_the_same_name_and_text_does_not_lend_it_to_a_later_run()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource own = lab.Document("a/invoice.pdf");
        UploadSource[] all = [.. lab.Documents(6), own];
        lab.Fault(new FaultRule { Kind = FaultKind.CutUnprocessed, Route = "LabelFile", FileName = "invoice.pdf", To = 1 });
        Night first = await lab.NightAsync(all, new SendingOptions { OnAmbiguous = AmbiguousAction.Hold }, metadata: static _ => Text);
        Assert.Equal(SendingEnd.Held, first.Of(own).End);

        // The same name and text, sent at the same time by a run that keeps its journal elsewhere.
        UploadSource others = lab.Document("b/invoice.pdf");
        Night other = await lab.OpenAsync(journal: SqliteJournal.Open(lab.JournalPath + ".other"));
        await other.RunAsync([lab.Job(others, Text)]);
        other.Dispose();
        Assert.Equal(SendingEnd.Accepted, other.Of(others).End);

        lab.Mend(TimeSpan.FromHours(20));
        Night second = await lab.NightAsync(
            [.. all, .. lab.Documents(20, 100)], LabNights.Over(TimeSpan.FromMinutes(40), 20), metadata: static _ => Text);
        Assert.NotEqual(other.Of(others).RequestFileId, second.Of(own).RequestFileId);
    }

    [Fact]
    public async Task Of_twelve_untagged_twins_every_stored_one_is_found()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] twins = [.. Enumerable.Range(0, 12).Select(number => lab.Document($"{number}/invoice.pdf"))];
        lab.Fault(new FaultRule { Kind = FaultKind.CutAfter, Route = "LabelFile", FileName = "invoice.pdf", Every = 2 });
        Night night = await lab.NightAsync([.. lab.Documents(4), .. twins], metadata: static _ => Text);
        Assert.Equal((16, 16), (lab.Charges, lab.Posts.Count));
        Assert.True(night.Ends.All(static end => end.Outcome.HasPages), night.Describe());
    }

    [Fact]
    public async Task A_stored_original_that_cannot_be_fetched_proves_nothing_and_the_document_is_held()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource own = lab.Document("invoice.pdf", bytes: 200_000);

        // The emulator keeps no originals of this size: their addresses answer with nothing.
        lab.Fault(new FaultRule { Kind = FaultKind.CutAfter, Route = "LabelFile", FileName = "invoice.pdf", To = 1 });
        Night night = await lab.NightAsync([.. lab.Documents(6), own], metadata: static _ => Text);
        Assert.Equal((7, 7), (lab.Charges, lab.Posts.Count));
        Assert.Equal(SendingEnd.Held, night.Of(own).End);
    }
}
