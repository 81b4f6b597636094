using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Nanonets.Browser.Tests.Report;

/// <summary>What a person does with a report: looks, searches, filters, goes through it.</summary>
public class UseTests(Browser browser, ReportFiles files)
{
    private const string Contoso = "contoso-invoice-inv-100.pdf";
    private const string Itemised = "itemised-invoice-10-pages.pdf";

    [Fact]
    public async Task The_summary_says_how_much_there_is_and_what_needs_a_person_first()
    {
        await using ReportWindow window = await OpenAsync();
        int documents = (await files.Pages).Select(static page => page.GetProperty("Input").GetString()).Distinct().Count();
        ILocator numbers = window.Page.Locator(".numbers");
        await Expect(numbers).ToContainTextAsync($"documents{documents}");
        await Expect(numbers).ToContainTextAsync($"pages{(await files.Pages).Count}");
        await Expect(numbers).ToContainTextAsync("failed1");
        await Expect(numbers).ToContainTextAsync("approved1");
        await Expect(window.Page.Locator(".first li").First).ToHaveTextAsync("phototest-text.tif The service could not read this page.");
        await Expect(window.Page.Locator(".chart .note")).ToContainTextAsync("of them below 0.80");
        ILocator named = window.Page.Locator(".first a").Last;
        string name = await named.InnerTextAsync();
        await named.ClickAsync();
        await Expect(window.Document(name).Locator("h2")).ToBeInViewportAsync();
        window.AssertQuiet();
    }

    [Fact]
    public async Task A_correction_shows_what_the_model_had_read_and_who_approved_it()
    {
        await using ReportWindow window = await OpenAsync();
        ILocator document = window.Document(Contoso);
        await Expect(document.Locator(".review")).ToContainTextAsync("1 value corrected, approved by owner@example.com on 20");
        ILocator row = document.Locator("tr", new() { HasText = "total_amount" });
        await Expect(row.Locator("del")).ToHaveTextAsync("$110.00");
        await Expect(row.Locator("ins")).ToHaveTextAsync("110.00");
    }

    [Fact]
    public async Task Pictures_are_there_while_they_are_near_the_screen_only()
    {
        await using ReportWindow window = await OpenAsync();
        ILocator first = window.Page.Locator(".sheet").First;
        ILocator last = window.Page.Locator(".sheet").Last;
        await first.ScrollIntoViewIfNeededAsync();
        await Expect(first.Locator("img")).ToBeVisibleAsync();
        await Expect(last.Locator("img")).ToHaveCountAsync(0);
        await last.ScrollIntoViewIfNeededAsync();
        await Expect(last.Locator("img")).ToBeVisibleAsync();
        await Expect(first.Locator("img")).ToHaveCountAsync(0);
        ILocator pictures = window.Page.Locator(".sheet img");
        Assert.InRange(await pictures.CountAsync(), 1, 6);

        // A printer needs all of them, and gives them back.
        int near = await pictures.CountAsync();
        await window.ShowPicturesAsync();
        Assert.Equal((await files.Pages).Count, await pictures.CountAsync());
        await window.Page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        await Expect(pictures).ToHaveCountAsync(near);
    }

    [Fact]
    public async Task Search_and_filters_leave_the_documents_that_match()
    {
        await using ReportWindow window = await OpenAsync();
        int all = await window.Page.Locator("article").CountAsync();
        await window.Page.Locator("#search").FillAsync("itemised 00817");
        await ExpectOnlyAsync(window, Itemised);
        await Expect(window.Page.Locator("#count")).ToHaveTextAsync($"1 of {all} documents");
        await window.Page.Locator("#search").FillAsync("");
        await window.Page.Locator("#state").SelectOptionAsync("Approved");
        await ExpectOnlyAsync(window, Contoso);
        await window.Page.Locator("#state").SelectOptionAsync("Failed");
        await ExpectOnlyAsync(window, "phototest-text.tif");
        await window.Page.Locator("#state").SelectOptionAsync("Needs a person");
        await window.Page.Locator("#score").FillAsync("0.7");
        await ExpectOnlyAsync(window, "weasyprint-invoice-12345.pdf");
        await window.Page.Locator("#label").SelectOptionAsync("purchase_order");
        await Expect(window.Page.Locator("#none")).ToHaveTextAsync("No document matches.");
        await window.Page.Locator("#state").SelectOptionAsync("All");
        await window.Page.Locator("#score").FillAsync("");
        await Expect(window.Document(Itemised)).ToBeVisibleAsync();
        await Expect(window.Document(Itemised).Locator("tr[data-label=purchase_order] td").First).ToHaveCSSAsync("font-weight", "650");
        await Expect(window.Document("weasyprint-invoice-12345.pdf")).ToBeHiddenAsync();
        window.AssertQuiet();
    }

