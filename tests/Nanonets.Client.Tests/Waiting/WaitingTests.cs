using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Http;

namespace Nanonets.Client.Tests;

public class WaitingTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly string s_pending = Example.Read("getpredictions-pending");
    private static readonly string s_partial = Example.Read("getpredictions-pending-partial");
    private static readonly string s_empty = Example.Read("getpredictions-pending-empty");
    private static readonly string s_finished = Example.Read("getpredictions-finished");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_known_page_count_is_finished_when_that_many_pages_are()
    {
        using var test = new TestClient();
        test.AnswerInTurn(s_pending, s_empty, s_partial, s_finished);
        FileResult result = await Wait(test, knownPageCount: 3);
        Assert.Equal([0, 1, 2], result.Pages.Select(page => page.Page));
        Assert.Equal(4, test.Traces.Count);
        Assert.Equal(1, test.Clock.Delays[0].TotalSeconds);
        Assert.True(test.Clock.Delays.Skip(1).SequenceEqual(test.Clock.Delays.Skip(1).Order()), "Polls come less and less often.");
    }

    [Fact]
    public async Task Without_a_known_page_count_two_equal_answers_are_needed()
    {
        using var test = new TestClient();
        test.AnswerInTurn(s_finished);
        await Wait(test, knownPageCount: null, firstDelay: TimeSpan.Zero);
        Assert.Equal(2, test.Traces.Count);
    }

    [Fact]
    public async Task Fewer_finished_pages_than_were_uploaded_are_not_enough_at_once()
    {
        using var test = new TestClient();
        test.AnswerInTurn(s_finished);
        await Wait(test, knownPageCount: 4);
        Assert.Equal(2, test.Traces.Count);
    }

    [Fact]
    public async Task A_page_that_failed_is_finished_too()
    {
        using var test = new TestClient();
        test.AnswerInTurn(Example.Read("getpredictions-failure"));
        FileResult result = await Wait(test, knownPageCount: null);
        Assert.Contains(result.Pages, page => page.State == PageState.Failure);
    }

    [Fact]
    public async Task Polls_that_fail_for_a_while_lose_nothing()
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 0);
        test.AnswerInTurn(
            (HttpStatusCode.NotFound, Example.Read("error-404-file")), (HttpStatusCode.InternalServerError, ""),
            ((HttpStatusCode)429, Example.Read("error-429")),
            new HttpRequestException("reset"), "garbage", s_finished);
        FileResult result = await Wait(test, knownPageCount: 3);
        Assert.Equal(3, result.Pages.Length);
    }

    [Fact]
    public async Task A_file_that_stays_unknown_for_a_minute_is_not_there()
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.NotFound, Example.Read("error-404-file"));
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => Wait(test, knownPageCount: 3));
        Assert.Equal(NanonetsErrorId.DocumentNotFound, failure.ErrorId);
        Assert.InRange(test.Clock.Elapsed.TotalSeconds, 60, 90);
    }

    [Fact]
    public async Task A_rejected_key_ends_the_wait()
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.Unauthorized, Example.Read("error-401"));
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => Wait(test, knownPageCount: 3));
        Assert.Equal(NanonetsErrorId.ApiKeyRejected, failure.ErrorId);
    }

    [Fact]
    public async Task A_time_out_names_the_file_and_keeps_what_was_seen()
    {
        using var test = new TestClient();
        test.AnswerInTurn(s_partial);
        using var waiter = new ResultWaiter(test.Client, TimeSpan.FromSeconds(30), test);
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => waiter.WaitAsync(TestClient.Model, "file-7", 3, TimeSpan.FromSeconds(1), Cancel));
        Assert.Equal(NanonetsErrorId.ResultTimedOut, failure.ErrorId);
        Assert.Contains("file-7", failure.Message);
        Assert.Equal(3, failure.LastSeen!.Pages.Length);
        Assert.InRange(test.Clock.Elapsed.TotalSeconds, 29.9, 35);
    }

    [Fact]
    public async Task A_result_pending_for_hours_costs_few_polls()
    {
        using var test = new TestClient();
        test.AnswerInTurn(s_pending);
        using var waiter = new ResultWaiter(test.Client, TimeSpan.FromHours(6), test);
        await Assert.ThrowsAsync<NanonetsException>(() => waiter.WaitAsync(TestClient.Model, "f", 3, TimeSpan.FromSeconds(1), Cancel));
        Assert.InRange(test.Traces.Count, 50, 250);
    }

    [Theory]
    [InlineData("imagelevel-page-pending")]
    [InlineData("imagelevel-page-pending-message-only")]
    [InlineData("imagelevel-page-pending-in-page")]
    public async Task A_page_is_waited_for_whatever_its_answer_looks_like_until_then(string pending)
    {
        using var test = new TestClient();
        test.AnswerInTurn(Example.Read(pending), Example.Read("imagelevel-page-finished"));
        using var waiter = new ResultWaiter(test.Client, s_hour, test);
        PageResult page = await waiter.WaitForPageAsync(TestClient.Model, "p", Cancel);
        Assert.Equal((PageState.Success, 2), (page.State, test.Traces.Count));
    }

    [Fact]
    public async Task Silence_before_the_headers_times_out_and_says_so()
    {
        var clock = new ManualClock();
        using var test = new TestClient(clock, options => options.MaximumRetryCount = 0);
        test.Respond(async request =>
        {
            await Task.Delay(Timeout.Infinite, Cancel);
            return new HttpResponseMessage(HttpStatusCode.OK);
        });
        Task<NanonetsModel> model = test.Client.GetModelAsync(TestClient.Model, test, Cancel);
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(model.IsCompleted);
        while (!model.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(40));
            await Task.Yield();
        }

        var failure = await Assert.ThrowsAsync<NanonetsException>(() => model);
        Assert.Equal(NanonetsErrorId.RequestTimedOut, failure.ErrorId);
        Assert.True(failure.IsRetryable);
    }

    [Fact]
    public async Task The_watchdog_lets_moving_bytes_live_and_ends_silence()
    {
        var clock = new ManualClock();
        using var watchdog = new Watchdog(clock, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(60), CancellationToken.None);
        for (int i = 0; i < 20; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(50));
            watchdog.Moved();
            await Task.Yield();
        }

        Assert.False(watchdog.HasExpired);
        while (!watchdog.HasExpired)
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        Assert.True(watchdog.Token.IsCancellationRequested);
    }

    private static async Task<FileResult> Wait(TestClient test, int? knownPageCount, TimeSpan? firstDelay = null)
    {
        using var waiter = new ResultWaiter(test.Client, s_hour, test);
        return await waiter.WaitAsync(
            TestClient.Model, "b3e2926c-b050-4f5b-938f-aac72a145a63", knownPageCount, firstDelay ?? TimeSpan.FromSeconds(1), Cancel);
    }
}
