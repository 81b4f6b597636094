using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Sending.Reconciliation;
using static Nanonets.Client.Tests.Sending.Reconciliation.TestUploads;

namespace Nanonets.Client.Tests.Sending.Reconciliation;

/// <summary>What follows from a listing for an upload, as tables.</summary>
public class ListingReviewTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Found", AmbiguousAction.Resolve, 1, false, "Found")]
    [InlineData("Found", AmbiguousAction.Resend, 2, true, "Found")]
    [InlineData("Missing", AmbiguousAction.Resolve, 1, false, "goes on")]
    [InlineData("Missing", AmbiguousAction.Resolve, 1, true, "Held: proves nothing")]
    [InlineData("Missing", AmbiguousAction.Resend, 1, false, "SendAgain")]
    [InlineData("Missing", AmbiguousAction.Resend, 2, false, "goes on")]
    [InlineData("Missing", AmbiguousAction.Resend, 2, true, "Held: sent twice")]
    [InlineData("Unclear", AmbiguousAction.Resolve, 1, false, "goes on")]
    [InlineData("Unclear", AmbiguousAction.Resend, 1, false, "goes on")]
    [InlineData("Unclear", AmbiguousAction.Resend, 1, true, "Held: nobody knows")]
    [InlineData("no listing", AmbiguousAction.Resolve, 1, false, "goes on")]
    [InlineData("no listing", AmbiguousAction.Resolve, 1, true, "Held: could not be read")]
    [InlineData("no listing", AmbiguousAction.Resend, 1, false, "SendAgain")]
    [InlineData("no listing", AmbiguousAction.Resend, 2, false, "goes on")]
    [InlineData("no listing", AmbiguousAction.Resend, 2, true, "Held: could not be read")]
    public async Task A_verdict_leads_to(string verdict, AmbiguousAction action, int attempts, bool isLast, string expected)
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.OK, Example.Read("imagelevel-list-empty"));
        using var journal = new MemoryJournal();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        var review = new ListingReview(new TestContexts().Of(test, run, new SendingOptions { OnAmbiguous = action }, Cancel), Model);
        PendingUpload upload = Lost(ambiguous: attempts);
        Assert.IsType<ListingVerdict.Missing>((await review.ReadAsync([upload]))![upload]);

        Reconciled? reconciled = review.Conclude(upload, verdict switch
        {
            "Found" => new ListingVerdict.Found(File("f1", "a.pdf"), []),
            "Missing" => new ListingVerdict.Missing(),
            "Unclear" => new ListingVerdict.Unclear("nobody knows"),
            _ => null,
        }, isLast);
        Assert.Equal(expected.Split(':')[0], reconciled?.GetType().Name ?? "goes on");
        if (reconciled is Reconciled.Held held)
            Assert.Contains(expected.Split(": ")[1], held.Why, StringComparison.Ordinal);

        // Only a complete listing without it counts.
        Assert.Equal(verdict == "Missing" ? 1 : 0, upload.Absences);
    }

    /// <summary>For how many minutes an accepted upload was missing in the listing, and after how many another may be sent again.</summary>
    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(3, 10)]
    [InlineData(4, 12)]
    [InlineData(30, 90)]
    public async Task A_listing_that_was_late_is_waited_for_three_times_as_long(double late, double due)
    {
        var clock = new ManualClock();
        using var test = new TestClient(clock);
        bool isListed = late == 0;
        test.Respond(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(isListed ? One("f1", TagOf(TagId)) : Example.Read("imagelevel-list-empty")),
        }));
        using var journal = new MemoryJournal();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        string origin = test.Client.BaseUri.ToString();
        var planned = JournalEntry.Planned(new DocumentKey(origin, Model, "before"), "before.pdf", null, 1);
        long id = (await run.BeginAsync(planned, ResendScope.None, Noon, Cancel)).Entry.EntryId;
        await run.RecordAsync(id, new UploadChange.Starting(Noon, TagOf(TagId)), Cancel);
        await run.RecordAsync(id, new UploadChange.Accepted(Noon, 1, "f1", 1), Cancel);

        var review = new ListingReview(new TestContexts().Of(test, run, stop: Cancel), Model);
        PendingUpload upload = Lost(tagId: "ffffffffffffffffffff");
        await review.ReadAsync([upload]);
        clock.Advance(TimeSpan.FromMinutes(late));
        isListed = true;
        Assert.Null(review.Conclude(upload, (await review.ReadAsync([upload]))![upload], isLast: false));
        Assert.Equal(TimeSpan.FromMinutes(Math.Max(due, late)), upload.ResendDue);
    }

    private static string One(string id, string metadata) => $$"""
        {"moderated_images_count":0,"unmoderated_images_count":1,"moderated_images":[],"unmoderated_images":[
        {"id":"p","request_file_id":"{{id}}","original_file_name":"before.pdf","request_metadata":"{{metadata}}"}],"signed_urls":{} }
        """;
}
