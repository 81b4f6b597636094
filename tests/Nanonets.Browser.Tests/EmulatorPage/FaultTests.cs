using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Nanonets.Emulator;
using static Microsoft.Playwright.Assertions;

namespace Nanonets.Browser.Tests.EmulatorPage;

/// <summary>Faults are chosen, seen to strike, and removed.</summary>
public class FaultTests(Browser browser)
{
    private static readonly string s_invoice = EmulatorWindow.Sample("invoices/contoso-invoice-inv-100.pdf");

    /// <summary>A browser sends an upload again by itself on a connection that it has used before: it must not here.</summary>
    [Fact]
    public async Task A_lost_answer_is_seen_as_it_was_charged_once_and_strikes_once()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await window.AddFaultAsync("Connection cut before the answer", "the next upload");
        ILocator fault = window.Page.Locator("#fault-list li");
        await Expect(fault).ToContainTextAsync("has not struck yet");

        await window.TryAsync(s_invoice);
        await Expect(window.Page.Locator("#said")).ToHaveTextAsync("No answer: the connection broke.");
        await Expect(window.Detail.Locator(".detail-head .pill")).ToHaveTextAsync("no answer");
        await Expect(window.Detail.Locator(".fault"))
            .ToHaveTextAsync("Fault cut_after. Processed and charged; then the connection is cut.");
        await Expect(window.Detail).ToContainTextAsync("charged 1 page");
        await Expect(window.Detail).ToContainTextAsync("The emulator made this answer; it did not leave.");
        await Expect(window.Detail.Locator(".values .text").First).ToHaveTextAsync("INV-100");
        await Expect(window.Requests.First).ToContainTextAsync("fault cut_after");
        await Expect(fault).ToContainTextAsync("struck once, and is over");
        Assert.Single(window.Uploads);

        await fault.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(fault).ToHaveCountAsync(0);
        Assert.Empty(window.Emulator.Faults.All);
        await window.Page.Locator("#send").ClickAsync();
        await Expect(window.Detail.Locator(".detail-head .pill")).ToHaveTextAsync("200");
    }

    [Fact]
    public async Task A_request_that_is_never_answered_is_seen_under_way_and_can_be_cancelled()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await window.AddFaultAsync("No answer, after processing", "every upload");
        await window.TryAsync(s_invoice);
        await Expect(window.Detail.Locator(".detail-head .pill")).ToHaveTextAsync("under way");
        await Expect(window.Page.Locator("#send")).ToBeDisabledAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(window.Detail.Locator(".detail-head .pill")).ToHaveTextAsync("no answer");
        await Expect(window.Page.Locator("#said")).ToHaveTextAsync("Cancelled. What was sent may have been processed.");
        await Expect(window.Page.Locator("#send")).ToBeEnabledAsync();
        await Expect(window.Page.Locator("#bill")).ToHaveTextAsync("Bill: 1 page");
    }

    [Fact]
    public async Task A_status_that_a_fault_gives_is_told_from_one_that_the_request_deserves()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await window.AddFaultAsync("503 Service Unavailable", "the next upload");
        await window.TryAsync(s_invoice);
        await Expect(window.Detail.Locator(".fault")).ToHaveTextAsync("Fault status. Nothing is processed or charged.");
    }

    [Fact]
    public async Task A_document_that_fails_is_shown_as_failed()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await window.AddFaultAsync("The document fails", "the next upload");
        await window.TryAsync(s_invoice);
        await Expect(window.Detail.Locator(".file .pill")).ToHaveTextAsync("failed");
        await Expect(window.Detail).ToContainTextAsync("The service could not read this page after three tries.");
    }

    [Fact]
    public async Task Every_fault_to_choose_is_one_that_the_emulator_knows()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        string[] titles = [.. await window.Page.Locator("#fault option").AllTextContentsAsync()];
        Assert.True(titles.Length >= 12);
        foreach (string title in titles)
        {
            await window.AddFaultAsync(title, "every upload");
            await Expect(window.Page.Locator("#fault-list li").Filter(new() { HasText = title })).ToHaveCountAsync(1);
        }

        Assert.Equal(titles.Length, window.Emulator.Faults.All.Count);
        Assert.All(window.Emulator.Faults.All, static rule => Assert.Null(rule.To));

        // Those of scripts are shown too, by their kind.
        window.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.CloseIdle });
        await Expect(window.Page.Locator("#fault-list li").Last).ToContainTextAsync("close_idle");
        window.AssertQuiet();
    }
}
