using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Nanonets.Emulator;
using static Microsoft.Playwright.Assertions;

namespace Nanonets.Browser.Tests.EmulatorPage;

/// <summary>The list of requests, the bill, and what of them shows up where.</summary>
public class RequestTests(Browser browser)
{
    private static readonly string s_invoice = EmulatorWindow.Sample("invoices/contoso-invoice-inv-100.pdf");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_request_of_a_script_shows_up_and_can_be_seen_whole()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await Expect(window.Page.Locator("#no-requests")).ToBeVisibleAsync();
        await SendAsync(window.Emulator, "from-a-script.png");
        await Expect(window.Requests).ToHaveCountAsync(1);
        await Expect(window.Requests.First).ToContainTextAsync("LabelFile POST");
        await Expect(window.Requests.First).ToContainTextAsync("from-a-script.png");
        await Expect(window.Requests.First).ToContainTextAsync("200");
        await Expect(window.Requests.First).ToContainTextAsync("1 page");
        await Expect(window.Requests.First).ToContainTextAsync(" ms");
        await Expect(window.Page.Locator("#bill")).ToHaveTextAsync("Bill: 1 page");

        await window.Requests.First.ClickAsync();
        await Expect(window.Detail.Locator("#request-text")).ToContainTextAsync("User-Agent: a-script/1.0");
        await Expect(window.Detail.Locator("#request-text")).ToContainTextAsync("Authorization: Basic ••••");
        await Expect(window.Detail.Locator(".file h4")).ToHaveTextAsync("from-a-script.png");
        await Expect(window.Detail.Locator(".file")).ToContainTextAsync("No values were found on this page.");
        await Expect(window.Page.Locator("#detail-title")).ToBeFocusedAsync();
        Assert.DoesNotContain(window.Emulator.Options.ApiKey, await window.Detail.InnerTextAsync());
        window.AssertQuiet();
    }

    [Fact]
    public async Task Two_tabs_show_the_same_and_each_its_own_request()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        IPage other = await window.OpenTabAsync();
        await window.TryAsync(s_invoice);
        await Expect(window.Detail.Locator("h2")).ToBeVisibleAsync();
        await Expect(other.Locator("#request-list li")).ToHaveCountAsync(1);
        await Expect(other.Locator("#detail")).ToBeHiddenAsync();

        await other.Locator("#files").SetInputFilesAsync(EmulatorWindow.Sample("scans/google-invoice-image-only.pdf"));
        await other.Locator("#send").ClickAsync();
        await Expect(other.Locator("#detail h4")).ToHaveTextAsync("google-invoice-image-only.pdf");
        await Expect(window.Requests).ToHaveCountAsync(2);
        await Expect(window.Detail.Locator("h4")).ToHaveTextAsync("contoso-invoice-inv-100.pdf");
        foreach (IPage tab in (IPage[])[window.Page, other])
            await Expect(tab.Locator("#bill")).ToHaveTextAsync("Bill: 2 pages");

        // Faults are the emulator's, not a tab's.
        await window.AddFaultAsync("503 Service Unavailable", "every upload");
        await other.GetByRole(AriaRole.Button, new() { Name = "Remove fault: 503 Service Unavailable" }).ClickAsync();
        await Expect(window.Page.Locator("#fault-list li")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_bill_names_what_was_charged_twice()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await window.TryAsync(s_invoice);
        await Expect(window.Page.Locator("#charge-sum")).ToHaveTextAsync("1 page charged.");
        await window.Page.Locator("#send").ClickAsync();
        await Expect(window.Page.Locator("#charge-sum")).ToHaveTextAsync("2 pages charged; 1 document charged more than once.");
        await Expect(window.Page.Locator("#charge-list li").First).ToContainTextAsync("charged 2 times");

        window.Emulator.Reset();
        await Expect(window.Requests).ToHaveCountAsync(0);
        await Expect(window.Page.Locator("#charge-sum")).ToHaveTextAsync("0 pages charged.");
        await window.TryAsync();
        await Expect(window.Requests).ToHaveCountAsync(1);
        window.AssertQuiet();
    }

    [Fact]
    public async Task The_list_is_gone_through_with_the_arrow_keys()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        foreach (string name in (string[])["1.png", "2.png", "3.png"])
            await SendAsync(window.Emulator, name);
        await Expect(window.Requests).ToHaveCountAsync(3);
        await window.Requests.First.FocusAsync();
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await window.Page.Keyboard.PressAsync("ArrowUp");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Detail.Locator("#request-text")).ToContainTextAsync("file = 2.png");
        await Expect(window.Requests.Nth(1)).ToHaveAttributeAsync("aria-current", "true");
    }

    [Fact]
    public async Task That_the_emulator_has_ended_is_said_and_another_one_in_its_place_is_noticed()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await SendAsync(window.Emulator, "old.png");
        await window.Requests.ClickAsync();
        await Expect(window.Detail).ToBeVisibleAsync();
        int port = window.Emulator.BaseUri.Port;
        await window.Emulator.DisposeAsync();
        await Expect(window.Page.Locator("#live")).ToHaveTextAsync("The emulator does not answer. Is it still running?");

        await using EmulatorServer next = await EmulatorServer.StartAsync(new EmulatorOptions { Port = port }, Cancelled);
        await Expect(window.Page.Locator("#live")).ToHaveTextAsync("Live");
        await Expect(window.Requests).ToHaveCountAsync(0);
        await Expect(window.Detail).ToBeHiddenAsync();
        await Expect(window.Page.Locator("#bill")).ToHaveTextAsync("Bill: 0 pages");
    }

    /// <summary>What a client without a browser does.</summary>
    private static async Task SendAsync(EmulatorServer emulator, string name)
    {
        byte[] png = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(emulator.Options.ApiKey + ":")));
        http.DefaultRequestHeaders.Add("User-Agent", "a-script/1.0");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(png), "file", name } };
        using HttpResponseMessage response = await http.PostAsync(
            new Uri($"{emulator.ApiUri}/OCR/Model/{emulator.Options.ModelId}/LabelFile/?async=true"), form, Cancelled);
        response.EnsureSuccessStatusCode();
    }
}
