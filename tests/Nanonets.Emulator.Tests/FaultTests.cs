using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Emulator.Tests.Support;

namespace Nanonets.Emulator.Tests;

/// <summary>Every fault: what the client sees, and what was stored and charged behind its back.</summary>
public class FaultTests
{
    [Theory]
    [InlineData(FaultKind.CutBefore, 0)]
    [InlineData(FaultKind.CutUpload, 0)]
    [InlineData(FaultKind.CutUnprocessed, 0)]
    [InlineData(FaultKind.CutAfter, 1)]
    [InlineData(FaultKind.TruncatedAnswer, 1)]
    public async Task Cuts_at_every_station(FaultKind kind, int charged)
    {
        foreach (bool graceful in (bool[])[false, true])
        {
            await using Caller caller = await Caller.StartAsync();
            caller.Emulator.Faults.Add(new FaultRule { Kind = kind, Route = "LabelFile", Graceful = graceful });
            await Assert.ThrowsAsync<HttpRequestException>(() => caller.UploadAsync("a.png"));
            Assert.Equal(charged, caller.Emulator.Billing.Charges.Count);
            Assert.Equal(kind, Assert.Single(caller.Emulator.Requests.All).Fault);
        }
    }

    [Theory]
    [InlineData(FaultKind.Stall, 0)]
    [InlineData(FaultKind.StallAfter, 1)]
    [InlineData(FaultKind.StalledAnswer, 1)]
    public async Task Falls_silent_before_and_after_processing(FaultKind kind, int charged)
    {
        await using Caller caller = await Caller.StartAsync();
        caller.Emulator.Faults.Add(new FaultRule { Kind = kind });
        using var patience = new CancellationTokenSource();
        Task<Reply> reply = caller.UploadUntilAsync(patience, Caller.Form(("a.png", TestDocument.Png("a"))));
        await Eventually.HoldsAsync(
            () => caller.Emulator.Requests.All is [{ Fault: not null }] && caller.Emulator.Billing.Charges.Count == charged);
        Assert.False(reply.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply);
        await Eventually.HoldsAsync(() => caller.Emulator.Requests.All[0].Ended is not null);
    }