    [Fact]
    public async Task A_box_tells_its_value_and_leads_to_the_list_and_back()
    {
        await using ReportWindow window = await OpenAsync();
        ILocator document = window.Document(Contoso);
        ILocator box = document.Locator(".sheet a[data-label=invoice_number]");
        ILocator value = document.Locator(".values a", new() { HasText = "invoice_number" });
        await box.ScrollIntoViewIfNeededAsync();
        await box.HoverAsync();
        await Expect(window.Page.Locator("#tip")).ToHaveTextAsync("invoice_numberINV-1000.90");
        await Expect(value).ToContainClassAsync("on");
        await window.Page.Locator("h1").HoverAsync();
        await Expect(window.Page.Locator("#tip")).ToBeHiddenAsync();

        await box.ClickAsync();
        await Expect(value).ToBeFocusedAsync();
        await Expect(box).ToContainClassAsync("on");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(box).ToBeFocusedAsync();
        await Expect(window.Page.Locator("#tip")).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(document.Locator(".sheet a[data-label=invoice_date]")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(document.Locator(".values a", new() { HasText = "invoice_date" })).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(window.Page.Locator("#tip")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Keys_lead_from_document_to_document_and_can_be_turned_off()
    {
        await using ReportWindow window = await OpenAsync();
        ILocator headings = window.Page.Locator("article h2");
        foreach ((string key, int at) in ((string, int)[])[("j", 0), ("j", 1), ("n", 2), ("k", 1), ("p", 0), ("p", 0)])
        {
            await window.Page.Keyboard.PressAsync(key);
            await Expect(headings.Nth(at)).ToBeFocusedAsync();
            await Expect(headings.Nth(at)).ToBeInViewportAsync();
        }

        await window.Page.Keyboard.PressAsync("/");
        await Expect(window.Page.Locator("#search")).ToBeFocusedAsync();
        await window.Page.Keyboard.TypeAsync("turned");
        await Expect(window.Page.Locator("article:not([hidden])")).ToHaveCountAsync(3);
        headings = window.Page.Locator("article:not([hidden]) h2");
        await Expect(headings.First).ToBeInViewportAsync();
        foreach ((string button, int at) in ((string, int)[])[("#next", 1), ("#next", 2), ("#previous", 1)])
        {
            await window.Page.Locator(button).ClickAsync();
            await Expect(headings.Nth(at)).ToBeFocusedAsync();
            await Expect(headings.Nth(at)).ToBeInViewportAsync();
        }

        await window.Page.Locator(".help summary").ClickAsync();
        await window.Page.Locator("#keys").UncheckAsync();
        await window.Page.Locator("h1").ClickAsync();
        await window.Page.Keyboard.PressAsync("/");
        await Expect(window.Page.Locator("#search")).Not.ToBeFocusedAsync();
    }

    /// <summary>The bar with the search is as high as its width and what is unfolded in it make it.</summary>
    [Fact]
    public async Task The_name_of_the_next_document_is_never_under_the_bar()
    {
        await using ReportWindow window = await ReportWindow.OpenAsync(
            browser, files, static files => files.Samples, new() { ViewportSize = new() { Width = 820, Height = 900 } });
        await window.UnfoldAsync();
        await window.Page.Keyboard.PressAsync("j");
        await window.Page.Keyboard.PressAsync("j");
        ILocator heading = window.Page.Locator("article h2").Nth(1);
        await Expect(heading).ToBeFocusedAsync();
        await window.Page.WaitForFunctionAsync(
            "() => { const top = document.activeElement.getBoundingClientRect().top, "
                + "below = top - document.querySelector('.tools').getBoundingClientRect().bottom; return below >= 0 && below < 60; }");
    }

    [Fact]
    public async Task Without_scripts_the_values_are_there_and_links_lead_to_them()
    {
        await using ReportWindow window = await ReportWindow.OpenAsync(
            browser, files, static files => files.Samples, new() { JavaScriptEnabled = false });
        await Expect(window.Page.GetByText("need scripts")).ToBeVisibleAsync();
        ILocator value = window.Document(Contoso).Locator(".values a", new() { HasText = "invoice_number" });
        await value.ClickAsync();
        await Expect(window.Document(Contoso).Locator(".sheet a[data-label=invoice_number]")).ToBeFocusedAsync();
    }

    private Task<ReportWindow> OpenAsync() => ReportWindow.OpenAsync(browser, files, static files => files.Samples);

    private static async Task ExpectOnlyAsync(ReportWindow window, string name)
    {
        await Expect(window.Page.Locator("article:not([hidden])")).ToHaveCountAsync(1);
        await Expect(window.Document(name)).ToBeVisibleAsync();
    }
}
