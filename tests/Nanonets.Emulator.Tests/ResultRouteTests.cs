using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Nanonets.Emulator.Tests.Support;

namespace Nanonets.Emulator.Tests;

/// <summary>Results by file, by page and of a span of days; everything that may be different about them.</summary>
public class ResultRouteTests
{
    private const string AllDays = "ImageLevelInferences?start_day_interval=0&current_batch_day=99999";

    private static readonly DateTimeOffset s_start = new ManualTime().GetUtcNow();

    [Theory]
    [InlineData(PendingAnswer.PendingPages, "pending pending", "success success")]
    [InlineData(PendingAnswer.Partial, "success pending", "success success")]
    [InlineData(PendingAnswer.Empty, "", "success success")]
    [InlineData(PendingAnswer.NotFound, "404", "success success")]
    public async Task A_file_is_pending_until_all_its_pages_are_read(PendingAnswer shape, string halfway, string finished)
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { TimeProvider = time, ProcessingTimePerPage = TimeSpan.FromMinutes(1), PendingAnswer = shape });
        Reply upload = await caller.SendAsync(HttpMethod.Post, caller.Upload, Caller.Form(("two.pdf", TestDocument.Invoice(2))));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(halfway, await StatesAsync());
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(finished, await StatesAsync());

        async Task<string> StatesAsync()
        {
            Reply reply = await caller.GetAsync(Path(caller, $"InferenceRequestFiles/GetPredictions/{upload.FileId}"));
            return reply.Status == 200
                ? string.Join(' ', reply.Stored.Select(page => page.GetProperty("status").GetString()))
                : $"{reply.Status}";
        }
    }

    [Theory]
    [InlineData(PendingPageAnswer.EmptyResult, "Image is being processed. Please try again later", 0)]
    [InlineData(PendingPageAnswer.MessageOnly, "Image is being processed. Please try again later", null)]
    [InlineData(PendingPageAnswer.PendingPage, "Success", 1)]
    public async Task A_page_is_pending_in_every_form(PendingPageAnswer shape, string message, int? pages)
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions { TimeProvider = time, PendingPageAnswer = shape });
        Reply upload = await caller.UploadAsync("a.png");
        Reply pending = await caller.GetAsync(Path(caller, $"ImageLevelInferences/{upload.PageId}"));
        Assert.Equal((200, message), (pending.Status, pending.Json.GetProperty("message").GetString()));
        Assert.Equal(
            pages, pending.Json.TryGetProperty("result", out System.Text.Json.JsonElement result) ? result.GetArrayLength() : null);
        if (pages == 1)
            Assert.Equal("pending", result[0].GetProperty("message").GetString());

        time.Advance(TimeSpan.FromSeconds(1));
        Reply read = await caller.GetAsync(Path(caller, $"ImageLevelInferences/{upload.PageId}"));
        Assert.Equal(("Success", "success"),
            (read.Json.GetProperty("message").GetString(), read.Json.GetProperty("result")[0].GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_file_may_have_to_be_asked_for_some_times()
    {
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero, PollsUntilRead = 3 });
        string id = (await caller.UploadAsync("a.png")).FileId;
        string[] states = new string[4];
        for (int i = 0; i < 4; i++)
            states[i] = (await caller.GetAsync(Path(caller, $"InferenceRequestFiles/GetPredictions/{id}"))).Stored[0].GetProperty("status")
                .GetString()!;
        Assert.Equal(["pending", "pending", "success", "success"], states);
    }

    [Fact]
    public async Task What_is_unknown_is_404_or_empty()
    {
        await using Caller caller = await Caller.StartAsync();
        Assert.Equal(404, (await caller.GetAsync(Path(caller, "InferenceRequestFiles/GetPredictions/nobody"))).Status);
        Assert.Equal(404, (await caller.GetAsync(Path(caller, "ImageLevelInferences/nobody"))).Status);
        Assert.Equal(404, (await caller.GetAsync(Path(caller, "InferenceRequestFiles/nobody"))).Status);
        caller.Emulator.Options.UnknownFileIsEmpty = true;
        Reply empty = await caller.GetAsync(Path(caller, "InferenceRequestFiles/GetPredictions/nobody"));
        Assert.Equal((200, 0), (empty.Status, empty.Stored.Count));
        Assert.Equal(0, (await caller.GetAsync(Path(caller, "ImageLevelInferences/nobody"))).Json.GetProperty("result").GetArrayLength());
        Assert.Equal(
            "Model does not exists", (await caller.GetAsync("Inferences/Model/nobody/InferenceRequestFiles/GetPredictions/x")).Reason);
    }

    [Fact]
    public async Task A_listing_takes_days_with_both_ends_in_the_order_of_upload()
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { TimeProvider = time, ProcessingTimePerPage = TimeSpan.Zero });
        int today = (int)(s_start.ToUnixTimeSeconds() / 86_400);
        foreach (string name in (string[])["first", "second", "third"])
        {
            await caller.UploadAsync(name);
            time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(["first", "second"], await NamesAsync(today, today + 1));
        Assert.Equal(["second"], await NamesAsync(today + 1, today + 1));
        Assert.Equal(["first", "second", "third"], await NamesAsync(0, today + 30));
        Assert.Empty(await NamesAsync(today + 3, today + 9));
        Assert.Equal(3, (await caller.GetAsync(Path(caller, "ImageLevelInferences/"))).Stored.Count);
        Reply whole = await caller.GetAsync(Path(caller, AllDays));
        Assert.Equal(3, whole.Json.GetProperty("unmoderated_images_count").GetInt32());
        Assert.Equal(6, whole.Json.GetProperty("signed_urls").EnumerateObject().Count());
        Assert.Equal([today, today + 1, today + 2], whole.Stored.Select(page => page.GetProperty("day_since_epoch").GetInt32()));
        Assert.All(whole.Stored, page => Assert.Equal(12, page.GetProperty("hour_of_day").GetInt32()));

        caller.Emulator.Options.Listing.EndDayExcluded = true;
        Assert.Equal(["first"], await NamesAsync(today, today + 1));

        async Task<string?[]> NamesAsync(int from, int to) =>
            [.. (await caller.GetAsync(Path(caller, $"ImageLevelInferences?start_day_interval={from}&current_batch_day={to}")))
                .Stored.Select(page => page.GetProperty("original_file_name").GetString())];
    }

    [Fact]
    public async Task A_listing_may_hide_lag_stop_short_and_forget()
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { TimeProvider = time, ProcessingTimePerPage = TimeSpan.FromMinutes(1) });
        ListingOptions listing = caller.Emulator.Options.Listing;
        string[] names = [.. Enumerable.Range(1, 6).Select(number => $"{number}.png")];
        MultipartFormDataContent form = Caller.Form([.. names.Select(name => (name, TestDocument.Png(name)))]);
        form.Add(new StringContent("nn1.0123456789abcdef.1"), "request_metadata");
        await caller.SendAsync(HttpMethod.Post, caller.Upload, form);

        Assert.Equal(names, await NamesAsync());
        listing.HidesQueued = true;
        Assert.Empty(await NamesAsync());
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(names, await NamesAsync());
        listing.Lag = TimeSpan.FromMinutes(2);
        Assert.Empty(await NamesAsync());
        time.Advance(TimeSpan.FromMinutes(1));
        listing.MaxPages = 2;
        Assert.Equal(names[..2], await NamesAsync());
        listing.CapKeepsNewest = true;
        Assert.Equal(names[4..], await NamesAsync());

        listing.Metadata = ListedMetadata.Dropped;
        Assert.Equal("", await MetadataAsync());
        listing.Metadata = ListedMetadata.Truncated;
        Assert.Equal("nn1.0123456789ab", await MetadataAsync());
        listing.Metadata = ListedMetadata.AsSent;
        Assert.Equal("nn1.0123456789abcdef.1", await MetadataAsync());

        async Task<string?[]> NamesAsync() =>
            [.. (await caller.GetAsync(Path(caller, AllDays))).Stored.Select(page => page.GetProperty("original_file_name").GetString())];

        async Task<string?> MetadataAsync() =>
            (await caller.GetAsync(Path(caller, AllDays))).Stored[0].GetProperty("request_metadata").GetString();
    }

    [Fact]
    public async Task A_listing_can_fail_and_break_off()
    {
        await using Caller caller = await Caller.StartAsync();
        await caller.UploadAsync("a.png");
        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Route = "List", Status = 502, Body = FaultBody.Html, To = 1 });
        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.TruncatedAnswer, Route = "List" });
        Assert.Equal(502, (await caller.GetAsync(Path(caller, AllDays))).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.GetAsync(Path(caller, AllDays)));
    }

    [Fact]
    public async Task Json_is_one_line_or_indented_with_or_without_empty_lists()
    {
        await using Caller caller = await Caller.StartAsync();
        Reply line = await caller.GetAsync(Path(caller, AllDays));
        Assert.DoesNotContain('\n', line.Text);
        Assert.Contains("\"moderated_images\":[]", line.Text);
        caller.Emulator.Options.IndentedJson = caller.Emulator.Options.NullForEmptyLists = true;
        Reply indented = await caller.GetAsync(Path(caller, AllDays));
        Assert.Contains("\n  \"moderated_images\": null", indented.Text);
    }

    private static string Path(Caller caller, string rest) => $"Inferences/Model/{caller.Model}/{rest}";
}
