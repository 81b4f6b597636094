using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Tests.Support;
using static Nanonets.Emulator.Tests.Support.Members;

namespace Nanonets.Emulator.Tests;

/// <summary>What the emulator's page asks for: what has changed, a document as it is, faults by number.</summary>
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
}
