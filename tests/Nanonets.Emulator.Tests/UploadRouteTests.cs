using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Tests.Support;

namespace Nanonets.Emulator.Tests;

/// <summary>LabelFile and LabelUrls: every way to send a document, both shapes of the answer, every refusal.</summary>
public class UploadRouteTests
{
    private static readonly string[] s_queuedMembers =
        ["message", "input", "prediction", "page", "request_file_id", "filepath", "id", "rotation", "file_url", "request_metadata",
            "processing_type", "size"];

    [Theory]
    [InlineData(QueuedAnswer.Nested)]
    [InlineData(QueuedAnswer.Flat)]
    public async Task A_queued_answer_names_each_page_of_each_file(QueuedAnswer shape)
    {
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions { QueuedAnswer = shape });
        MultipartFormDataContent form = Caller.Form(("three.pdf", TestDocument.Invoice(3)), ("one.png", TestDocument.Png("one")));
        form.Add(new StringContent("batch 7"), "request_metadata");
        Reply reply = await caller.SendAsync(HttpMethod.Post, caller.Upload, form);
        Assert.Equal((200, "Success"), (reply.Status, reply.Json.GetProperty("message").GetString()));
        Assert.Equal(shape == QueuedAnswer.Nested ? 2 : 4, reply.Json.GetProperty("result").GetArrayLength());
        Assert.Equal([("three.pdf", 0), ("three.pdf", 1), ("three.pdf", 2), ("one.png", 0)],
            reply.Pages.Select(page => (page.GetProperty("input").GetString(), page.GetProperty("page").GetInt32())));
        Assert.Equal(2, reply.Pages.Select(page => page.GetProperty("request_file_id").GetString()).Distinct().Count());
        Assert.Equal(4, reply.Pages.Select(page => page.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(reply.Pages, page =>
        {
            Assert.Equal(s_queuedMembers, page.EnumerateObject().Select(member => member.Name));
            Assert.Equal("Success", page.GetProperty("message").GetString());
            Assert.Equal(0, page.GetProperty("prediction").GetArrayLength());
            Assert.Equal(
                ("async", "batch 7"), (page.GetProperty("processing_type").GetString(), page.GetProperty("request_metadata").GetString()));
            Assert.True(reply.Json.GetProperty("signed_urls").TryGetProperty(page.GetProperty("filepath").GetString()!, out _));
            Assert.True(reply.Json.GetProperty("signed_urls").TryGetProperty(page.GetProperty("file_url").GetString()!, out _));
        });
        Assert.Equal((1653, 2339), Size(reply.Pages[0]));
        Assert.Equal((1, 1), Size(reply.Pages[3]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?async=false")]
    [InlineData("?async=TRUE")]
    [InlineData("?l=en")]
    public async Task A_waiting_answer_has_the_values(string query)
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { TimeProvider = time, ProcessingTimePerPage = TimeSpan.FromMinutes(1) });
        Task<Reply> waiting = caller.SendAsync(
            HttpMethod.Post, $"OCR/Model/{caller.Model}/LabelFile{query}", Caller.Form(("i.pdf", TestDocument.Invoice(2))));
        await Eventually.HoldsAsync(() => time.Waiting == 1);
        time.Advance(TimeSpan.FromMinutes(2));
        Reply reply = await waiting;
        Assert.Equal(2, reply.Json.GetProperty("result").GetArrayLength());
        Dictionary<string, string?> values = reply.Pages[0].GetProperty("prediction").EnumerateArray()
            .ToDictionary(box => box.GetProperty("label").GetString()!, box => box.GetProperty("ocr_text").GetString());
        Assert.Equal(("N-4711", "2026-03-10", "$110.00"), (values["invoice_number"], values["invoice_date"], values["total_amount"]));
        Assert.All(reply.Pages, page => Assert.Equal("sync", page.GetProperty("processing_type").GetString()));
        Assert
            .Equal("success",
                (await caller.GetAsync($"Inferences/Model/{caller.Model}/InferenceRequestFiles/GetPredictions/{reply.FileId}")).Stored[0]
                .GetProperty("status").GetString());
    }

    [Fact]
    public async Task Base64_text_stands_for_a_file_as_a_part_or_in_a_form()
    {
        await using Caller caller = await Caller.StartAsync();
        string text = Convert.ToBase64String(TestDocument.Png("x"));
        foreach (HttpContent form
            in (HttpContent[])[new MultipartFormDataContent { { new StringContent(text), "base64_data" } },
                new FormUrlEncodedContent([new("base64_data", text)])])
        {
            Reply reply = await caller.SendAsync(HttpMethod.Post, caller.Upload, form);
            Assert.Equal("base64_data.png", reply.Pages[0].GetProperty("input").GetString());
        }

        Assert.Equal(2, caller.Emulator.Billing.TimesCharged(
            caller.Emulator.Requests.All.Count > 0 ? caller.Emulator.Billing.Charges[0].Sha256 : ""));
        Reply wrong = await caller.SendAsync(HttpMethod.Post, caller.Upload, new FormUrlEncodedContent([new("base64_data", "no base64!")]));
        Assert.Equal((400, "Incorrect image"), (wrong.Status, wrong.Reason));
    }

    [Theory]
    [InlineData("LabelUrls")]
    [InlineData("LabelFile")]
    public async Task Addresses_on_this_machine_are_fetched_and_no_others(string route)
    {
        await using Caller caller = await Caller.StartAsync();
        string address = caller.Emulator.Serve("rechnung 1.pdf", TestDocument.Invoice()).ToString();
        HttpContent[] forms =
        [
            new FormUrlEncodedContent([new("urls", address), new("request_metadata", "m")]),
            new MultipartFormDataContent { { new StringContent(address), "urls" }, { new StringContent("m"), "request_metadata" } },
        ];
        foreach (HttpContent form in forms)
        {
            Reply reply = await caller.SendAsync(HttpMethod.Post, $"OCR/Model/{caller.Model}/{route}/?async=true", form);
            Assert.Equal(200, reply.Status);
            Assert.Equal(("rechnung 1.pdf", "m"),
                (reply.Pages[0].GetProperty("input").GetString(), reply.Pages[0].GetProperty("request_metadata").GetString()));
        }

        foreach (string elsewhere
            in (string[])["https://example.com/x.pdf", "file:///etc/hosts", "no address",
                caller.Emulator.BaseUri + "__emulator/documents/missing.pdf"])
        {
            Reply reply = await caller.SendAsync(
                HttpMethod.Post, $"OCR/Model/{caller.Model}/{route}/", new FormUrlEncodedContent([new("urls", elsewhere)]));
            Assert.Equal((400, "Incorrect image"), (reply.Status, reply.Reason));
        }

        Assert.Equal(2, caller.Emulator.Billing.Charges.Count);
    }

    [Theory]
    [InlineData(PartialStatus.Accepted, 202)]
    [InlineData(PartialStatus.PartialContent, 206)]
    public async Task Each_address_has_an_outcome_of_its_own(PartialStatus option, int status)
    {
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions { PartialStatus = option });
        string good = caller.Emulator.Serve("good.png", TestDocument.Png("good")).ToString();
        string bad = caller.Emulator.Serve("bad.png", [1, 2, 3]).ToString();
        foreach (string query in (string[])["", "?async=true"])
        {
            Reply reply = await caller.SendAsync(
                HttpMethod.Post, $"OCR/Model/{caller.Model}/LabelUrls/{query}",
                new FormUrlEncodedContent([new("urls", good), new("urls", bad), new("urls", "http://example.com/gone.pdf")]));
            Assert.Equal(status, reply.Status);
            Assert.Equal([("Success", "good.png"), ("failure", "bad.png"), ("failure", "gone.pdf")],
                reply.Pages.Select(page => (page.GetProperty("message").GetString(), page.GetProperty("input").GetString())));
            Assert.Equal(["", ""], reply.Pages.Skip(1).Select(page => page.GetProperty("request_file_id").GetString()));
        }

        Assert.Equal(2, caller.Emulator.Billing.Charges.Count);
        Reply none = await caller.SendAsync(
            HttpMethod.Post, $"OCR/Model/{caller.Model}/LabelUrls/", new FormUrlEncodedContent([new("l", "en")]));
        Assert.Equal((400, "Urls missing"), (none.Status, none.Reason));
    }

    [Fact]
    public async Task Pages_to_process_are_those_read_and_charged()
    {
        await using Caller caller = await Caller.StartAsync();
        foreach ((string asked, int pages) in ((string, int)[])[("1,3", 2), ("2:3", 2), ("", 4), ("9", 4)])
        {
            MultipartFormDataContent form = Caller.Form(("four.pdf", TestDocument.Invoice(4)));
            form.Add(new StringContent(asked), "pages_to_process");
            Assert.Equal(pages, (await caller.SendAsync(HttpMethod.Post, caller.Upload, form)).Pages.Count);
            Assert.Equal(pages, caller.Emulator.Billing.Charges[^1].Pages);
        }
    }

    [Fact]
    public async Task Names_come_back_as_they_were_sent()
    {
        await using Caller caller = await Caller.StartAsync();
        foreach (string name in (string[])["plain.png", "with space.png", "Müller & Söhne №1 請求書.png", "[brackets] <a>.png"])
        {
            Reply reply = await caller.UploadAsync(name);
            Assert.Equal(name, reply.Pages[0].GetProperty("input").GetString());
            Assert.DoesNotContain('<', reply.Text);
            Assert.DoesNotContain('&', reply.Text);
            Assert.DoesNotContain('\n', reply.Text);
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_and_charged_to_nobody()
    {
        await using Caller caller = await Caller.StartAsync();
        await ExpectAsync("File missing", new MultipartFormDataContent { { new StringContent("m"), "request_metadata" } });
        await ExpectAsync("File missing", new StringContent("{}"));
        await ExpectAsync("File missing", new MultipartFormDataContent());
        byte[] pdf = TestDocument.Invoice();
        foreach (byte[] bad in (byte[][])[[], "text"u8.ToArray(), pdf[..(pdf.Length / 2)], TestDocument.Png("")[..30]])
        {
            await ExpectAsync("Incorrect image", Caller.Form(("bad.pdf", bad)));
            await ExpectAsync("Incorrect image", Caller.Form(("good.png", TestDocument.Png("good")), ("bad.pdf", bad)));
        }

        Assert.Empty(caller.Emulator.Billing.Charges);

        async Task ExpectAsync(string reason, HttpContent content)
        {
            Reply reply = await caller.SendAsync(HttpMethod.Post, caller.Upload, content);
            Assert.Equal((400, reason), (reply.Status, reply.Reason));
            Assert.Equal(400, reply.Json.GetProperty("code").GetInt32());
            Assert.Equal("Bad Request", reply.Json.GetProperty("message").GetString());
        }
    }

    [Fact]
    public async Task Size_and_quota_have_limits()
    {
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions { MaxBytes = 10_000, FreePages = 3 });
        Reply large = await caller.SendAsync(HttpMethod.Post, caller.Upload, Caller.Form(("l.png", new byte[10_001])));
        Assert.Equal((413, 413), (large.Status, large.Json.GetProperty("code").GetInt32()));
        caller.Emulator.Options.TooLargeIsHtml = true;
        Assert.Equal(
            "text/html", (await caller.SendAsync(HttpMethod.Post, caller.Upload, Caller.Form(("l.png", new byte[10_001])))).ContentType);

        Assert.Equal(200, (await caller.UploadAsync("1", "2")).Status);
        Reply exhausted = await caller.UploadAsync("3", "4");
        Assert.Equal((402, "Exhausted Free API Calls"), (exhausted.Status, exhausted.Reason));
        Assert.Equal(200, (await caller.UploadAsync("3")).Status);
        Assert.Equal(402, (await caller.UploadAsync("4")).Status);
        Assert.Equal(3, caller.Emulator.Billing.TotalPages);
    }

    [Fact]
    public async Task Equal_contents_are_two_files_and_two_charges()
    {
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero, MarkDuplicates = true });
        Reply[] replies = [await caller.UploadAsync("same.png"), await caller.UploadAsync("same.png")];
        Assert.NotEqual(replies[0].FileId, replies[1].FileId);
        Assert.Equal([caller.Emulator.Billing.Charges[0].Sha256], caller.Emulator.Billing.ChargedTwice);
        Assert.Equal("False True", await MarksAsync());
        caller.Emulator.Options.MarkDuplicates = false;
        Assert.Equal("False False", await MarksAsync());

        async Task<string> MarksAsync() =>
            string.Join(' ', (await caller.GetAsync($"Inferences/Model/{caller.Model}/ImageLevelInferences"))
                .Stored.Select(page => page.GetProperty("file_metadata").GetProperty("duplicate").GetBoolean()));
    }

    [Fact]
    public async Task Any_content_is_taken_unread_when_asked_to()
    {
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { AcceptAnyContent = true, PageCounts = new Dictionary<string, int> { ["long.bin"] = 400 } });
        Reply reply = await caller.SendAsync(HttpMethod.Post, caller.Upload, Caller.Form(("long.bin", [1]), ("short.bin", [])));
        Assert.Equal([400, 1], caller.Emulator.Billing.Charges.Select(charge => charge.Pages));
        Assert.Equal(401, reply.Pages.Count);
    }

    private static (int, int) Size(JsonElement page) =>
        (page.GetProperty("size").GetProperty("width").GetInt32(), page.GetProperty("size").GetProperty("height").GetInt32());
}
