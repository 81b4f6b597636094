using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Nanonets.Emulator;
using static Microsoft.Playwright.Assertions;

namespace Nanonets.Browser.Tests.EmulatorPage;

/// <summary>From the document to what was read: what a person sees who tries the service.</summary>
public class TryItTests(Browser browser)
{
    private static readonly string s_invoice = EmulatorWindow.Sample("invoices/contoso-invoice-inv-100.pdf");

    [Fact]
    public async Task A_dropped_document_is_sent_and_its_page_shown_with_a_box_over_each_value()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        IJSHandle dropped = await window.Page.EvaluateHandleAsync(
            """
            base64 => {
              const dropped = new DataTransfer();
              dropped.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], 'dropped.pdf'));
              return dropped;
            }
            """,
            Convert.ToBase64String(await File.ReadAllBytesAsync(s_invoice, TestContext.Current.CancellationToken)));
        await window.Page.Locator("#drop").DispatchEventAsync("drop", new { dataTransfer = dropped });
        await Expect(window.Page.Locator("#chosen li")).ToContainTextAsync("dropped.pdf");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Try it", Exact = true }).ClickAsync();

        await Expect(window.Detail.Locator("h2")).ToHaveTextAsync("LabelFile POST");
        await Expect(window.Detail.Locator(".detail-head .pill")).ToHaveTextAsync("200");
        await Expect(window.Detail).ToContainTextAsync("charged 1 page");
        await Expect(window.Detail.Locator("#request-text")).ToContainTextAsync("file = dropped.pdf");
        await Expect(window.Detail.Locator(".file h4")).ToHaveTextAsync("dropped.pdf");
        await Expect(window.Detail.Locator(".values .text").First).ToHaveTextAsync("INV-100");

        // Each box surrounds the corners that the service gave, closely, on a picture of the page's size.
        JsonElement page = await ReadPageAsync(window);
        JsonElement[] boxes = [.. page.GetProperty("predicted_boxes").EnumerateArray()
            .Where(static box => box.GetProperty("type").GetString() == "field")];
        Assert.Equal(8, boxes.Length);
        Assert.Equal("0 0 1700 2200", await window.Detail.Locator(".picture svg").GetAttributeAsync("viewBox"));
        foreach (JsonElement box in boxes)
        {
            string text = $"{box.GetProperty("label").GetString()}: {box.GetProperty("ocr_text").GetString()} (";
            ILocator rect = window.Detail.Locator(".box.field").Filter(new() { HasText = text });
            double x = await NumberAsync(rect, "x"), y = await NumberAsync(rect, "y");
            Assert.InRange(box.GetProperty("xmin").GetInt32() - x, 0, 6);
            Assert.InRange(box.GetProperty("ymin").GetInt32() - y, 0, 6);
            Assert.InRange(x + await NumberAsync(rect, "width") - box.GetProperty("xmax").GetInt32(), 0, 6);
            Assert.InRange(y + await NumberAsync(rect, "height") - box.GetProperty("ymax").GetInt32(), 0, 6);
        }

