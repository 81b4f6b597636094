using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Tests.Support;
using static Nanonets.Emulator.Tests.Support.Members;

namespace Nanonets.Emulator.Tests;

/// <summary>A request as a whole: what of it is kept, and for how long.</summary>
public class WholeRequestTests
{
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
        {
            await caller.GetAsync($"OCR/Model/{caller.Model}");
            // A request ends in the log a moment after its answer has left; the newest are those that ended last.
            await Eventually.HoldsAsync(() => caller.Emulator.Requests.Open.Count == 0);
        }

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

    private static MultipartFormDataContent Document() => Caller.Form(("a.png", TestDocument.Png("a")));

    private static async Task<Reply> WholeAsync(Caller caller)
    {
        await Eventually.HoldsAsync(() => caller.Emulator.Requests.Open.Count == 0);
        return await caller.ControlAsync(HttpMethod.Get, $"requests/{caller.Emulator.Requests.All[^1].Began}");
    }

    private static async Task<bool> IsKeptAsync(Caller caller, int began) =>
        (await caller.ControlAsync(HttpMethod.Get, $"requests/{began}")).Json.GetProperty("is_kept").GetBoolean();
}
