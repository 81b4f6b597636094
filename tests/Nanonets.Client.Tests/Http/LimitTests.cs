using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Http;

namespace Nanonets.Client.Tests.Http;

/// <summary>What an answer may cost, and what a slow line, a dead proxy and an endless head mean.</summary>
[Collection(RunsAlone.Name)]
public class LimitTests
{
    private const int Megabyte = 1024 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_hostile_answers_at_once_cost_no_more_memory_than_one()
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 0);
        byte[] piece = new byte[Megabyte];
        long highest = 0;
        long idle = GC.GetTotalMemory(true);
        test.Respond(
            _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new PieceStream(Endless())) }));
        NanonetsException[] failures = await Task.WhenAll(Enumerable.Range(0, 8).Select(file => Task.Run(
            () => Assert.ThrowsAsync<NanonetsException>(
                () => test.Client.GetFileResultAsync(TestClient.Model, $"f{file}", null, Cancel)), Cancel)));
        Assert.All(failures, failure => Assert.Equal(NanonetsErrorId.InvalidResponse, failure.ErrorId));
        Assert.InRange(highest / Megabyte, 0, 64);

        IEnumerable<byte[]> Endless()
        {
            while (true)
            {
                InterlockedMax(ref highest, GC.GetTotalMemory(false) - idle);
                yield return piece;
            }
        }
    }

    [Fact]
    public async Task A_legitimate_answer_of_40_megabytes_comes_through_beside_small_ones()
    {
        using var test = new TestClient();
        string page = $$"""{"id":"p","request_file_id":"f","page":0,"status":"success","note":"{{new string('x', 40 * Megabyte)}}"}""";
        string body = $$"""{"moderated_images":[],"unmoderated_images":[{{page}}]}""";
        test.Respond(request => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StreamContent(
                new PieceStream(Pieces(request.RequestUri!.AbsolutePath.EndsWith("large", StringComparison.Ordinal)
                    ? body
                    : """{"unmoderated_images":[]}"""))),
        }));
        FileResult[] results = await Task.WhenAll(
            new[] { "large", "s1", "large", "s2" }.Select(file => test.Client.GetFileResultAsync(TestClient.Model, file, null, Cancel)));
        Assert.Equal([1, 0, 1, 0], results.Select(static result => result.Pages.Length));
    }

    [Fact]
    public async Task On_a_slow_line_nothing_expires_as_long_as_bytes_move()
    {
        // Two kilobytes a second, as 64 uploads share a line of one megabit: a write of 126 KB takes a minute.
        var clock = new ManualClock();
        using var watchdog = new Watchdog(clock, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(60), Cancel);
        await watchdog.WriteAsync(
            new SlowStream(count => clock.Advance(TimeSpan.FromSeconds(count / 2000d))), new byte[500_000], 500_000, watchdog.Token);
        Assert.False(watchdog.HasExpired);
    }

    [Fact]
    public void Disposing_twice_never_throws()
    {
        var test = new TestClient();
        var waiter = new ResultWaiter(test.Client, TimeSpan.FromMinutes(1));
        var watchdog = new Watchdog(new ManualClock(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), Cancel);
        IDisposable alarm = new ManualClock().Alarm(TimeSpan.FromSeconds(1), static () => { });
        foreach (IDisposable disposable
            in new[] { waiter, watchdog, alarm, Clock.System.Alarm(TimeSpan.FromDays(1), static () => { }), test.Client })
        {
            disposable.Dispose();
            disposable.Dispose();
        }

        test.Dispose();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-1e6)]
    public async Task A_wait_of_less_than_nothing_is_over_at_once(double seconds)
    {
        await Clock.System.Delay(TimeSpan.FromSeconds(seconds), Cancel);
        var rung = new TaskCompletionSource();
        using IDisposable alarm = Clock.System.Alarm(TimeSpan.FromSeconds(seconds), rung.SetResult);
        await rung.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    /// <summary>Else who waits for a moment would come back before it, and ask again until it is there.</summary>
    [Fact]
    public void A_wait_of_less_than_a_millisecond_is_a_wait() =>
        Assert.NotSame(Task.CompletedTask, Clock.System.Delay(TimeSpan.FromTicks(1), Cancel));

    [Fact]
    public async Task A_wait_of_ages_can_be_set_and_ended()
    {
        using var over = new CancellationTokenSource();
        Task delay = Clock.System.Delay(TimeSpan.MaxValue, over.Token);
        Clock.System.Alarm(TimeSpan.MaxValue, static () => { }).Dispose();
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delay);
    }

    [Fact]
    public async Task A_dead_proxy_is_named()
    {
        int port = FreePort();
        var options = new NanonetsClientOptions("key") { Proxy = new Uri($"http://127.0.0.1:{port}"), MaximumRetryCount = 0 };
        using var client = new NanonetsClient(options);
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => client.GetFileResultAsync("m", "f", null, Cancel));
        Assert.Equal(NanonetsErrorId.ConnectionFailed, failure.ErrorId);
        Assert.StartsWith($"The proxy 127.0.0.1:{port}", failure.Message);
    }

    [Fact]
    public async Task A_head_without_an_end_is_no_missing_service()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task service = ServeAsync(listener, "HTTP/1.1 200 OK\r\nX-Long: " + new string('x', 200_000) + "\r\nContent-Length: 2\r\n\r\n{}");
        var options = new NanonetsClientOptions("key") { BaseUri = new Uri($"http://{listener.LocalEndpoint}"), MaximumRetryCount = 0 };
        using var client = new NanonetsClient(options);
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => client.GetFileResultAsync("m", "f", null, Cancel));
        Assert.Equal(NanonetsErrorId.InvalidResponse, failure.ErrorId);
        Assert.DoesNotContain("cannot be reached", failure.Message);
        await Task.WhenAny(service);
    }

    private static async Task ServeAsync(TcpListener listener, string answer)
    {
        using TcpClient line = await listener.AcceptTcpClientAsync(Cancel);
        NetworkStream stream = line.GetStream();
        Assert.NotEqual(0, await stream.ReadAsync(new byte[8192], Cancel));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Cancel);
        while (await stream.ReadAsync(new byte[1024], Cancel) > 0)
        {
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IEnumerable<byte[]> Pieces(string body)
    {
        for (int at = 0; at < body.Length; at += Megabyte)
            yield return Encoding.UTF8.GetBytes(body.Substring(at, Math.Min(Megabyte, body.Length - at)));
    }

    private static void InterlockedMax(ref long highest, long value)
    {
        long seen;
        while ((seen = Interlocked.Read(ref highest)) < value && Interlocked.CompareExchange(ref highest, value, seen) != seen)
        {
        }
    }

    private sealed class SlowStream(Action<int> pass) : MemoryStream
    {
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            pass(count);
            cancellationToken.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }
    }
}
