using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>After a restore: what cannot be proven is held, seen in the journal, and sent again when somebody says so.</summary>
public class HeldAfterRestoreTests
{
    private const string Text = "supplier 7";

    [Fact]
    public async Task What_cannot_be_compared_is_held_in_the_journal_and_sent_when_somebody_says_so()
    {
        await using Lab lab = await Lab.StartAsync();
        await LoseAsync(lab);
        UploadSource own = lab.Document("invoice.pdf");
        await lab.RivalUploadsAsync("invoice.pdf", "%PDF-1.4\nof another program", Text);

        // Nothing that is stored can be fetched.
        lab.Fault(new FaultRule { Kind = FaultKind.Status, Route = "GetPredictions", Status = 404 });
        Night night = await lab.NightAsync([own], metadata: static _ => Text);
        Assert.Equal(SendingEnd.Held, night.Of(own).End);
        Assert.Equal(UploadState.Held, Assert.Single(lab.Entries(), entry => entry.Input == own.FileName).State);
        int charges = lab.Charges;

        lab.Time.Pass(TimeSpan.FromHours(1));
        Night again = await lab.NightAsync([own], new SendingOptions { Resend = ResendScope.Held }, metadata: static _ => Text);
        Assert.Equal(SendingEnd.Accepted, again.Of(own).End);
        Assert.Equal(charges + 1, lab.Charges);
    }

    [Fact]
    public async Task What_could_not_be_compared_is_adopted_as_soon_as_it_can_be()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource lost = await LoseAsync(lab);
        int charges = lab.Charges;
        FaultRule fault = new() { Kind = FaultKind.Status, Route = "GetPredictions", Status = 404 };
        lab.Fault(fault);
        await lab.NightAsync([lost], metadata: static _ => Text);
        lab.Mend(TimeSpan.FromHours(1));
        Night night = await lab.NightAsync([lost], metadata: static _ => Text);
        Assert.True(night.Of(lost).HasPages, $"{night.Of(lost).End}: {night.Of(lost).Error?.Message}");
        Assert.Equal(charges, lab.Charges);
    }

    [Fact]
    public async Task Other_pages_of_a_file_are_not_taken_for_those_that_were_sent()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource lost = await LoseAsync(lab);
        Night night = await lab.OpenAsync();
        var others = new SendRequest(
            lab.Emulator.Options.ModelId, [new Document(lost) { Pages = 2 }]) { Metadata = Text, PagesToProcess = [3, 4] };
        await lab.RunAsync(night, [others]);
        Assert.Equal(SendingEnd.Held, night.Of(lost).End);
    }

    [Fact]
    public async Task What_an_earlier_run_left_open_and_this_one_finds_is_known_and_no_duplicate()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = lab.Documents(4);
        lab.Fault(new FaultRule { Kind = FaultKind.CutAfter, Route = "LabelFile", FileName = all[1].FileName });
        await lab.NightAsync(all, new SendingOptions { OnAmbiguous = AmbiguousAction.Hold });
        lab.Mend(TimeSpan.FromHours(1));
        Night next = await lab.NightAsync(all);
        Assert.Equal(SendingEnd.Known, next.Of(all[1]).End);
        Assert.All(next.Of(all[1]).Pages, static page => Assert.True(page.FromJournal));
        Assert.Equal(all.Length, lab.Charges);
    }

    [Fact]
    public async Task A_model_whose_listing_cannot_be_read_keeps_no_other_from_being_sent_to()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource lost = await LoseAsync(lab);
        lab.Fault(new FaultRule { Kind = FaultKind.Status, Route = "List", Model = lab.Emulator.Options.ModelId, Status = 502 });
        Night night = await lab.OpenAsync();
        await lab.RunAsync(night, [lab.Job(lost, Text)]);
        Assert.Equal(SendingEnd.Unsent, night.Of(lost).End);
        Assert.Equal(FatalFor.Model, night.Of(lost).Error!.FatalFor);
        Assert.Null(night.Run.StopReasonFor(LabJournals.UnknownModel));
    }

    /// <summary>A night, a backup, a document with a text of its own, which has no tag, and the backup put back.</summary>
    private static async Task<UploadSource> LoseAsync(Lab lab)
    {
        await lab.NightAsync(lab.Documents(5), metadata: static _ => Text);
        byte[] backup = await lab.BackUpAsync();
        lab.Time.Pass(TimeSpan.FromHours(2));
        UploadSource lost = lab.Document("lost.pdf");
        await lab.NightAsync([lost], metadata: static _ => Text);
        lab.Time.Pass(TimeSpan.FromHours(1));
        await lab.RestoreAsync(backup);
        return lost;
    }
}
