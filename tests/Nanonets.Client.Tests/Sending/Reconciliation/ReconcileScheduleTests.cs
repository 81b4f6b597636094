using System;
using System.Linq;
using Nanonets.Journaling;
using Nanonets.Sending.Reconciliation;
using static Nanonets.Client.Tests.Sending.Reconciliation.TestUploads;

namespace Nanonets.Client.Tests.Sending.Reconciliation;

/// <summary>When a listing is due, and which days it must hold, as tables. Times in seconds of the forward-only clock.</summary>
public class ReconcileScheduleTests
{
    [Theory]
    [InlineData("0", null, 0, false, 15d)]
    [InlineData("0", null, 0, true, 0d)]
    [InlineData("100", null, 0, false, 115d)]
    [InlineData("-600", null, 0, false, -585d)]
    [InlineData("0", 14.9, 1, false, 29.9)]
    [InlineData("0", 15d, 1, false, 60d)]
    [InlineData("0", 50d, 1, false, 65d)]
    [InlineData("0", 60d, 2, false, 180d)]
    [InlineData("0", 179d, 2, false, 209d)]
    [InlineData("0", 180d, 3, false, 600d)]
    [InlineData("0", 599d, 3, false, 659d)]
    [InlineData("0", 599d, 4, false, 719d)]
    [InlineData("0", 599d, 999, false, 719d)]
    [InlineData("0", 599d, 0, false, 614d)]
    [InlineData("0", 600d, 4, false, null)]
    [InlineData("-600", 0d, 1, false, null)]
    [InlineData("0,10", 15d, 1, false, 30d)]
    [InlineData("0,100", 60d, 2, false, 115d)]
    [InlineData("0,1000", 600d, 4, false, 1015d)]
    [InlineData("20", 10d, 1, true, 25d)]
    [InlineData("30", 10d, 1, true, 30d)]
    [InlineData("10", 10d, 1, true, 25d)]
    [InlineData("", null, 0, false, null)]
    [InlineData("", 10d, 1, false, null)]
    public void The_next_listing_is_due(string since, double? last, int listings, bool atOnce, double? due)
    {
        PendingUpload[] uploads = [.. since.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static at => Open(at))];
        Assert.Equal(Seconds(due), ReconcileSchedule.Next(uploads, Seconds(last), listings, atOnce));
    }

    [Theory]
    [InlineData(null, 600d, null)]
    [InlineData(600d, 600d, null)]
    [InlineData(590d, 600d, null)]
    [InlineData(600.001, 600d, 720d)]
    [InlineData(900d, 600d, 900d)]
    [InlineData(900d, 100d, 180d)]
    public void After_the_last_mark_it_is_due_when_the_upload_may_be_sent_again(double? resend, double last, double? due) =>
        Assert.Equal(Seconds(due), ReconcileSchedule.Next([Open("0", Seconds(resend))], Seconds(last), last < 600 ? 1 : 9, false));

    /// <summary>Attempts as <c>start-end</c> in hours from midnight of day 0.</summary>
    [Theory]
    [InlineData("12-12.1", true, "0..0")]
    [InlineData("12-12.1", false, "-1..1")]
    [InlineData("0.1667-12", true, "0..0")]
    [InlineData("0.1666-12", true, "-1..0")]
    [InlineData("12-22.9999", true, "0..0")]
    [InlineData("12-23", true, "0..1")]
    [InlineData("12", true, "0..0")]
    [InlineData("23", true, "0..1")]
    [InlineData("12-60", true, "0..2")]
    [InlineData("12-13 36-37", true, "0..1")]
    [InlineData("12-13 60-61", true, "0..0 2..2")]
    [InlineData("12-13 60-61", false, "-1..3")]
    [InlineData("60-61 12-13", true, "0..0 2..2")]
    [InlineData("12-13 12-13", true, "0..0")]
    [InlineData("60-12", true, "0..2")]
    [InlineData("12-11", true, "0..0")]
    [InlineData("", true, "")]
    public void A_listing_holds_the_days_of(string attempts, bool isTimeKnown, string days)
    {
        DateTimeOffset midnight = Noon.AddHours(-12);
        int today = Nanonets.Listing.EpochDay.Of(midnight);
        UploadAttempt[] all =
        [
            .. attempts.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(static text => text.Split('-').Select(static hours => double.Parse(hours, null)).ToArray())
                .Select(hours => new UploadAttempt(
                    1, null, midnight.AddHours(hours[0]), hours.Length > 1 ? midnight.AddHours(hours[1]) : null, AttemptOutcome.Ambiguous)),
        ];
        var spans = ReconcileSchedule.Days(all, isTimeKnown).Select(span => $"{span.First - today}..{span.Last - today}");
        Assert.Equal(days, string.Join(' ', spans));
    }

    private static PendingUpload Open(string since, TimeSpan? resend = null) =>
        new(Lost().Entry, TagId, false, Seconds(double.Parse(since, null))!.Value, true) { ResendDue = resend };

    private static TimeSpan? Seconds(double? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;
}
