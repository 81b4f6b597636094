using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace Nanonets.Browser.Tests.Report;

/// <summary>A window that shows a report from the disk, and what it asks for.</summary>
internal sealed class ReportWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _report;
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly ConcurrentQueue<string> _complaints = new();

    private ReportWindow(IBrowserContext context, IPage page, Uri report)
    {
        (_context, Page, _report) = (context, page, report);
        page.Request += (_, request) => _asked.Enqueue(request.Url);
        page.WebSocket += (_, socket) => _asked.Enqueue(socket.Url);
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) => _complaints.Enqueue(message.Text);
        page.Popup += (_, popup) => _complaints.Enqueue($"opened {popup.Url}");
    }

    public IPage Page { get; }

    /// <summary>Opens a report; where there is no browser none is made.</summary>
    public static async Task<ReportWindow> OpenAsync(
        Browser browser, ReportFiles files, Func<ReportFiles, Uri> choose, BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await browser.OpenAsync(options ?? new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        await files.Pages;
        Uri report = choose(files);
        var window = new ReportWindow(context, await context.NewPageAsync(), report);
        await window.Page.GotoAsync(report.AbsoluteUri);
        return window;
    }

    public ILocator Document(string name) => Page.Locator("article").Filter(new() { Has = Page.Locator($"bdi:text-is('{name}')") });

    /// <summary>Shows the pictures of all pages, as a printer does.</summary>
    public Task ShowPicturesAsync() => Page.EvaluateAsync(
        "async () => { dispatchEvent(new Event('beforeprint')); await Promise.all([...document.images].map(one => one.decode())); }");

    /// <summary>Opens all that can be opened.</summary>
    public Task UnfoldAsync() => Page.EvaluateAsync("document.querySelectorAll('summary').forEach(one => one.click())");

    /// <summary>The window has asked for the report and for nothing else, and neither script nor policy has complained.</summary>
    public void AssertQuiet()
    {
        Assert.Equal([_report.AbsoluteUri], _asked.Where(static address => !address.StartsWith("data:", StringComparison.Ordinal)));
        Assert.Empty(_complaints);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
