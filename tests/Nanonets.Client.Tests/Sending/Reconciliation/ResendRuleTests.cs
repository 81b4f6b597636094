using System;
using System.Linq;
using Nanonets.Journaling;
using Nanonets.Sending.Reconciliation;
using static Nanonets.Client.Tests.Sending.Reconciliation.TestUploads;

namespace Nanonets.Client.Tests.Sending.Reconciliation;

/// <summary>When an upload whose answer was lost may be sent again, as a table: each condition alone forbids it.</summary>
public class ResendRuleTests
{
    private static readonly TimeSpan s_least = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("nothing", null)]
    [InlineData("one attempt more", "as often as it is tried")]
    [InlineData("one absence less", "proves nothing")]
    [InlineData("three absences", null)]
    [InlineData("one tick too early", "may be late")]
    [InlineData("no time at all", "may be late")]
    [InlineData("a clock that was set back", "may be late")]
    [InlineData("nothing before it", "just before and just after")]
    [InlineData("nothing after it", "just before and just after")]
    [InlineData("nothing late", "well after it")]
    [InlineData("the one before it is untagged", "just before and just after")]
    [InlineData("the one after it is untagged", "just before and just after")]
    [InlineData("the late one is untagged", "well after it")]
    [InlineData("one before it is not listed", "lacks uploads around it")]
    [InlineData("one after it is not listed", "lacks uploads around it")]
    [InlineData("the late one is not listed", "lacks uploads around it")]
    [InlineData("one before it is listed without its tag", "lacks uploads around it")]
    [InlineData("one before it is listed with another tag", "lacks uploads around it")]
    [InlineData("an untagged one more before it", null)]
    public void Each_condition_forbids_it(string different, string? why)
    {
        int absences = different switch { "one absence less" => 1, "three absences" => 3, _ => 2 };
        PendingUpload upload = Lost(ambiguous: different == "one attempt more" ? 2 : 1, absences: absences);
        TimeSpan over = different switch
        {
            "one tick too early" => s_least - TimeSpan.FromTicks(1),
            "no time at all" => TimeSpan.Zero,
            "a clock that was set back" => TimeSpan.FromDays(-1),
            _ => s_least,
        };
        JournalEntry before = At("before", -2, different != "the one before it is untagged");
        JournalEntry more = At("more", -3, isTagged: false);
        JournalEntry after = At("after", 2, different != "the one after it is untagged");
        JournalEntry late = At("late", 11, different != "the late one is untagged");
        var witnesses = new Witnesses(
            different switch { "nothing before it" => [], "an untagged one more before it" => [before, more], _ => [before] },
            different == "nothing after it" ? [] : [after],
            different == "nothing late" ? null : late);
        var listing = new ListingEvidence([upload], [.. witnesses.All]);
        listing.Add(witnesses.All
            .Where(entry => different != $"one {entry.ContentHash} it is not listed")
            .Where(entry => different != $"the {entry.ContentHash} one is not listed")
            .Select(entry => entry != before ? Listed(entry) : different switch
            {
                "one before it is listed without its tag" => Listed(entry) with { Tag = null },
                "one before it is listed with another tag" => Listed(entry) with { Tag = new Nanonets.Sending.UploadTag(TagId, 1) },
                _ => Listed(entry),
            }));
        string? forbids = ResendRule.Forbids(upload, witnesses, listing, over, s_least);
        if (why is null)
            Assert.Null(forbids);
        else
            Assert.Contains(why, forbids, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "just before and just after")]
    public void An_untagged_upload_is_proven_missing_by_untagged_ones_with_metadata(bool haveMetadata, string? why)
    {
        PendingUpload upload = Lost(isTagged: false, absences: 2);
        string? digest = haveMetadata ? null : string.Empty;
        JournalEntry[] all = [.. new[] { -5, 5, 20 }.Select(minute => At($"at {minute}", minute, false, digest))];
        var listing = new ListingEvidence([upload], all);
        listing.Add(all.Select(Listed));
        string? forbids = ResendRule.Forbids(upload, new Witnesses([all[0]], [all[1]], all[2]), listing, s_least, s_least);
        if (why is null)
            Assert.Null(forbids);
        else
            Assert.Contains(why, forbids, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(71.99, true)]
    [InlineData(72, true)]
    [InlineData(72.01, false)]
    public void What_is_more_than_three_days_away_is_no_witness(double hours, bool counts)
    {
        PendingUpload upload = Lost();
        JournalEntry before = Accepted("before", upload.StartedAt.AddHours(-hours).AddMinutes(-1), upload.StartedAt.AddHours(-hours));
        JournalEntry after = Accepted("after", upload.EndedAt.AddHours(hours), upload.EndedAt.AddHours(hours).AddMinutes(1));
        Witnesses witnesses = ResendRule.Near(upload, new JournalNeighbours([before], [after]), after);
        Assert.Equal((counts, counts, counts), (witnesses.Before.Count == 1, witnesses.After.Count == 1, witnesses.Late is not null));
        Assert.Equal(counts ? 3 : 0, witnesses.All.Count());
    }

    [Theory]
    [InlineData(10, 0, 10)]
    [InlineData(10, 3.3, 10)]
    [InlineData(9, 3, 9)]
    [InlineData(10, 4, 12)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 2, 6)]
    public void The_least_wait_is_the_users_or_three_times_the_slowest_listing(double user, double slowest, double minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), ResendRule.LeastWait(TimeSpan.FromMinutes(user), TimeSpan.FromMinutes(slowest)));

    /// <summary>An upload that began so many minutes after noon and took one.</summary>
    private static JournalEntry At(string id, int minute, bool isTagged, string? digest = null) =>
        Accepted(id, Noon.AddMinutes(minute), Noon.AddMinutes(minute + 1), isTagged, digest);
}
