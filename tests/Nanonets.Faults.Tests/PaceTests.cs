using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests;

/// <summary>A service that takes so many pages a minute and no more.</summary>
public class PaceTests
{
    private const int PagesPerMinute = 150;

    [Theory]
    [InlineData(RateWindow.Sliding)]
    [InlineData(RateWindow.Fixed)]
    [InlineData(RateWindow.Bucket)]
    public Task A_limit_of_pages_is_learned_and_kept(RateWindow window) => DrainAsync(300, pages: 10, window, most: 1.5);

    [Theory(Explicit = true)]
    [InlineData(RateWindow.Sliding)]
    [InlineData(RateWindow.Fixed)]
    [InlineData(RateWindow.Bucket)]
    public Task A_limit_of_pages_is_learned_and_kept_for_3000_documents(RateWindow window) =>
        DrainAsync(3000, pages: 1, window, most: 1.06);

    [Fact]
    public async Task A_document_of_400_pages_goes_through_a_window_of_150()
    {
        await using Lab lab = await Lab.StartAsync(options =>
            (options.PagesPerMinute, options.PageCounts) = (PagesPerMinute, new Dictionary<string, int> { ["thick.pdf"] = 400 }));
        UploadSource thick = lab.Document("thick.pdf");
        UploadSource[] others = lab.Documents(200);
        Night night = await lab.OpenAsync(throttle: 8);
        await lab.RunAsync(night,
            [.. others.Take(100).Select(one => lab.Job(one)), lab.Job(thick, pages: 400), .. others.Skip(100).Select(one => lab.Job(one))]);
        Assert.Equal((201, 201), (lab.Charges, night.Tally[SendingEnd.Accepted]));
        Assert.Equal(400, night.Of(thick).Pages.Length);
        int refused = lab.Posts.Count(static post => post.Status == 429);
        Assert.InRange(refused, 0, 8);
        Figures.Report($"400 pages and 200 documents of a page: done after {lab.Time.Elapsed.TotalMinutes:0.0} min, {refused} refused");
    }

    [Theory]
    [InlineData("""{"message":"Too Many Requests","code":429,"errors":[{"reason":"Gone","message":"This plan was retired"}]}""",
        "This plan was retired")]
    [InlineData("You have reached your daily limit.", "daily limit")]
    public async Task A_limit_that_no_waiting_mends_stops_the_run_and_is_quoted(string body, string quoted)
    {
        await using Lab lab = await Lab.StartAsync();
        lab.Fault(
            new FaultRule { Kind = FaultKind.Status, Status = 429, Body = FaultBody.Text, Text = body, Route = "LabelFile", From = 11 });
        UploadSource[] all = lab.Documents(40);
        Night night = await lab.NightAsync(all);
        Assert.Contains(quoted, night.Run.StopReason!.Message);
        Assert.Equal((10, 30), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.Unsent]));
        Assert.InRange(lab.Posts.Count, 11, 10 + 5);
        await lab.SettleAsync(all);
    }

    [Theory]
    [InlineData("7", 7, false)]
    [InlineData("0", 0, false)]
    [InlineData("12.5", 12.5, false)]
    [InlineData("-5", 0, false)]
    [InlineData("soon", 30, false)]
    [InlineData("", 30, false)]
    [InlineData("86400", 600, true)]
    [InlineData("99999999999999999999", 600, true)]
    [InlineData("Mon, 17 Mar 2025 12:05:00 GMT", 300, false)]
    [InlineData("Monday, 17-Mar-25 12:05:00 GMT", 300, false)]
    [InlineData("Mon Mar 17 12:05:00 2025", 300, false)]
    [InlineData("Mon, 17 Mar 2025 11:00:00 GMT", 0, false)]
    [InlineData("Tue, 18 Mar 2025 12:00:00 GMT", 600, true)]
    public async Task Retry_After_is_honoured_in_every_form_and_capped_with_a_warning(string header, double seconds, bool warns)
    {
        await using Lab lab = await Lab.StartAsync();
        lab.Fault(new FaultRule { Kind = FaultKind.Status, Status = 429, RetryAfter = header.Length == 0 ? null : header,
            Route = "LabelFile", To = 1 });
        Night night = await lab.NightAsync(lab.Documents(1));
        Assert.Equal(1, night.Tally[SendingEnd.Accepted]);
        LoggedRequest[] posts = [.. lab.Posts];
        Assert.Equal(2, posts.Length);
        Assert.InRange((posts[1].ReceivedAt - posts[0].ReceivedAt).TotalSeconds, seconds - 1, seconds + 1);
        Assert.Equal(warns ? 1 : 0, night.Warnings.Count);
    }

    private static async Task DrainAsync(int documents, int pages, RateWindow window, double most)
    {
        await using Lab lab = await Lab.StartAsync(options =>
        {
            (options.PagesPerMinute, options.RateWindow) = (PagesPerMinute, window);
            options.PageCounts = Enumerable.Range(0, documents)
                .ToDictionary(number => string.Create(CultureInfo.InvariantCulture, $"doc-{number:00000}.pdf"), _ => pages);
        });
        UploadSource[] all = lab.Documents(documents);
        Night night = await lab.OpenAsync(throttle: 8);
        await lab.RunAsync(night, all.Select(one => lab.Job(one, pages: pages)));
        Assert.Equal(documents, night.Tally[SendingEnd.Accepted]);
        LoggedRequest[] refused = [.. lab.Posts.Where(static post => post.Status == 429)];
        DateTimeOffset learned = refused.Length > 0 ? refused[0].ReceivedAt + TimeSpan.FromMinutes(1) : lab.Time.Start;
        int later = refused.Count(post => post.ReceivedAt > learned);

        // The first minute's pages go at once.
        double ideal = ((double)documents * pages / PagesPerMinute) - 1;
        double took = (lab.Posts[^1].ReceivedAt - lab.Time.Start).TotalMinutes;
        Figures.Report($"{window}: {documents} documents of {pages} page(s): drained in {took:0.0} min, ideal {ideal:0.0} "
            + $"({took / ideal:0.000}); refused {refused.Length}, after the first window {later} ({100.0 * later / documents:0.00} %)");
        Assert.InRange(later, 0, most < 1.2 ? documents / 100 : documents / 30);
        Assert.InRange(took, ideal * 0.9, ideal * most);
    }
}
