using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Emulator.Tests.Support;

namespace Nanonets.Emulator.Tests;

/// <summary>What holds for every route: key, addresses, log, clock, options, seed, and many at once.</summary>
public class ServerTests
{
    [Fact]
    public async Task Only_the_key_as_user_name_with_an_empty_password_is_let_in()
    {
        await using Caller caller = await Caller.StartAsync();
        string key = caller.Emulator.Options.ApiKey;
        AuthenticationHeaderValue?[] wrong =
        [
            null, Caller.Basic(key), Caller.Basic(":" + key), Caller.Basic(key + ":secret"), Caller.Basic("other:"),
            Caller.Basic(key.ToUpperInvariant() + ":"),
            Caller.Basic(":"), Caller.Basic(string.Empty), Caller.Basic(new string('k', 2000) + ":"),
            new("Basic", key), new("Basic", key + ":"), new("Bearer", key), new("Bearer", Caller.Basic(key + ":").Parameter),
        ];
        foreach (AuthenticationHeaderValue? header in wrong)
        {
            foreach (string address in (string[])[$"OCR/Model/{caller.Model}", "no/such/route", "OCR/Model/nobody"])
            {
                Reply reply = await caller.SendAsync(HttpMethod.Get, address, authorization: header, anonymous: header is null);
                Assert.Equal((401, 401), (reply.Status, reply.Json.GetProperty("code").GetInt32()));
                Assert.DoesNotContain(key, reply.Text);
            }
        }

        Assert
            .Equal(401,
                (await caller.SendAsync(
                    HttpMethod.Post, caller.Upload, Caller.Form(("a.png", TestDocument.Png("a"))), anonymous: true)).Status);
        Assert.Empty(caller.Emulator.Billing.Charges);
        Assert
            .Equal(200,
                (await caller.SendAsync(
                    HttpMethod.Get, $"OCR/Model/{caller.Model}", authorization: new("basic", Caller.Basic(key + ":").Parameter))).Status);
    }

    [Fact]
    public async Task Routes_are_case_sensitive_and_indifferent_to_a_slash()
    {
        await using Caller caller = await Caller.StartAsync();
        Assert.Equal(200, (await caller.GetAsync($"OCR/Model/{caller.Model}/")).Status);
        Assert.Equal(404, (await caller.GetAsync($"ocr/model/{caller.Model}")).Status);
        Assert.Equal(404, (await caller.SendAsync(HttpMethod.Put, $"OCR/Model/{caller.Model}")).Status);
        Assert.Equal(404, (await caller.SendAsync(HttpMethod.Get, new Uri(caller.Emulator.BaseUri, "api/v2").ToString())).Status);
        Assert.Equal(404, (await caller.SendAsync(HttpMethod.Get, caller.Emulator.BaseUri + "nothing")).Status);
        Assert.Equal("127.0.0.1", caller.Emulator.BaseUri.Host);
    }

