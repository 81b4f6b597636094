using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests;

/// <summary>
/// A journal restored from a backup knows less than was sent. Whatever comes between the restore and the night that looks, nothing is
/// billed again.
/// </summary>
public class RestoredJournalTests
{
    [Fact]
    public async Task A_listing_that_fails_in_the_next_run_costs_nothing_in_the_run_after_it()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = await LoseAsync(lab);
        lab.Fault(new FaultRule { Kind = FaultKind.Status, Route = "List", Status = 502, Body = FaultBody.Html });
        await lab.NightAsync(all);
        Assert.Equal(all.Length, lab.Charges);
        lab.Mend(TimeSpan.FromHours(1));
        await AllAreKnownAsync(lab, all);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_the_listing_is_read_costs_nothing_in_the_run_after_it()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = await LoseAsync(lab);
        lab.Fault(new FaultRule { Kind = FaultKind.Delay, Route = "List", Delay = TimeSpan.FromSeconds(80) });
        Night cancelled = await lab.OpenAsync();
        using IDisposable alarm = lab.Time.After(TimeSpan.FromSeconds(40), cancelled.Cancel.Cancel);
        await lab.RunAsync(cancelled, all.Select(one => lab.Job(one)));
        Assert.Equal(all.Length, lab.Charges);
        lab.Mend(TimeSpan.FromHours(1));
        await AllAreKnownAsync(lab, all);
    }

    [Fact]
    public async Task A_run_with_another_model_costs_nothing_in_the_run_after_it()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = await LoseAsync(lab);
        Night other = await lab.OtherModelNightAsync(lab.Documents(3, 500));
        Assert.Equal(3, other.Tally[SendingEnd.Accepted]);
        lab.Time.Pass(TimeSpan.FromHours(1));
        await AllAreKnownAsync(lab, all, others: 3);
    }

    [Fact]
    public async Task A_run_with_what_the_backup_knows_costs_nothing_in_the_run_after_it()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = await LoseAsync(lab);
        Night known = await lab.NightAsync(all[..10]);
        Assert.Equal(10, known.Tally[SendingEnd.Known]);
        lab.Time.Pass(TimeSpan.FromHours(1));
        await AllAreKnownAsync(lab, all);
    }

    [Fact]
    public async Task A_run_with_some_of_what_was_lost_costs_nothing_in_the_run_after_it()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = await LoseAsync(lab);
        await lab.NightAsync(all[..15]);
        lab.Time.Pass(TimeSpan.FromDays(5));
        await AllAreKnownAsync(lab, all);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(40)]
    public async Task A_folder_that_was_restored_with_its_mark_costs_nothing_again(int days)
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] first = lab.Documents(10);
        await lab.NightAsync(first);
        Dictionary<string, byte[]> backup = await lab.BackUpFolderAsync();
        Assert.Contains(lab.JournalPath + "-mark", backup.Keys);
        lab.Time.Pass(TimeSpan.FromHours(2));
        UploadSource[] all = [.. first, .. lab.Documents(20, 100)];
        await lab.NightAsync(all);
        lab.Time.Pass(TimeSpan.FromHours(1) + TimeSpan.FromDays(days));
        await lab.RestoreFolderAsync(backup);
        await AllAreKnownAsync(lab, all);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public async Task A_folder_that_was_copied_in_the_middle_of_a_run_and_restored_costs_nothing_again(int days)
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = lab.Documents(30);
        Dictionary<string, byte[]> backup = [];
        Night night = await lab.OpenAsync(throttle: 1);
        night.Consumer = async (document, _) =>
        {
            if (document.Source == all[8])
                backup = await lab.BackUpFolderAsync();
        };
        await lab.RunAsync(night, all.Select(one => lab.Job(one)));
        Assert.Contains(lab.JournalPath + "-wal", backup.Keys);
        lab.Time.Pass(TimeSpan.FromHours(1) + TimeSpan.FromDays(days));
        await lab.RestoreFolderAsync(backup);
        await AllAreKnownAsync(lab, all);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(40)]
    public async Task A_backup_older_than_three_days_is_completed_as_well(int days)
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = await LoseAsync(lab, TimeSpan.FromDays(days));
        await AllAreKnownAsync(lab, all);
    }

    [Fact]
    public async Task What_was_sent_without_a_tag_is_found_by_its_content_or_held()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] first = lab.Documents(10);
        await lab.NightAsync(first, metadata: static _ => "supplier 7");
        byte[] backup = await lab.BackUpAsync();
        lab.Time.Pass(TimeSpan.FromHours(24));
        UploadSource[] all = [.. first, .. lab.Documents(10, 100)];
        await lab.NightAsync(all, metadata: static _ => "supplier 7");
        lab.Time.Pass(TimeSpan.FromHours(1));
        await lab.RestoreAsync(backup);

        Night night = await lab.NightAsync(all, metadata: static _ => "supplier 7");
        Assert.True(lab.Charges == all.Length, $"{lab.Charges} charges of {all.Length} documents: {night.Describe()}");
        Assert.All(night.Ends, static end =>
            Assert.True(end.Outcome.HasPages || end.Outcome.End == SendingEnd.Held, $"{end.Document.Source} ended as {end.Outcome.End}."));
    }

    [Theory]
    [InlineData("keeps the newest")]
    [InlineData("drops metadata")]
    [InlineData("truncates metadata")]
    public async Task A_listing_that_does_not_show_everything_holds_what_it_cannot_prove_and_says_so(string habit)
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = await LoseAsync(lab, lost: 40);
        ListingOptions listing = lab.Emulator.Options.Listing;
        switch (habit)
        {
            case "keeps the newest": (listing.MaxPages, listing.CapKeepsNewest) = (15, true); break;
            case "drops metadata": listing.Metadata = ListedMetadata.Dropped; break;
            default: listing.Metadata = ListedMetadata.Truncated; break;
        }

        Night night = await lab.NightAsync(all);
        Assert.True(lab.Charges == all.Length, $"{lab.Charges} charges of {all.Length} documents: {night.Describe()}");
        if (night.Ends.Any(static end => !end.Outcome.HasPages))
            Assert.Contains(night.Words.Append(night.Describe()),
                static word => word.Contains("listing", StringComparison.OrdinalIgnoreCase)
                || word.Contains("journal", StringComparison.OrdinalIgnoreCase));

        // Once the listing shows everything again, everything is known.
        lab.Mend(TimeSpan.FromHours(1));
        await AllAreKnownAsync(lab, all);
    }

    /// <summary>A night, a backup, another night, and the backup put back: the journal knows ten of the documents.</summary>
    private static async Task<UploadSource[]> LoseAsync(Lab lab, TimeSpan? between = null, int lost = 20)
    {
        UploadSource[] first = lab.Documents(10);
        await lab.NightAsync(first);
        byte[] backup = await lab.BackUpAsync();
        lab.Time.Pass(TimeSpan.FromHours(2));
        UploadSource[] all = [.. first, .. lab.Documents(lost, 100)];
        await lab.NightAsync(all);
        lab.Time.Pass(between ?? TimeSpan.FromHours(1));
        await lab.RestoreAsync(backup);
        Assert.Equal(all.Length, lab.Charges);
        return all;
    }

    /// <summary>A usual night with five new documents.</summary>
    private static async Task AllAreKnownAsync(Lab lab, UploadSource[] all, int others = 0)
    {
        Night night = await lab.NightAsync([.. all, .. lab.Documents(5, 900)]);
        Assert.True(
            lab.Charges == all.Length + 5 + others, $"{lab.Charges} charges of {all.Length + 5 + others} documents: {night.Describe()}");
        Assert.All(night.Ends, static end =>
            Assert.True(end.Outcome.HasPages, $"{end.Document.Source} ended as {end.Outcome.End}: {end.Outcome.Error?.Message}"));
    }
}