        LocatorBoundingBoxResult picture = (await window.Detail.Locator(".picture img").BoundingBoxAsync())!;
        LocatorBoundingBoxResult overlay = (await window.Detail.Locator(".picture svg").BoundingBoxAsync())!;
        Assert.Equal((picture.X, picture.Y, picture.Width), (overlay.X, overlay.Y, overlay.Width));
        Assert.Equal(picture.Height, overlay.Height, 0.5);
        Assert.Equal(1700, await window.Detail.Locator(".picture img").EvaluateAsync<int>("picture => picture.naturalWidth"));
        window.AssertQuiet();
    }

    [Fact]
    public async Task A_value_and_its_box_light_up_together()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await window.TryAsync(s_invoice);
        ILocator value = window.Detail.Locator(".values button").Filter(new() { HasText = "total_amount" });
        ILocator box = window.Detail.Locator(".box.field").Filter(new() { HasText = "total_amount: $110.00" });
        await value.FocusAsync();
        await Expect(box).ToHaveClassAsync(new System.Text.RegularExpressions.Regex(@"\bon\b"));
        await window.Page.Locator("#model").FocusAsync();
        await Expect(box).Not.ToHaveClassAsync(new System.Text.RegularExpressions.Regex(@"\bon\b"));
        await box.HoverAsync();
        await Expect(value).ToHaveClassAsync("on");
    }

    [Fact]
    public async Task Parameters_go_out_as_they_were_set()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await window.Page.Locator("#async").UncheckAsync();
        await window.Page.Locator("#pages").FillAsync("1,3");
        await window.Page.Locator("#metadata").FillAsync("batch 7");
        await window.TryAsync(EmulatorWindow.Sample("invoices/itemised-invoice-10-pages.pdf"), s_invoice);
        await Expect(window.Detail.Locator(".file")).ToHaveCountAsync(2);
        LoggedRequest upload = Assert.Single(window.Uploads);
        Assert.Equal(("1,3", "batch 7", 2, 3),
            (upload.Fields["pages_to_process"], upload.Fields["request_metadata"], upload.FileNames.Count,
                upload.Charges.Sum(static charge => charge.Pages)));
        Assert.EndsWith("/LabelFile/?async=false", upload.Target);

        // The pages of a document, one after the other.
        ILocator first = window.Detail.Locator(".file").First;
        await Expect(first.Locator(".pager span")).ToHaveTextAsync("Page 1 of 2");
        await first.GetByRole(AriaRole.Button, new() { Name = "Next page" }).ClickAsync();
        await Expect(first.Locator(".pager span")).ToHaveTextAsync("Page 2 of 2");
        await Expect(first.GetByRole(AriaRole.Button, new() { Name = "Next page" })).ToBeDisabledAsync();

        // The response, folded.
        ILocator json = window.Detail.Locator(".json");
        await Expect(json).ToContainTextAsync("message: \"Success\"");
        await Expect(json).Not.ToContainTextAsync("ocr_text");
        await json.Locator("details details details summary").First.ClickAsync();
        await json.Locator("summary").Filter(new() { HasText = "prediction" }).First.ClickAsync();
        await json.Locator("summary").Filter(new() { HasText = "{ 13 }" }).First.ClickAsync();
        await Expect(json).ToContainTextAsync("ocr_text");
        window.AssertQuiet();
    }

    [Fact]
    public async Task What_is_refused_is_shown_with_its_reason_and_costs_nothing()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await window.Page.Locator("#send").ClickAsync();
        await Expect(window.Page.Locator("#said")).ToHaveTextAsync("Choose a document first.");

        await window.TryAsync(EmulatorWindow.Sample("../documents.md"));
        await Expect(window.Detail.Locator(".detail-head")).ToContainTextAsync("400");
        await Expect(window.Detail.Locator(".json").GetByText("Incorrect image").First).ToBeVisibleAsync();
        await Expect(window.Detail).ToContainTextAsync("charged nothing");

        await window.Page.GetByText("API key", new() { Exact = true }).ClickAsync();
        await window.Page.Locator("#key").FillAsync("wrong");
        await window.Page.Locator("#send").ClickAsync();
        await Expect(window.Detail.Locator(".detail-head .pill")).ToHaveTextAsync("401");
        Assert.Empty(window.Emulator.Billing.Charges);
    }

    /// <summary>The question is the person's, and counts as one.</summary>
    [Fact]
    public async Task A_queued_document_is_shown_as_soon_as_it_is_read()
    {
        var options = new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero, PollsUntilRead = 1 };
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser, options);
        await window.TryAsync(s_invoice);
        ILocator state = window.Detail.Locator(".file .pill");
        await Expect(state).ToHaveTextAsync("being read");
        Assert.Single(window.Emulator.Requests.All);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Ask for the result" }).ClickAsync();
        await Expect(window.Detail.Locator("h2")).ToHaveTextAsync("GetPredictions GET");
        await Expect(state).ToHaveTextAsync("read");
        await Expect(window.Detail.Locator(".values .text").First).ToHaveTextAsync("INV-100");
    }

    private static async Task<JsonElement> ReadPageAsync(EmulatorWindow window)
    {
        string id = window.Emulator.Billing.Charges[^1].RequestFileId;
        IAPIResponse file = await window.Page.APIRequest.GetAsync($"{window.Emulator.BaseUri}__emulator/files/{id}");
        return (await file.JsonAsync())!.Value.GetProperty("unmoderated_images")[0];
    }

    private static async Task<double> NumberAsync(ILocator element, string attribute) =>
        double.Parse((await element.GetAttributeAsync(attribute))!, System.Globalization.CultureInfo.InvariantCulture);
}