    [Fact]
    public async Task Stopping_ends_what_is_stalled()
    {
        await using Caller caller = await Caller.StartAsync();
        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Stall });
        Task<Reply> reply = caller.UploadAsync("a.png");
        await Eventually.HoldsAsync(() => caller.Emulator.Requests.All is [{ Fault: not null }]);
        await caller.Emulator.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => reply);
    }

    [Fact]
    public async Task Stops_reading_an_upload()
    {
        await using Caller caller = await Caller.StartAsync();
        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.StallUpload, FileName = "*.pdf", AfterBytes = 1000 });
        using var patience = new CancellationTokenSource();
        var content = new CountedContent(64 * 1024 * 1024, "big.pdf");
        Task<Reply> reply = caller.UploadUntilAsync(patience, content);
        await Eventually.HoldsAsync(() => caller.Emulator.Requests.All is [{ Fault: FaultKind.StallUpload }]);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply);
        Assert.InRange(content.Sent, 1000, 63 * 1024 * 1024);
        Assert.Equal(["big.pdf"], caller.Emulator.Requests.All[0].FileNames);
    }

    [Fact]
    public async Task A_cut_in_the_answer_lets_through_what_was_before_it()
    {
        await using Caller caller = await Caller.StartAsync();
        await caller.UploadAsync([.. Enumerable.Range(1, 15).Select(number => $"{number}.png")]);
        // In good order: after a reset, Windows throws away what the client has not read yet.
        caller.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.TruncatedAnswer, Route = "List", AfterBytes = 30_000, Graceful = true });
        for (int i = 0; i < 20; i++)
            Assert.Equal(30_000, await caller.ReadUntilCutAsync($"Inferences/Model/{caller.Model}/ImageLevelInferences"));
    }

    [Fact]
    public async Task Dribbles_an_answer_by_the_injected_clock()
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { TimeProvider = time, ProcessingTimePerPage = TimeSpan.Zero });
        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.DribbledAnswer, Route = "GetModel", Delay = TimeSpan.FromMinutes(1) });
        Task<Reply> reply = caller.GetAsync("OCR/Model/nobody");
        DateTimeOffset start = time.GetUtcNow();
        await Eventually.HoldsAsync(() =>
        {
            if (time.Waiting > 0)
                time.Advance(TimeSpan.FromMinutes(1));
            return reply.IsCompleted;
        });
        Assert.Equal((await reply).Bytes.Length, (time.GetUtcNow() - start).TotalMinutes, tolerance: 1);
    }

    [Theory]
    [InlineData(FaultKind.Delay, 0)]
    [InlineData(FaultKind.DelayAfter, 1)]
    public async Task Delays_by_the_injected_clock(FaultKind kind, int chargedWhileWaiting)
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions { TimeProvider = time });
        caller.Emulator.Faults.Add(new FaultRule { Kind = kind, Route = "LabelFile", Delay = TimeSpan.FromHours(3) });
        Task<Reply> reply = caller.UploadAsync("a.png");
        await Eventually.HoldsAsync(() => time.Waiting == 1);
        Assert.Equal(chargedWhileWaiting, caller.Emulator.Billing.Charges.Count);
        time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(200, (await reply).Status);
        Assert.Single(caller.Emulator.Billing.Charges);
    }

    [Theory]
    [InlineData(FaultKind.Status, 0)]
    [InlineData(FaultKind.StatusAfter, 1)]
    public async Task Answers_any_status_with_any_body(FaultKind kind, int charged)
    {
        await using Caller caller = await Caller.StartAsync();
        (FaultBody Body, string? Type, Func<string, bool> IsRight)[] bodies =
        [
            (FaultBody.Service, "application/json", static text => text.Contains("\"errors\":[{")),
            (FaultBody.Html, "text/html", static text => text.StartsWith("<html>", StringComparison.Ordinal)),
            (FaultBody.Empty, "application/json", static text => text.Length == 0),
            (FaultBody.TruncatedJson, "application/json", static text => text[0] == '{' && text[^1] != '}'),
            (FaultBody.EmptyResult, "application/json",
                static text => text.StartsWith("{\"message\":\"Success\",\"result\":[],", StringComparison.Ordinal)),
            (FaultBody.Text, "text/plain", static text => text == "the model is retired"),
        ];
        foreach ((FaultBody body, string? type, Func<string, bool> isRight) in bodies)
        {
            caller.Emulator.Reset();
            caller.Emulator.Faults.Add(
                new FaultRule { Kind = kind, Status = 504, Body = body, Text = "the model is retired", TextType = "text/plain" });
            Reply reply = await caller.UploadAsync("a.png");
            Assert.Equal(504, reply.Status);
            Assert.Equal(type, reply.ContentType);
            Assert.True(isRight(reply.Text), reply.Text);
            Assert.Equal(charged, caller.Emulator.Billing.Charges.Count);
        }
    }

    [Fact]
    public async Task Names_fewer_files_than_it_charged()
    {
        await using Caller caller = await Caller.StartAsync();
        caller.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.StatusAfter, Status = 200, Body = FaultBody.FewerFiles, AnswerFiles = 2 });
        Reply reply = await caller.UploadAsync("a.png", "b.png", "c.png");
        Assert.Equal(200, reply.Status);
        Assert.Equal(["a.png", "b.png"], reply.Pages.Select(page => page.GetProperty("input").GetString()));
        Assert.Equal(3, caller.Emulator.Billing.Charges.Count);
    }

    [Fact]
    public async Task Answers_at_any_length()
    {
        await using Caller caller = await Caller.StartAsync();
        caller.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.Status, Status = 200, Body = FaultBody.Large, AnswerBytes = 5_000_000 });
        Reply reply = await caller.UploadAsync("a.png");
        Assert.InRange(reply.Bytes.Length, 5_000_000, 5_200_000);
        Assert.Equal(0, reply.Json.GetProperty("result").GetArrayLength());
    }

    [Theory]
    [InlineData(FaultKind.Partial)]
    [InlineData(FaultKind.CutAfter)]
    public async Task Accepts_some_files_of_a_request(FaultKind kind)
    {
        await using Caller caller = await Caller.StartAsync();
        caller.Emulator.Faults.Add(new FaultRule { Kind = kind, AcceptFiles = 7 });
        string[] names = [.. Enumerable.Range(1, 20).Select(number => $"{number}.png")];
        if (kind == FaultKind.Partial)
            Assert.Equal(names[..7], (await caller.UploadAsync(names)).Pages.Select(page => page.GetProperty("input").GetString()));
        else
            await Assert.ThrowsAsync<HttpRequestException>(() => caller.UploadAsync(names));
        Assert.Equal(names[..7], caller.Emulator.Billing.Charges.Select(charge => charge.FileName));
    }

    [Fact]
    public async Task Retry_after_comes_in_every_form()
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions { TimeProvider = time });
        (FaultRule Rule, string Header)[] forms =
        [
            (new() { Kind = FaultKind.Status, Status = 429, RetryAfter = "7" }, "7"),
            (new() { Kind = FaultKind.Status, Status = 429, RetryAfter = "in a while" }, "in a while"),
            (new() { Kind = FaultKind.Status, Status = 429, RetryAfter = "99999999999" }, "99999999999"),
            (new() { Kind = FaultKind.Status, Status = 429, RetryAfterDate = TimeSpan.FromSeconds(90) }, "Tue, 10 Mar 2026 12:01:30 GMT"),
            (new() { Kind = FaultKind.Status, Status = 429, RetryAfterDate = TimeSpan.FromDays(-1) }, "Mon, 09 Mar 2026 12:00:00 GMT"),
        ];
        foreach ((FaultRule rule, string header) in forms)
        {
            caller.Emulator.Faults.Clear();
            caller.Emulator.Faults.Add(rule);
            Reply reply = await caller.UploadAsync("a.png");
            Assert.Equal(header, Assert.Single(reply.Headers.NonValidated["Retry-After"]));
        }
    }

    [Fact]
    public async Task Redirects_to_another_host()
    {
        await using Caller caller = await Caller.StartAsync();
        caller.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.Status, Status = 307, Location = "http://elsewhere.example/api/v2/x",
                Body = FaultBody.Empty });
        Reply reply = await caller.UploadAsync("a.png");
        Assert.Equal(307, reply.Status);
        Assert.Equal("http://elsewhere.example/api/v2/x", reply.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Closes_connections_with_and_without_a_word()
    {
        await using Caller caller = await Caller.StartAsync();
        FaultRule rule = caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.ConnectionClose, To = 1 });
        Assert.True((await caller.UploadAsync("a.png")).Headers.ConnectionClose);
        Assert.Equal(200, (await caller.UploadAsync("b.png")).Status);
        Assert.Equal([false, false], caller.Emulator.Requests.All.Select(request => request.OnReusedConnection));
        caller.Emulator.Faults.Remove(rule);

        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.CloseIdle, OnReusedConnection = true, To = 1 });
        Reply idle = await caller.UploadAsync("c.png");
        Assert.Null(idle.Headers.ConnectionClose);
        Assert.True(caller.Emulator.Requests.All[^1].OnReusedConnection);
        await Eventually.HoldsAsync(() => caller.Emulator.Requests.All[^1].Ended is not null);
        Assert.Equal(200, (await caller.GetAsync($"OCR/Model/{caller.Model}")).Status);
        Assert.False(caller.Emulator.Requests.All[^1].OnReusedConnection);
    }

    [Fact]
    public async Task Files_fail_stay_or_take_their_time_each_by_itself()
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { TimeProvider = time, ProcessingTimePerPage = TimeSpan.FromSeconds(1) });
        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.FileFails, FileName = "bad*" });
        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.FileNeverFinishes, FileName = "stuck.png" });
        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.FileSlow, FileName = "slow.png", Delay = TimeSpan.FromHours(1) });
        Reply upload = await caller.UploadAsync("bad-1.png", "stuck.png", "slow.png", "good.png");
        Assert.Equal(["pending", "pending", "pending", "pending"], await StatesAsync());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["failure", "pending", "pending", "success"], await StatesAsync());
        time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(["failure", "pending", "success", "success"], await StatesAsync());

        async Task<string?[]> StatesAsync()
        {
            var states = new string?[4];
            for (int i = 0; i < 4; i++)
            {
                Reply file = await caller.GetAsync($"Inferences/Model/{caller.Model}/InferenceRequestFiles/GetPredictions/"
                    + $"{upload.Pages[i].GetProperty("request_file_id").GetString()}");
                states[i] = file.Stored[0].GetProperty("status").GetString();
            }

            return states;
        }
    }

    [Fact]
    public async Task Rules_pick_by_number_name_model_time_and_share()
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions { TimeProvider = time });
        FaultList faults = caller.Emulator.Faults;

        Assert.Equal("..x.x.x", await HitsAsync(new() { Kind = FaultKind.Status, From = 3, Every = 2 }, 7));
        Assert.Equal("xx.....", await HitsAsync(new() { Kind = FaultKind.Status, To = 2 }, 7));
        Assert.Equal(".x....", await HitsAsync(new() { Kind = FaultKind.Status, FileName = "2.*" }, 6));
        Assert.Equal("...", await HitsAsync(new() { Kind = FaultKind.Status, Model = "another" }, 3));
        Assert.Equal("...", await HitsAsync(new() { Kind = FaultKind.Status, Route = "GetModel" }, 3));
        Assert.Equal("...", await HitsAsync(new() { Kind = FaultKind.Status, Since = time.GetUtcNow().AddHours(1) }, 3));
        Assert.Equal("...", await HitsAsync(new() { Kind = FaultKind.Status, Until = time.GetUtcNow() }, 3));
        Assert.Equal("xxx", await HitsAsync(new() { Kind = FaultKind.Status, Until = time.GetUtcNow().AddSeconds(1) }, 3));

        string drawn = await HitsAsync(new() { Kind = FaultKind.Status, Probability = 0.3, Seed = 5 }, 60);
        Assert.InRange(drawn.Count(static hit => hit == 'x'), 9, 28);
        Assert.Equal(drawn, await HitsAsync(new() { Kind = FaultKind.Status, Probability = 0.3, Seed = 5 }, 60));
        Assert.NotEqual(drawn, await HitsAsync(new() { Kind = FaultKind.Status, Probability = 0.3, Seed = 6 }, 60));

        faults.Clear();
        FaultRule first = faults.Add(new FaultRule { Kind = FaultKind.Status, CountPerFile = true, To = 1 });
        int[] statuses = [(await caller.UploadAsync("a")).Status, (await caller.UploadAsync("b")).Status,
            (await caller.UploadAsync("a")).Status];
        Assert.Equal([503, 503, 200], statuses);
        Assert.Equal(2, first.Hits);

        async Task<string> HitsAsync(FaultRule rule, int count)
        {
            faults.Clear();
            faults.Add(rule);
            string hits = string.Empty;
            for (int i = 1; i <= count; i++)
                hits += (await caller.UploadAsync($"{i}.png")).Status == 503 ? 'x' : '.';
            return hits;
        }
    }

    [Fact]
    public async Task Rules_are_written_and_read_over_http()
    {
        await using Caller caller = await Caller.StartAsync();
        Reply added = await caller.ControlAsync(HttpMethod.Post, "faults", """
            [{"kind":"status_after","route":"LabelFile","file_name":"*.png","status":200,"body":"empty_result","to":1},
             {"kind":"delay","route":"GetModel","delay":0.001},
             {"kind":"status","status":429,"route":"LabelFile","retry_after_date":"00:01:00"}]
            """);
        Assert.Equal(3, added.Json.GetArrayLength());
        Assert.Empty((await caller.UploadAsync("a.png")).Pages);
        Assert.Equal(429, (await caller.UploadAsync("a.png")).Status);
        JsonElement listed = (await caller.ControlAsync(HttpMethod.Get, "faults")).Json;
        Assert.Equal([1, 0, 1], listed.EnumerateArray().Select(rule => rule.GetProperty("hits").GetInt32()));
        Assert.Equal("empty_result", listed[0].GetProperty("body").GetString());
        Assert.Equal(0.001, listed[1].GetProperty("delay").GetDouble());

        Assert.Equal(0, (await caller.ControlAsync(HttpMethod.Delete, "faults")).Json.GetArrayLength());
        Assert.Equal(200, (await caller.UploadAsync("a.png")).Status);
        Reply wrong = await caller.ControlAsync(HttpMethod.Post, "faults", """{"kind":"status","stauts":500}""");
        Assert.Equal(400, wrong.Status);
        Assert.Contains("stauts", wrong.Text);
        Assert.Equal(400, (await caller.ControlAsync(HttpMethod.Post, "faults", """{"kind":"explode"}""")).Status);
        Assert.Equal(400, (await caller.ControlAsync(HttpMethod.Post, "faults", "{")).Status);
        Assert.Empty(caller.Emulator.Faults.All);
    }

    /// <summary>A form with one large file that knows how much of it was taken.</summary>
    private sealed class CountedContent(long size, string name) : HttpContent
    {
        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            Headers.ContentType = new("multipart/form-data");
            byte[] block = new byte[64 * 1024];
            System.Text.Encoding.UTF8.GetBytes($"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n")
                .CopyTo(block, 0);
            while (Sent < size)
            {
                await stream.WriteAsync(block, TestContext.Current.CancellationToken);
                Sent += block.Length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = size;
            return true;
        }
    }
}
