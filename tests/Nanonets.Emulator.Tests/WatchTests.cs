using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Tests.Support;

namespace Nanonets.Emulator.Tests;

/// <summary>What the emulator's page asks for: what has changed, a request as a whole, a document as it is.</summary>
public class WatchTests
{
    [Fact]
    public async Task Only_what_has_changed_is_told()
    {
        await using Caller caller = await Caller.StartAsync();
        JsonElement empty = await WatchAsync(caller, 0);
        Assert.Equal((0, 0, 0), (Count(empty, "requests"), Count(empty, "faults"), Number(empty, "total_pages")));

        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.StatusAfter, Status = 502, Route = "LabelFile", To = 1 });
        await caller.BrowseAsync(HttpMethod.Post, $"api/v2/{caller.Upload}", Document(), ("X-Emulator-Try", "mine"));
        JsonElement first = await EndedAsync(caller, Number(empty, "step"));
        JsonElement request = Assert.Single(first.GetProperty("requests").EnumerateArray());
        Assert.Equal(("LabelFile", 502, "status_after", "mine", 1),
            (Text(request, "route"), Number(request, "status"), Text(request, "fault"), Text(request, "try"),
                Number(request, "charged_pages")));
        Assert.True(request.GetProperty("duration").GetDouble() > 0);
        Assert.Equal((1, 1, 0),
            (Number(first, "total_pages"), Number(first.GetProperty("faults")[0], "hits"), Number(first, "charged_twice")));

        JsonElement nothing = await WatchAsync(caller, Number(first, "step"));
        Assert.Equal((0, Number(first, "step"), Text(first, "emulator")),
            (Count(nothing, "requests"), Number(nothing, "step"), Text(nothing, "emulator")));
        Assert.Single(caller.Emulator.Requests.All);
    }

    [Fact]
    public async Task A_request_is_told_when_it_begins_and_again_when_it_ends()
    {
        await using Caller caller = await Caller.StartAsync();
        FaultRule stall = caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.StallAfter });
        using var patience = new System.Threading.CancellationTokenSource();
        Task<Reply> upload = caller.UploadUntilAsync(patience, Document());
        await Eventually.HoldsAsync(() => stall.Hits == 1 && caller.Emulator.Billing.TotalPages == 1);
        JsonElement began = await WatchAsync(caller, 0);
        JsonElement open = began.GetProperty("requests")[0];
        Assert.All((string[])["ended", "duration"], name => Assert.Equal(JsonValueKind.Null, open.GetProperty(name).ValueKind));

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        JsonElement ended = await EndedAsync(caller, Number(began, "step"));
        Assert.Equal(JsonValueKind.Null, ended.GetProperty("requests")[0].GetProperty("status").ValueKind);
    }

    [Fact]
    public async Task What_was_forgotten_is_older_than_the_oldest()
    {
        await using Caller caller = await Caller.StartAsync();
        await caller.UploadAsync("a.png");
        JsonElement before = await EndedAsync(caller, 0);
        int began = Number(before.GetProperty("requests")[0], "began");
        Assert.Equal(began, Number(before, "oldest"));
        caller.Emulator.Reset();
        Assert.True(Number(await WatchAsync(caller, Number(before, "step")), "oldest") > began);
        for (int i = 0; i < 250; i++)
            await caller.GetAsync($"OCR/Model/{caller.Model}");
        JsonElement after = await WatchAsync(caller, 0);
        Assert.Equal(200, Count(after, "requests"));
        Assert.Equal(Number(after.GetProperty("requests")[0], "began"), Number(after, "oldest"));
    }

    [Fact]
    public async Task A_request_can_be_seen_whole_without_its_key()
    {
        await using Caller caller = await Caller.StartAsync();
        MultipartFormDataContent form = Document();
        form.Add(new StringContent("m"), "request_metadata");
        (string, string)[] headers = [("User-Agent", "test/1"), ("Cookie", "session=s3cret"), ("X-Api-Key", "s3cret")];
        Reply upload = await caller.BrowseAsync(HttpMethod.Post, $"api/v2/{caller.Upload}", form, headers);
        Reply whole = await WholeAsync(caller);
        Assert.Equal("test/1", whole.Json.GetProperty("headers").GetProperty("User-Agent").GetString());
        Assert.StartsWith("multipart/form-data; boundary=", whole.Json.GetProperty("headers").GetProperty("Content-Type").GetString());
        Assert.Equal(("a.png", "m"),
            (whole.Json.GetProperty("file_names")[0].GetString(), Text(whole.Json.GetProperty("fields"), "request_metadata")));
        Assert.Equal((upload.Text, upload.Bytes.Length, "application/json"), (Text(whole.Json.GetProperty("answer"), "text"),
            Number(whole.Json.GetProperty("answer"), "length"), Text(whole.Json.GetProperty("answer"), "content_type")));
        JsonElement charge = Assert.Single(whole.Json.GetProperty("charges").EnumerateArray());
        Assert.Equal((upload.FileId, 1), (Text(charge, "request_file_id"), Number(charge, "pages")));
        foreach (string secret in (string[])["s3cret", caller.Emulator.Options.ApiKey,
            Caller.Basic(caller.Emulator.Options.ApiKey + ":").Parameter!])
            Assert.DoesNotContain(secret, whole.Text);
        Assert.True(whole.Json.GetProperty("has_authorization").GetBoolean());
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_seen_and_still_understood()
    {
        await using Caller caller = await Caller.StartAsync();
        const string json = """{"categories":["total_amount","currency"],"model_type":"ocr"}""";
        Reply created = await caller.PostJsonAsync("OCR/Model/", json);
        Assert.Equal(200, created.Status);
        Assert.Equal(json, Text((await WholeAsync(caller)).Json, "body"));
    }

    [Fact]
    public async Task An_answer_that_never_left_is_seen_too()
    {
        await using Caller caller = await Caller.StartAsync();
        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.CutAfter });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => caller.UploadAsync("a.png"));
        JsonElement whole = (await WholeAsync(caller)).Json;
        Assert.Equal(JsonValueKind.Null, whole.GetProperty("status").ValueKind);
        Assert.Contains(Text(whole.GetProperty("charges")[0], "request_file_id")!, Text(whole.GetProperty("answer"), "text"));
    }

    [Fact]
    public async Task Headers_and_answers_are_kept_of_the_newest_requests_only()
    {
        await using Caller caller = await Caller.StartAsync();
        for (int i = 0; i < 501; i++)
            await caller.GetAsync($"OCR/Model/{caller.Model}");
        await Eventually.HoldsAsync(() => caller.Emulator.Requests.Open.Count == 0);
        int[] began = [.. caller.Emulator.Requests.All.Select(static request => request.Began)];
        Assert.Equal((501, false, true), (began.Length, await IsKeptAsync(caller, began[0]), await IsKeptAsync(caller, began[1])));
        Assert.Equal(404, (await caller.ControlAsync(HttpMethod.Get, "requests/999999")).Status);
        Assert.Equal(404, (await caller.ControlAsync(HttpMethod.Get, "requests/x")).Status);
    }

    [Fact]
    public async Task Large_answers_and_fields_are_kept_in_part_and_push_out_older_ones()
    {
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions { AcceptAnyContent = true });
        string text = "{\"a\":\"" + new string('x', 2 * 1024 * 1024) + "\"}";
        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 200, Body = FaultBody.Text, Text = text });
        for (int i = 0; i < 20; i++)
            Assert.Equal(text.Length, (await caller.GetAsync("OCR/Model/")).Bytes.Length);
        JsonElement last = (await WholeAsync(caller)).Json.GetProperty("answer");
        Assert.Equal((text.Length, 1024 * 1024), (Number(last, "length"), Text(last, "text")!.Length));
        int kept = 0;
        foreach (LoggedRequest request in caller.Emulator.Requests.All)
            kept += await IsKeptAsync(caller, request.Began) ? 1 : 0;
        Assert.InRange(kept, 10, 16);

        caller.Emulator.Faults.Clear();
        string base64 = Convert.ToBase64String(new byte[1024 * 1024]);
        await caller.BrowseAsync(HttpMethod.Post, $"api/v2/{caller.Upload}", new FormUrlEncodedContent([new("base64_data", base64)]));
        Assert.Equal(base64[..(64 * 1024)] + "\u2026", caller.Emulator.Requests.All[^1].Fields["base64_data"]);
        Assert.Equal(1024 * 1024, caller.Emulator.Billing.Charges[^1].Bytes);
    }

    [Fact]
    public void The_log_itself_ends_somewhere()
    {
        var log = new RequestLog();
        for (int i = 0; i < 110_001; i++)
        {
            var request = new LoggedRequest();
            log.Add(request);
            log.End(request, TimeSpan.Zero);
        }

        Assert.Equal((100_000, 220_001, 220_002), (log.All.Count, log.All[^1].Began, log.Steps));
    }

    [Fact]
    public async Task A_fault_is_removed_by_its_number()
    {
        await using Caller caller = await Caller.StartAsync();
        Reply added = await caller.ControlAsync(HttpMethod.Post, "faults", """[{"kind":"delay"},{"kind":"stall"},{"kind":"close_idle"}]""");
        int[] numbers = [.. added.Json.EnumerateArray().Select(static rule => Number(rule, "number"))];
        Assert.Equal([1, 2, 3], numbers);
        Assert.Equal(["delay", "close_idle"], Kinds(await caller.ControlAsync(HttpMethod.Delete, "faults/2")));
        Assert.Equal(["delay", "close_idle"], Kinds(await caller.ControlAsync(HttpMethod.Delete, "faults/2")));
        Assert.Equal(4, Number((await caller.ControlAsync(HttpMethod.Post, "faults", """{"kind":"stall"}""")).Json[2], "number"));

        static string[] Kinds(Reply reply) => [.. reply.Json.EnumerateArray().Select(static rule => Text(rule, "kind")!)];
    }

    [Fact]
    public async Task Looking_at_a_document_is_no_question_and_meets_no_fault()
    {
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero, PollsUntilRead = 1 });
        string id = (await caller.UploadAsync("a.png")).FileId;
        FaultRule fault = caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status });
        for (int i = 0; i < 3; i++)
            Assert.Equal("pending", Text((await LookAsync()).Stored[0], "status"));
        Assert.Equal((0, 1), (fault.Hits, caller.Emulator.Requests.All.Count));

        caller.Emulator.Faults.Clear();
        Reply asked = await caller.GetAsync($"Inferences/Model/{caller.Model}/InferenceRequestFiles/GetPredictions/{id}");
        Assert.Equal(asked.Text, (await LookAsync()).Text);
        Assert.Equal(404, (await caller.ControlAsync(HttpMethod.Get, "files/unknown")).Status);

        Task<Reply> LookAsync() => caller.ControlAsync(HttpMethod.Get, $"files/{id}");
    }

    [Fact]
    public async Task It_says_where_and_how_to_connect()
    {
        await using Caller caller = await Caller.StartAsync();
        await caller.PostJsonAsync("OCR/Model/", """{"categories":["a","b"],"model_type":"ocr"}""");
        JsonElement connection = (await caller.ControlAsync(HttpMethod.Get, "connection")).Json;
        Assert.Equal((caller.Emulator.ApiUri.ToString(), caller.Emulator.Options.ApiKey, caller.Model, 2),
            (Text(connection, "api_uri"), Text(connection, "api_key"), connection.GetProperty("model_ids")[0].GetString(),
                Count(connection, "model_ids")));
    }

    private static MultipartFormDataContent Document() => Caller.Form(("a.png", TestDocument.Png("a")));

    private static async Task<JsonElement> WatchAsync(Caller caller, int since) =>
        (await caller.ControlAsync(HttpMethod.Get, $"watch?since={since}")).Json;

    /// <summary>A request ends in the log a moment after its answer has left.</summary>
    private static async Task<JsonElement> EndedAsync(Caller caller, int since)
    {
        await Eventually.HoldsAsync(() => caller.Emulator.Requests.Open.Count == 0);
        return await WatchAsync(caller, since);
    }

    private static async Task<Reply> WholeAsync(Caller caller)
    {
        await Eventually.HoldsAsync(() => caller.Emulator.Requests.Open.Count == 0);
        return await caller.ControlAsync(HttpMethod.Get, $"requests/{caller.Emulator.Requests.All[^1].Began}");
    }

    private static async Task<bool> IsKeptAsync(Caller caller, int began) =>
        (await caller.ControlAsync(HttpMethod.Get, $"requests/{began}")).Json.GetProperty("is_kept").GetBoolean();

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static int Count(JsonElement json, string name) => json.GetProperty(name).GetArrayLength();
}
