using System.Linq;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using UglyToad.PdfPig;
using static Microsoft.Playwright.Assertions;

namespace Nanonets.Browser.Tests.Report;

/// <summary>A report in light and dark, on a desk and on a telephone, for those who do not see it, and on paper.</summary>
public class AppearanceTests(Browser browser, ReportFiles files)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_no_violation_and_nothing_is_wider_than_the_screen(ColorScheme scheme, int width)
    {
        await using ReportWindow window = await ReportWindow.OpenAsync(browser, files, static files => files.Samples,
            new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });

        // Ten pages of line items are no other than two of a few, and take a minute.
        await window.Page.EvaluateAsync(
            "document.querySelectorAll('.page:nth-of-type(n + 3), .items tr:nth-child(n + 3), .sheet a:nth-of-type(n + 9)')"
                + ".forEach(one => one.remove())");
        await window.ShowPicturesAsync();
        await window.UnfoldAsync();
        AxeResult result = await window.Page.RunAxe();
        Assert.Empty(result.Violations.Select(static violation =>
            $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(static node => node.Html))}"));
        Assert.NotEmpty(result.Passes);
        Assert.Equal(width, await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        // Nor is a label of usual length broken in two.
        string number = "[...document.querySelectorAll('.values th a')].find(one => one.textContent === 'invoice_number')";
        Assert.Equal(1, await window.Page.EvaluateAsync<int>(number + ".getClientRects().length"));
    }

    [Fact]
    public async Task Printed_each_document_begins_on_a_page_with_its_picture()
    {
        await using ReportWindow window = await ReportWindow.OpenAsync(browser, files, static files => files.Samples);
        await window.Page.Locator("#search").FillAsync("turned");
        await Expect(window.Page.Locator("article:not([hidden])")).ToHaveCountAsync(3);
        using PdfDocument printed = PdfDocument.Open(await window.Page.PdfAsync(new() { Format = "A4", PrintBackground = true }));

        // A summary, and three documents of one page.
        Assert.Equal(4, printed.NumberOfPages);
        Assert.Contains("for a person", printed.GetPage(1).Text);
        for (int number = 2; number <= 4; number++)
        {
            string text = printed.GetPage(number).Text;
            int turned = Assert.Single((int[])[90, 180, 270], degrees => text.Contains($"turned-{degrees}.pdf"));

            // In the list, and in the picture.
            Assert.Equal(3, text.Split($"INV-{turned}").Length);
        }
    }

    [Fact]
    public async Task A_tall_picture_is_printed_below_the_name_of_its_document()
    {
        await using ReportWindow window = await ReportWindow.OpenAsync(browser, files, static files => files.Samples);
        await window.Page.Locator("#search").FillAsync("Receipt Mega");
        await Expect(window.Page.Locator("article:not([hidden])")).ToHaveCountAsync(1);
        using PdfDocument printed = PdfDocument.Open(await window.Page.PdfAsync(new() { Format = "Letter", PrintBackground = true }));
        Assert.Equal(2, printed.NumberOfPages);
        Assert.Contains("Receipt Mega", printed.GetPage(2).Text);
        Assert.Single(printed.GetPage(2).GetImages());
    }
}