    [Fact]
    public async Task Signed_addresses_need_no_key_and_expire()
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { TimeProvider = time, ProcessingTimePerPage = TimeSpan.Zero });
        byte[] pdf = TestDocument.Invoice(2);
        Reply upload = await caller.SendAsync(
            HttpMethod.Post, caller.Upload, Caller.Form(("i.pdf", pdf), ("p.png", TestDocument.Png("p"))));
        JsonElement urls = upload.Json.GetProperty("signed_urls");
        JsonElement page = urls.GetProperty(upload.Pages[1].GetProperty("filepath").GetString()!);
        JsonElement original = urls.GetProperty(upload.Pages[0].GetProperty("file_url").GetString()!);
        Assert.Equal(
            ["original", "original_compressed", "thumbnail", "acw_rotate_90", "acw_rotate_180", "acw_rotate_270",
                "original_with_long_expiry"],
            page.EnumerateObject().Select(member => member.Name));
        Assert.Equal(6, original.EnumerateObject().Count(member => member.Value.GetString() == ""));

        Reply picture = await GetAsync(page, "original");
        Assert.Equal("image/svg+xml", picture.ContentType);
        Assert.Contains("Page", picture.Text);
        Assert.Contains("&lt;more&gt;", picture.Text);
        foreach (string member in (string[])["original_compressed", "thumbnail", "acw_rotate_90", "acw_rotate_180", "acw_rotate_270"])
            Assert.Equal(200, (await GetAsync(page, member)).Status);
        Assert.Equal(pdf, (await GetAsync(original, "original")).Bytes);
        JsonElement png = urls.GetProperty(upload.Pages[2].GetProperty("filepath").GetString()!);
        Assert.Equal(TestDocument.Png("p"), (await GetAsync(png, "original")).Bytes);

        string address = page.GetProperty("original").GetString()!;
        Assert.Equal(403,
            (await caller.SendAsync(HttpMethod.Get, address.Replace("&s=", "&s=0", StringComparison.Ordinal), anonymous: true)).Status);
        Assert.Equal(403,
            (await caller.SendAsync(HttpMethod.Get, address[..address.IndexOf('?', StringComparison.Ordinal)], anonymous: true)).Status);

        time.Advance(TimeSpan.FromHours(4));
        Assert.Equal(403, (await GetAsync(page, "original")).Status);
        Assert.Equal(200, (await GetAsync(page, "original_with_long_expiry")).Status);
        Assert.Equal(200, (await GetAsync(original, "original")).Status);
        time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(403, (await GetAsync(original, "original")).Status);
        time.Advance(TimeSpan.FromDays(180));
        Assert.Equal(403, (await GetAsync(page, "original_with_long_expiry")).Status);

        // A fresh answer has fresh addresses.
        JsonElement again =
            (await caller.GetAsync($"Inferences/Model/{caller.Model}/InferenceRequestFiles/GetPredictions/{upload.FileId}")).Json;
        Assert
            .Equal(200,
                (await GetAsync(again.GetProperty("signed_urls").GetProperty(upload.Pages[1].GetProperty("filepath").GetString()!),
                    "original")).Status);

        Task<Reply> GetAsync(JsonElement entry, string member) =>
            caller.SendAsync(HttpMethod.Get, entry.GetProperty(member).GetString()!, anonymous: true);
    }

    [Fact]
    public async Task The_log_and_the_ledger_tell_everything_but_the_key()
    {
        await using Caller caller = await Caller.StartAsync();
        MultipartFormDataContent form = Caller.Form(("a.png", TestDocument.Png("a")));
        form.Add(new StringContent("m"), "request_metadata");
        Reply upload = await caller.SendAsync(HttpMethod.Post, caller.Upload, form);
        await caller.GetAsync("nowhere");
        Reply log = await caller.ControlAsync(HttpMethod.Get, "requests");
        JsonElement first = log.Json[0];
        Assert.Equal(("LabelFile", "POST", 200),
            (first.GetProperty("route").GetString(), first.GetProperty("method").GetString(), first.GetProperty("status").GetInt32()));
        Assert.Equal(("a.png", "m"),
            (first.GetProperty("file_names")[0].GetString(), first.GetProperty("fields").GetProperty("request_metadata").GetString()));
        Assert.Equal((1, true), (first.GetProperty("began").GetInt32(), first.GetProperty("has_authorization").GetBoolean()));
        Assert.Equal((JsonValueKind.Null, 404), (log.Json[1].GetProperty("route").ValueKind, log.Json[1].GetProperty("status").GetInt32()));
        Assert.DoesNotContain(caller.Emulator.Options.ApiKey, log.Text);
        Assert.DoesNotContain(Caller.Basic(caller.Emulator.Options.ApiKey + ":").Parameter!, log.Text);

        JsonElement bill = (await caller.ControlAsync(HttpMethod.Get, "billing")).Json;
        JsonElement charge = bill.GetProperty("charges")[0];
        Assert.Equal((1, 1), (bill.GetProperty("total_pages").GetInt32(), charge.GetProperty("times_charged").GetInt32()));
        Assert.Equal(upload.FileId, charge.GetProperty("request_file_id").GetString());
        Assert.Equal(first.GetProperty("file_hashes")[0].GetString(), charge.GetProperty("sha256").GetString());

        await caller.ControlAsync(HttpMethod.Post, "reset");
        Assert.Equal(0, (await caller.ControlAsync(HttpMethod.Get, "requests")).Json.GetArrayLength());
        Assert.Equal(0, (await caller.ControlAsync(HttpMethod.Get, "billing")).Json.GetProperty("total_pages").GetInt32());
        Assert.Equal(
            404, (await caller.GetAsync($"Inferences/Model/{caller.Model}/InferenceRequestFiles/GetPredictions/{upload.FileId}")).Status);
        Assert.Equal(404, (await caller.ControlAsync(HttpMethod.Get, "nothing")).Status);
    }

    [Fact]
    public async Task Options_change_over_http_all_or_none()
    {
        await using Caller caller = await Caller.StartAsync();
        Reply changed = await caller.ControlAsync(
            HttpMethod.Post, "options",
            """
            {"pages_per_minute":150,"queued_answer":"flat","processing_time_per_page":1.5,"listing":{"lag":"00:00:30","hides_queued":true},"page_counts":{"a":2}}
            """);
        EmulatorOptions options = caller.Emulator.Options;
        Assert.Equal((150, QueuedAnswer.Flat, 1.5, 30.0, true, 2),
            (options.PagesPerMinute, options.QueuedAnswer, options.ProcessingTimePerPage.TotalSeconds, options.Listing.Lag.TotalSeconds,
                options.Listing.HidesQueued, options.PageCounts["a"]));
        Assert.Equal(150, changed.Json.GetProperty("pages_per_minute").GetInt32());
        Assert.Equal(30, changed.Json.GetProperty("listing").GetProperty("lag").GetDouble());
        Assert.DoesNotContain(options.ApiKey, changed.Text);

        foreach (string wrong in (string[])["""{"free_pages":1,"no_such":2}""", """{"free_pages":"x"}""", """{"free_pages":1,"port":80}""",
            """{"free_pages":1,"listing":{"log":1}}""", "[]", "x"])
            Assert.Equal(400, (await caller.ControlAsync(HttpMethod.Post, "options", wrong)).Status);
        Assert.Null(options.FreePages);
        Assert.Equal(200, (await caller.ControlAsync(HttpMethod.Post, "options", """{"pages_per_minute":null}""")).Status);
        Assert.Null(options.PagesPerMinute);
    }

    [Fact]
    public async Task The_clock_can_be_put_forward()
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { TimeProvider = time, ProcessingTimePerPage = TimeSpan.FromHours(1) });
        string id = (await caller.UploadAsync("a.png")).FileId;
        Assert.Equal(time.GetUtcNow(), (await caller.ControlAsync(HttpMethod.Get, "clock")).Json.GetProperty("now").GetDateTimeOffset());
        Assert.Equal(time.GetUtcNow().AddHours(1),
            (await caller.ControlAsync(HttpMethod.Post, "clock", """{"advance":"01:00:00"}""")).Json.GetProperty("now")
            .GetDateTimeOffset());
        Reply file = await caller.GetAsync($"Inferences/Model/{caller.Model}/InferenceRequestFiles/GetPredictions/{id}");
        Assert.Equal("success", file.Stored[0].GetProperty("status").GetString());
        Assert.Equal(time.GetUtcNow().AddHours(1), file.Headers.Date);
        Assert.Equal(400, (await caller.ControlAsync(HttpMethod.Post, "clock", "{}")).Status);
    }

    [Theory]
    [InlineData(RateWindow.Sliding, "10 x50 wait30 x30 wait30 50")]
    [InlineData(RateWindow.Fixed, "10 x50 wait30 50 x50 wait60 50")]
    [InlineData(RateWindow.Bucket, "10 x50 wait30 30 x10 wait60 50")]
    public async Task Pages_a_minute_are_limited_by_model(RateWindow window, string script)
    {
        // The clock starts half a minute before a minute begins. 50 pages go first, so that 10 are left of 60; "x50" is a refusal of 50
        // pages, "50" a success.
        var time = new ManualTime();
        time.Advance(TimeSpan.FromSeconds(30));
        var counts = Enumerable.Range(1, 400).ToDictionary(pages => $"{pages}", pages => pages);
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions
        {
            TimeProvider = time, AcceptAnyContent = true, PageCounts = counts, PagesPerMinute = 60, RateWindow = window,
            RateRetryAfter = RetryAfterForm.Seconds,
        });
        Assert.Equal(200, (await caller.UploadAsync("50")).Status);
        foreach (string step in script.Split(' '))
        {
            if (step.StartsWith("wait", StringComparison.Ordinal))
            {
                time.Advance(TimeSpan.FromSeconds(int.Parse(step[4..], System.Globalization.CultureInfo.InvariantCulture)));
                continue;
            }

            Reply reply = await caller.UploadAsync(step.TrimStart('x'));
            Assert.Equal(step[0] == 'x' ? 429 : 200, reply.Status);
            if (step[0] != 'x')
                continue;
            TimeSpan wait = reply.Headers.RetryAfter!.Delta!.Value;
            Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
            Assert.Equal(429, reply.Json.GetProperty("code").GetInt32());
        }

        // A document larger than the window goes when nothing else counts, and keeps the others waiting.
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(200, (await caller.UploadAsync("400")).Status);
        Assert.Equal(429, (await caller.UploadAsync("1")).Status);
        time.Advance(TimeSpan.FromMinutes(window == RateWindow.Bucket ? 7 : 1));
        Assert.Equal(200, (await caller.UploadAsync("1")).Status);
    }

    [Theory]
    [InlineData(RateWindow.Sliding)]
    [InlineData(RateWindow.Fixed)]
    [InlineData(RateWindow.Bucket)]
    public async Task Waiting_as_long_as_a_429_says_is_enough(RateWindow window)
    {
        var time = new ManualTime();
        var counts = new Dictionary<string, int> { ["40"] = 40 };
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions
        {
            TimeProvider = time, AcceptAnyContent = true, PageCounts = counts, PagesPerMinute = 60, RateWindow = window,
            RateRetryAfter = RetryAfterForm.Date,
        });
        for (int i = 0; i < 5; i++)
        {
            Reply reply = await caller.UploadAsync("40");
            if (reply.Status == 429)
            {
                time.Advance(reply.Headers.RetryAfter!.Date!.Value - time.GetUtcNow());
                reply = await caller.UploadAsync("40");
            }

            Assert.Equal(200, reply.Status);
        }
    }

    [Fact]
    public async Task A_seed_makes_everything_repeatable()
    {
        string[] answers = [await RunAsync(7), await RunAsync(7), await RunAsync(8)];
        Assert.Equal(answers[0], answers[1]);
        Assert.NotEqual(answers[0], answers[2]);

        static async Task<string> RunAsync(int seed)
        {
            await using Caller caller = await Caller.StartAsync(
                new EmulatorOptions { Seed = seed, TimeProvider = new ManualTime(), ProcessingTimePerPage = TimeSpan.Zero });
            caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Route = "LabelFile", Probability = 0.5 });
            string text = string.Empty;
            for (int i = 0; i < 8; i++)
                text += (await caller.UploadAsync($"{i}.png")).Text;
            return text.Replace(caller.Emulator.BaseUri.ToString(), "/", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_uploads_polls_and_reviews_at_once_lose_nothing()
    {
        await using Caller caller = await Caller.StartAsync();
        Reply[] uploads = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => caller.UploadAsync($"{number}.png")));
        Assert.Equal(60, uploads.Select(upload => upload.FileId).Distinct().Count());
        Reply[] mixed = await Task.WhenAll(uploads.SelectMany((upload, i) => new[]
        {
            caller.SendAsync(HttpMethod.Post, $"Inferences/Model/{caller.Model}/ImageLevelInferences/Verify/{upload.FileId}"),
            caller.GetAsync($"Inferences/Model/{caller.Model}/InferenceRequestFiles/GetPredictions/{upload.FileId}"),
            i % 10 == 0 ? caller.GetAsync($"Inferences/Model/{caller.Model}/ImageLevelInferences") : caller.UploadAsync($"more-{i}.png"),
        }));
        Assert.All(mixed, reply => Assert.Equal(200, reply.Status));
        Reply all = await caller.GetAsync($"Inferences/Model/{caller.Model}/ImageLevelInferences");
        Assert.Equal((60, 54),
            (all.Json.GetProperty("moderated_images_count").GetInt32(), all.Json.GetProperty("unmoderated_images_count").GetInt32()));
        Assert.Equal((114, 0), (caller.Emulator.Billing.Charges.Count, caller.Emulator.Billing.ChargedTwice.Count));

        // A request ends in the log a moment after its answer has left.
        bool HasEnded() => caller.Emulator.Requests.All.All(request => request.Ended > request.Began);
        Assert.True(SpinWait.SpinUntil(HasEnded, TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("--port", "0", "--set", "queued_answer=flat", "--set", "listing.lag=30", "--free-pages", "9")]
    [InlineData("--flat", "--set", "listing.lag=00:00:30", "--set", "free_pages=9")]
    public void Flags_set_options(params string[] args)
    {
        EmulatorOptions options = ProgramOptions.Read(args, name => name == "NANONETS_EMULATOR_API_KEY" ? "from-environment" : null);
        Assert.Equal((QueuedAnswer.Flat, 30.0, 9, "from-environment"),
            (options.QueuedAnswer, options.Listing.Lag.TotalSeconds, options.FreePages, options.ApiKey));
    }

    [Theory]
    [InlineData("--prot", "There is no flag --prot.")]
    [InlineData("--port", "--port needs a value.")]
    [InlineData("--port x", "--port: 'x' is no whole number.")]
    [InlineData("--set lag=3", "--set lag=3: There is no option lag that can change while the emulator runs.")]
    [InlineData("--set lag", "--set lag: write it as NAME=VALUE.")]
    public void Wrong_flags_say_what_is_wrong(string line, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ProgramOptions.Read(line.Split(' '), _ => null)).Message);

    [Fact]
    public async Task Full_text_gives_the_words_of_each_page()
    {
        await using Caller caller = await Caller.StartAsync();
        Reply reply = await caller.SendAsync(
            HttpMethod.Post, "OCR/FullText", Caller.Form(("i.pdf", TestDocument.Invoice(2)), ("p.png", TestDocument.Png("p"))));
        JsonElement files = reply.Json.GetProperty("result");
        Assert.Equal(["i.pdf", "p.png"], files.EnumerateArray().Select(file => file.GetProperty("filename").GetString()));
        JsonElement page = files[0].GetProperty("page_data")[0];
        Assert.Equal(
            "Invoice\nInvoice number: N-4711\nInvoice date: 2026-03-10\nTotal amount: $110.00", page.GetProperty("raw_text").GetString());
        Assert.Equal("N-4711", page.GetProperty("words")[3].GetProperty("text").GetString());
        Assert.Equal(0, files[1].GetProperty("page_data")[0].GetProperty("words").GetArrayLength());
        Assert.Equal(3, caller.Emulator.Billing.TotalPages);
        caller.Emulator.Options.FullTextResults = true;
        string address = caller.Emulator.Serve("i.pdf", TestDocument.Invoice()).ToString();
        Assert.Equal(1, (await caller.SendAsync(HttpMethod.Post, "OCR/FullText/", new FormUrlEncodedContent([new("urls", address)])))
            .Json.GetProperty("results").GetArrayLength());
        Assert.Equal("File missing", (await caller.SendAsync(HttpMethod.Post, "OCR/FullText", Caller.Form())).Reason);
        Assert.Equal("Incorrect image", (await caller.SendAsync(HttpMethod.Post, "OCR/FullText", Caller.Form(("x", [1])))).Reason);
    }
}
