using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;

namespace Nanonets.Client.Tests.Json;

/// <summary>GETs: what is tried again, how long is waited, and what an error says.</summary>
public class ReadingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, "error-400-urls-missing", NanonetsErrorId.RequestRejected, 1)]
    [InlineData(401, "error-401", NanonetsErrorId.ApiKeyRejected, 1)]
    [InlineData(402, "error-402", NanonetsErrorId.QuotaExhausted, 1)]
    [InlineData(403, "error-403", NanonetsErrorId.PermissionDenied, 1)]
    [InlineData(404, "error-404-file", NanonetsErrorId.DocumentNotFound, 1)]
    [InlineData(404, "error-404-model", NanonetsErrorId.ModelNotFound, 1)]
    [InlineData(409, "error-409-model-not-ready", NanonetsErrorId.ModelNotReady, 1)]
    [InlineData(429, "error-429", NanonetsErrorId.RateLimited, 5)]
    [InlineData(500, "error-500", NanonetsErrorId.ServiceUnavailable, 2)]
    [InlineData(502, "error-500", NanonetsErrorId.ServiceUnavailable, 5)]
    [InlineData(503, "error-503", NanonetsErrorId.ServiceUnavailable, 5)]
    [InlineData(504, "error-503", NanonetsErrorId.ServiceUnavailable, 5)]
    [InlineData(302, "error-503", NanonetsErrorId.InvalidResponse, 1)]
    public async Task A_failed_query_says_what_and_was_tried_as_often_as_it_makes_sense(
        int status, string example, NanonetsErrorId expected, int tries)
    {
        using var test = new TestClient();
        test.Answer((HttpStatusCode)status, Example.Read(example));
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => test.Client.GetFileResultAsync(TestClient.Model, "file-7", test, Cancel));
        Assert.Equal((expected, tries, status), (failure.ErrorId, test.Traces.Count, failure.StatusCode));
        Assert.Equal(Enumerable.Range(1, tries), test.Traces.Select(trace => trace.Attempt));
        Assert.Null(test.Traces[^1].RetryDelay);
    }

    [Fact]
    public async Task A_query_succeeds_after_failures_that_pass()
    {
        using var test = new TestClient();
        test.AnswerInTurn(
            (HttpStatusCode.BadGateway, "<html>"), new HttpRequestException("reset"), "no json", "[1]",
            Example.Read("getpredictions-finished"));
        FileResult result = await test.Client.GetFileResultAsync(TestClient.Model, "f", test, Cancel);
        Assert.Equal([0, 1, 2], result.Pages.Select(page => page.Page));
        double[] delays = [.. test.Clock.Delays.Select(delay => delay.TotalSeconds)];
        Assert.Equal(4, delays.Length);
        for (int i = 0; i < delays.Length; i++)
            Assert.InRange(delays[i], 0.75 * Math.Pow(2, i), 1.25 * Math.Pow(2, i));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Mon, 17 Mar 2025 12:00:30 GMT", 30)]
    [InlineData("86400", 120)]
    public async Task Retry_After_goes_before_our_own_delay_and_is_capped(string header, int seconds)
    {
        using var test = new TestClient(new ManualClock());
        using var cancel = new CancellationTokenSource();
        test.Answer((HttpStatusCode)429, Example.Read("error-429"),
            change: response => response.Headers.TryAddWithoutValidation("Retry-After", header));
        Task<NanonetsModel> model = test.Client.GetModelAsync(TestClient.Model, test, cancel.Token);
        while (test.Traces.Count == 0)
            await Task.Yield();
        Assert.Equal(seconds, test.Traces[0].RetryDelay!.Value.TotalSeconds);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model);
    }

    [Fact]
    public async Task An_answer_that_ends_early_is_tried_again_and_then_said_to_have_broken_off()
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 1);
        test.Respond(_ =>
        {
            var content = new ByteArrayContent("{\"a\":"u8.ToArray());
            content.Headers.ContentLength = 100;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        });
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => test.Client.GetModelAsync(TestClient.Model, test, Cancel));
        Assert.Equal((NanonetsErrorId.InvalidResponse, 2), (failure.ErrorId, test.Traces.Count));
    }

    [Fact]
    public async Task An_endless_answer_does_not_fill_the_memory()
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 0);
        test.Respond(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream()) }));
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => test.Client.GetModelAsync(TestClient.Model, test, Cancel));
        Assert.Equal(NanonetsErrorId.InvalidResponse, failure.ErrorId);
    }

    [Fact]
    public async Task Cancelling_a_query_cancels_it()
    {
        using var test = new TestClient();
        using var cancel = new CancellationTokenSource();
        test.Respond(async _ =>
        {
            await cancel.CancelAsync();
            throw new OperationCanceledException(cancel.Token);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Client.GetModelAsync(TestClient.Model, test, cancel.Token));
        Assert.Single(test.Traces);
    }

    [Fact]
    public async Task The_key_travels_in_the_header_and_is_shown_nowhere()
    {
        using var test = new TestClient();
        string? authorization = null;
        test.Respond(request =>
        {
            authorization = request.Headers.Authorization!.ToString();
            throw new HttpRequestException("broken");
        });
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => test.Client.GetModelAsync(TestClient.Model, test, Cancel));
        string encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(TestClient.Key + ":"));
        Assert.Equal("Basic " + encoded, authorization);
        string shown = failure + string.Join('\n',
            test.Traces.SelectMany(trace => trace.RequestHeaders.Concat(trace.ResponseHeaders)).Select(header => header.Key + header.Value))
            + new NanonetsClientOptions(TestClient.Key);
        Assert.DoesNotContain(TestClient.Key, shown);
        Assert.DoesNotContain(encoded, shown);
        Assert.Contains(test.Traces, trace => trace.RequestHeaders.ContainsKey("User-Agent"));
    }

    [Theory]
    [InlineData("https://app.nanonets.com", "https://app.nanonets.com/api/v2/")]
    [InlineData("https://proxy.example/nano/api/v2/", "https://proxy.example/nano/api/v2/")]
    [InlineData("http://127.0.0.1:8080/api/v2", "http://127.0.0.1:8080/api/v2/")]
    [InlineData("http://localhost:1/", "http://localhost:1/api/v2/")]
    public void Every_way_to_write_the_address_means_the_api(string given, string expected) =>
        Assert.Equal(expected, new NanonetsClientOptions("k") { BaseUri = new Uri(given) }.BaseUri.ToString());

    [Theory]
    [InlineData("http://app.nanonets.com")]
    [InlineData("ftp://app.nanonets.com")]
    [InlineData("https://user:pass@app.nanonets.com")]
    public void An_address_that_would_give_the_key_away_is_refused(string given) =>
        Assert.Throws<ArgumentException>(() => new NanonetsClientOptions("k") { BaseUri = new Uri(given) });

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("with:colon")]
    [InlineData("line\nbreak")]
    public void What_can_be_no_key_is_refused_without_repeating_it(string key)
    {
        var failure = Assert.Throws<ArgumentException>(() => new NanonetsClientOptions(key));
        Assert.DoesNotContain("colon", failure.Message);
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
