using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Http;
using Nanonets.Json;
using Nanonets.Listing;

namespace Nanonets.Client.Tests.Listing;

[Collection(RunsAlone.Name)]
public class ListingTests
{
    private const string Page = """{"id":"p","page":0,"request_file_id":"f","status":"success"}""";

    private static readonly string s_example = Example.Read("imagelevel-list");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listing_gives_every_page_as_it_came()
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.OK, s_example, change: response => response.Headers.Date = DateTimeOffset.UnixEpoch.AddDays(20165));
        (List<PageResult> pages, PageListing listing) = await ListAsync(test);
        PageResult[] expected = AnswerReader.File(Example.Json("imagelevel-list"), TestClient.Model, "").Pages;
        Assert.Equal(expected.Select(page => page.Raw).Order(), pages.Select(page => page.Raw).Order());
        Assert.All(pages, page => Assert.Null(page.SignedUrls));
        Assert.Equal((pages.Count, (long?)pages.Count, DateTimeOffset.UnixEpoch.AddDays(20165)),
            ((int)listing.PageCount, listing.AnnouncedPageCount, listing.ServerTime));
        Assert.Equal(
            $"Inferences/Model/{TestClient.Model}/ImageLevelInferences?start_day_interval=20164&current_batch_day=20166",
            Assert.Single(test.Traces).Target);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4093)]
    public async Task It_does_not_matter_where_the_pieces_are_cut(int size)
    {
        using var test = new TestClient();
        Stream(test, [Encoding.UTF8.GetBytes(s_example)], size);
        (List<PageResult> pages, PageListing listing) = await ListAsync(test);
        PageResult[] expected = AnswerReader.File(Example.Json("imagelevel-list"), TestClient.Model, "").Pages;
        Assert.Equal(expected.Select(page => page.Raw).Order(), pages.Select(page => page.Raw).Order());
        Assert.Equal(pages.Count, listing.AnnouncedPageCount);
    }

    [Theory]
    [InlineData("""{"moderated_images":[],"unmoderated_images":[]}""", 0)]
    [InlineData("""{"moderated_images":null,"unmoderated_images":null,"signed_urls":null}""", 0)]
    [InlineData("""{"UNMODERATED_IMAGES":[P],"signed_urls":{"a":{}},"Moderated_Images":[P,P]}""", 3)]
    [InlineData("""{"moderated_images":P,"unmoderated_images":P}""", 2)]
    [InlineData("""{"moderated\u005fimages":[P]}""", 1)]
    [InlineData("""{"unmoderated_images":[null,7,"}",[{"id":"x"}],P,true]}""", 1)]
    [InlineData("""{"other":{"moderated_images":[P]},"unmoderated_images":[P]}""", 1)]
    [InlineData("""{"a":"\\","b":"\"[","c":[[{"d":"]}"}]],"moderated_images":[ P , P ] } """, 2)]
    [InlineData("\uFEFF{ \"moderated_images\" : [ P ] }\r\n", 1)]
    public async Task Every_shape_of_a_listing_is_read(string body, int count)
    {
        foreach (int size in (int[])[1, 1000])
        {
            using var test = new TestClient();
            Stream(test, [Encoding.UTF8.GetBytes(body.Replace("P", Page))], size);
            (List<PageResult> pages, PageListing listing) = await ListAsync(test);
            Assert.Equal(count, pages.Count);
            Assert.Equal(count, listing.PageCount);
            Assert.All(pages, page => Assert.Equal(Page, page.Raw));
        }
    }

    [Theory]
    [InlineData("""{"moderated_images_count":2,"unmoderated_images_count":"3.0","moderated_images":[P]}""", 5L)]
    [InlineData("""{"unmoderated_images":[P],"unmoderated_images_count":1000}""", 1000L)]
    [InlineData("""{"unmoderated_images":[P],"unmoderated_images_count":null,"moderated_images_count":{"a":1}}""", null)]
    public async Task The_counts_of_a_listing_tell_when_pages_were_left_out(string body, long? announced)
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.OK, body.Replace("P", Page));
        Assert.Equal(announced, (await ListAsync(test)).Listing.AnnouncedPageCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("""{"message":"ok"}""")]
    [InlineData("""{"moderated_images":[]""")]
    [InlineData("""{"moderated_images":[]}}""")]
    [InlineData("""{"moderated_images":[]}{}""")]
    [InlineData("""{"moderated_images":[],"signed_urls":{"a":["b"}]}""")]
    [InlineData("""{"moderated_images":[],"signed_urls":{"a":"<html>}""")]
    [InlineData("""{"moderated_images":[] "signed_urls":{}}""")]
    [InlineData("""{"moderated_images":[],}""")]
    [InlineData("""{"moderated_images":<html>}""")]
    [InlineData("""{"moderated_images":[{]}""")]
    [InlineData("""{"moderated_images":[{"id" 5}]}""")]
    public async Task What_is_no_whole_listing_is_an_error_and_is_asked_for_again(string body)
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 1);
        test.Answer(HttpStatusCode.OK, body);
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => ListAsync(test));
        Assert.Equal((NanonetsErrorId.InvalidResponse, 2), (failure.ErrorId, test.Traces.Count));
    }

    [Fact]
    public async Task A_listing_cut_anywhere_is_never_taken_for_a_whole_one()
    {
        byte[] body = Encoding.UTF8
            .GetBytes(
                $$$"""
                {"unmoderated_images_count":2,"unmoderated_images":[{{{Page}}},{{{Page}}}],"signed_urls":{"k":{"original":"https://x/\"y"} }}
                """);
        for (int length = 0; length < body.Length; length++)
        {
            using var test = new TestClient(configure: options => options.MaximumRetryCount = 0);
            Stream(test, [body[..length]], 13);
            var pages = new List<PageResult>();
            var failure = await Assert.ThrowsAsync<NanonetsException>(() => ListAsync(test, pages));
            Assert.Equal(NanonetsErrorId.InvalidResponse, failure.ErrorId);
            Assert.Equal(Encoding.UTF8.GetString(body, 0, length).Split(Page).Length - 1, pages.Count);
        }
    }

    [Fact]
    public async Task A_failure_before_the_first_page_is_tried_again()
    {
        using var test = new TestClient();
        test.AnswerInTurn((HttpStatusCode.BadGateway, "<html>"), new HttpRequestException("reset"), "{\"signed_urls\":{", s_example);
        Assert.NotEmpty((await ListAsync(test)).Pages);
        Assert.Equal(4, test.Traces.Count);
        Assert.Null(test.Traces[^1].RetryDelay);
    }

    [Fact]
    public async Task After_the_first_page_it_is_not_asked_for_again_so_that_no_page_comes_twice()
    {
        using var test = new TestClient();
        test.AnswerInTurn($$"""{"moderated_images":[{{Page}},""", s_example);
        var pages = new List<PageResult>();
        await Assert.ThrowsAsync<NanonetsException>(() => ListAsync(test, pages));
        Assert.Single(pages);
        Assert.Single(test.Traces);
    }

    [Theory]
    [InlineData(401, "error-401", NanonetsErrorId.ApiKeyRejected)]
    [InlineData(404, "error-404-model", NanonetsErrorId.ModelNotFound)]
    public async Task A_refused_listing_says_why(int status, string example, NanonetsErrorId expected)
    {
        using var test = new TestClient();
        test.Answer((HttpStatusCode)status, Example.Read(example));
        Assert.Equal(expected, (await Assert.ThrowsAsync<NanonetsException>(() => ListAsync(test))).ErrorId);
    }

    [Fact]
    public async Task A_page_leaves_as_soon_as_it_is_there()
    {
        using var test = new TestClient();
        var taken = new TaskCompletionSource();
        int reads = 0;
        Stream(
            test, [Encoding.UTF8.GetBytes($$"""{"moderated_images":[{{Page}},"""), Encoding.UTF8.GetBytes($$"""{{Page}}]}""")],
            beforeRead: _ => reads++ == 0 ? Task.CompletedTask : taken.Task);
        var pages = new List<PageResult>();
        PageListing listing = await test.Client.ListPagesAsync(
            TestClient.Model, 0, 1,
            found =>
            {
                pages.AddRange(found);
                taken.TrySetResult();
                return Task.CompletedTask;
            },
            test, Cancel);
        Assert.Equal((2, 2L), (pages.Count, listing.PageCount));
    }

    [Fact]
    public async Task What_the_receiver_throws_comes_out_as_it_is()
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.OK, s_example);
        await Assert.ThrowsAsync<FormatException>(
            () => test.Client.ListPagesAsync(TestClient.Model, 0, 1, _ => throw new FormatException("mine"), test, Cancel));
        Assert.Single(test.Traces);
    }

    [Fact]
    public async Task A_slow_receiver_is_no_silence_of_the_service()
    {
        var clock = new ManualClock();
        using var test = new TestClient(clock);
        Stream(test, [Encoding.UTF8.GetBytes($$"""{"moderated_images":[{{Page}},"""), Encoding.UTF8.GetBytes($$"""{{Page}}]}""")]);
        PageListing listing = await test.Client.ListPagesAsync(
            TestClient.Model, 0, 1,
            async _ =>
            {
                for (int i = 0; i < 50; i++)
                {
                    clock.Advance(TimeSpan.FromMinutes(2));
                    await Task.Yield();
                }
            },
            test, Cancel);
        Assert.Equal(2, listing.PageCount);
    }

    [Fact]
    public async Task Silence_in_the_middle_ends_the_listing_as_a_time_out()
    {
        var clock = new ManualClock();
        using var test = new TestClient(clock);
        var silent = new TaskCompletionSource();
        Stream(
            test, [Encoding.UTF8.GetBytes($$"""{"moderated_images":[{{Page}},""")],
            beforeRead: token => silent.Task.IsCompleted ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask);
        var pages = new List<PageResult>();
        Task<PageListing> listing = test.Client.ListPagesAsync(
            TestClient.Model, 0, 1,
            found =>
            {
                pages.AddRange(found);
                silent.TrySetResult();
                return Task.CompletedTask;
            },
            test, Cancel);
        await Task.WhenAny(silent.Task, listing);
        while (!listing.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(40));
            await Task.Yield();
        }

        var failure = await Assert.ThrowsAsync<NanonetsException>(() => listing);
        Assert.Equal((NanonetsErrorId.RequestTimedOut, 1), (failure.ErrorId, pages.Count));
    }

    [Fact]
    public async Task Cancelling_in_the_middle_cancels_the_listing()
    {
        using var test = new TestClient();
        using var cancel = new CancellationTokenSource();
        Stream(test, Enumerable.Repeat(Encoding.UTF8.GetBytes($"{Page},"), int.MaxValue).Prepend("{\"moderated_images\":["u8.ToArray()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => test.Client.ListPagesAsync(TestClient.Model, 0, 1, _ => cancel.CancelAsync(), test, cancel.Token));
    }

    [Theory]
    [InlineData("a member of 128 MB", 0)]
    [InlineData("text of 128 MB in an object", 0)]
    [InlineData("128 MB of small members", 0)]
    [InlineData("100,000 brackets", 0)]
    [InlineData("100,000 brackets in a page", 1)]
    [InlineData("a page of 128 MB", 1)]
    [InlineData("a name of 128 MB", 1)]
    [InlineData("128 MB of brackets", 1)]
    [InlineData("128 MB of pages", 0)]
    public async Task A_hostile_body_takes_little_memory(string kind, int broken)
    {
        byte[] filling = new byte[1024 * 1024];
        IEnumerable<byte[]> Much(string text)
        {
            filling.AsSpan().Fill((byte)text[0]);
            for (int i = 0; i + text.Length <= filling.Length && text.Length > 1; i += text.Length)
                Encoding.UTF8.GetBytes(text, filling.AsSpan(i));
            return Enumerable.Repeat(text.Length == 1 ? filling : filling[..(filling.Length / text.Length * text.Length)], 128);
        }

        static IEnumerable<byte[]> Text(string text) => [Encoding.UTF8.GetBytes(text)];
        static string Deep(int depth) => new string('[', depth) + new string(']', depth);
        IEnumerable<byte[]> body = kind switch
        {
            "a member of 128 MB" => [.. Text("{\"x\":\""), .. Much("a"), .. Text("\",\"moderated_images\":[]}")],
            "text of 128 MB in an object" => [.. Text("{\"x\":{\"y\":\""), .. Much("a"), .. Text("\"},\"moderated_images\":[]}")],
            "128 MB of small members" => [.. Text("{\"x\":[0"), .. Much(",{\"a\":[1,\"b\"]}"), .. Text("],\"moderated_images\":[]}")],
            "100,000 brackets" => Text($"{{\"x\":{Deep(100_000)},\"moderated_images\":[]}}"),
            "100,000 brackets in a page" => Text($"{{\"moderated_images\":[{{\"x\":{Deep(100_000)}}}]}}"),
            "a page of 128 MB" => [.. Text("{\"moderated_images\":[{\"x\":\""), .. Much("a"), .. Text("\"}]}")],
            "a name of 128 MB" => [.. Text("{\""), .. Much("a"), .. Text("\":1,\"moderated_images\":[]}")],
            "128 MB of brackets" => [.. Text("{\"x\":"), .. Much("[")],
            _ => [.. Text("{\"x\":0"), .. Much($",\"moderated_images\":[{{\"x\":\"{new string('y', 300_000)}\"}}]"), .. Text("}")],
        };

        long peak = 0;
        long before = GC.GetTotalMemory(true);
        var texts = new TextCache();
        var reader = new ListingBody<PageResult>(page => PageReader.Read(page.Span, TestClient.Model, texts), _ =>
        {
            peak = Math.Max(peak, GC.GetTotalMemory(true) - before);
            return Task.CompletedTask;
        });
        using var watchdog = new Watchdog(Clock.System, TimeSpan.FromHours(1), TimeSpan.FromHours(1), Cancel);
        Exception? failure = await Record.ExceptionAsync(() => reader.ReadAsync(new PieceStream(body), watchdog));
        Assert.Equal(broken == 1, failure is InvalidDataException);
        Assert.True(broken == 1 || failure is null, failure?.ToString());
        peak = Math.Max(peak, GC.GetTotalMemory(true) - before);
        Assert.InRange(peak, long.MinValue, 64 * 1024 * 1024);
        GC.KeepAlive(reader);
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1969-12-31T23:59:59Z", 0)]
    [InlineData("2025-03-17T23:59:59Z", 20164)]
    [InlineData("2025-03-18T00:59:59+01:00", 20164)]
    public void Days_are_days_of_the_service(string time, int day) =>
        Assert.Equal(day, EpochDay.Of(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    private static void Stream(
        TestClient test, IEnumerable<byte[]> pieces, int atMost = int.MaxValue, Func<CancellationToken, Task>? beforeRead = null) =>
        test.Respond(_ => Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new PieceStream(pieces, atMost, beforeRead)) }));

    private static async Task<(List<PageResult> Pages, PageListing Listing)> ListAsync(TestClient test, List<PageResult>? pages = null)
    {
        pages ??= [];
        PageListing listing = await test.Client.ListPagesAsync(
            TestClient.Model, 20164, 20165,
            found =>
            {
                pages.AddRange(found);
                return Task.CompletedTask;
            },
            test, Cancel);
        return (pages, listing);
    }
}
