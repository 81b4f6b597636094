using System.Linq;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Nanonets.Browser.Tests.EmulatorPage;

/// <summary>The page without a mouse, without eyes, in the dark, and on a telephone.</summary>
public class AccessibilityTests(Browser browser)
{
    private static readonly string s_invoice = EmulatorWindow.Sample("invoices/itemised-invoice-10-pages.pdf");

    [Fact]
    public async Task Axe_finds_no_violation_and_nothing_is_cut_off()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await AssertFineAsync(window, ColorScheme.Light, 1280);
        await window.AddFaultAsync("502 from a gateway, after processing", "the next upload");
        await window.TryAsync(s_invoice);
        await Expect(window.Detail.Locator(".fault")).ToBeVisibleAsync();
        await window.Page.Locator("#send").ClickAsync();
        await Expect(window.Requests).ToHaveCountAsync(2);
        await Expect(window.Detail.Locator(".table")).ToBeVisibleAsync();
        await AssertFineAsync(window, ColorScheme.Light, 1280);
        await AssertFineAsync(window, ColorScheme.Dark, 1280);
        await AssertFineAsync(window, ColorScheme.Light, 390);
        await AssertFineAsync(window, ColorScheme.Dark, 390);
    }

    [Fact]
    public async Task All_of_it_is_done_from_the_keyboard()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await window.Page.Locator("#files").FocusAsync();
        await window.Page.Locator("#files").SetInputFilesAsync(s_invoice);
        await PressUntilAsync(window, "Tab", "#send");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Detail.Locator(".file .pill")).ToHaveTextAsync("read");
        await PressUntilAsync(window, "Tab", ".segments input:checked");
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(window.Detail.Locator("#request-text")).ToContainTextAsync("Send-NanonetsDocument");
        await PressUntilAsync(window, "Tab", ".json summary");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Detail.Locator(".json > details")).Not.ToHaveAttributeAsync("open", "");
        await PressUntilAsync(window, "Tab", "[aria-label='Next page']");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Detail.Locator(".pager span")).ToHaveTextAsync("Page 2 of 10");
        await PressUntilAsync(window, "Tab", "#request-list button");
        await PressUntilAsync(window, "Tab", "#fault");
        await PressUntilAsync(window, "Tab", "#fault-form button");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.Locator("#fault-list li")).ToHaveCountAsync(1);
        await PressUntilAsync(window, "Tab", "#fault-list button");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.Locator("#fault-list li")).ToHaveCountAsync(0);
    }

    private static async Task PressUntilAsync(EmulatorWindow window, string key, string selector)
    {
        for (int i = 0; i < 40; i++)
        {
            if (await window.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
                return;
            await window.Page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{selector} is not reached.");
    }

    private static async Task AssertFineAsync(EmulatorWindow window, ColorScheme scheme, int width)
    {
        await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await window.Page.SetViewportSizeAsync(width, 900);
        AxeResult result = await window.Page.RunAxe();
        Assert.Empty(result.Violations.Select(static violation =>
            $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(static node => node.Html))}"));
        Assert.NotEmpty(result.Passes);
        Assert.Equal(width, await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
