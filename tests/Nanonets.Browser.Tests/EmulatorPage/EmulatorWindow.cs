using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Nanonets.Emulator;

namespace Nanonets.Browser.Tests.EmulatorPage;

/// <summary>An emulator of its own and a window that shows its page.</summary>
internal sealed class EmulatorWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private EmulatorWindow(EmulatorServer emulator, IBrowserContext context, IPage page)
    {
        Emulator = emulator;
        _context = context;
        Page = page;
        Listen(page);
    }

    public EmulatorServer Emulator { get; }

    public IPage Page { get; }

    /// <summary>Errors of scripts and of the policy; that an upload failed on purpose is none.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>All addresses that the window has asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public ILocator Detail => Page.Locator("#detail");

    public ILocator Requests => Page.Locator("#request-list button");

    public string Model => Emulator.Options.ModelId;

    public LoggedRequest[] Uploads => [.. Emulator.Requests.All.Where(static request => request.Route == "LabelFile")];

    public static async Task<EmulatorWindow> OpenAsync(
        Browser browser, EmulatorOptions? options = null, BrowserNewContextOptions? window = null)
    {
        IBrowserContext context = await browser.OpenAsync(window);
        EmulatorServer emulator = await EmulatorServer.StartAsync(
            options ?? new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero }, TestContext.Current.CancellationToken);
        var opened = new EmulatorWindow(emulator, context, await context.NewPageAsync());
        await opened.ShowAsync(opened.Page);
        return opened;
    }

    /// <summary>A document of the samples.</summary>
    public static string Sample(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Nanonets.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "samples", "documents", name);
    }

    /// <summary>Another tab of the same window.</summary>
    public async Task<IPage> OpenTabAsync()
    {
        IPage tab = await _context.NewPageAsync();
        Listen(tab);
        await ShowAsync(tab);
        return tab;
    }

    public async Task TryAsync(params string[] paths)
    {
        await Page.Locator("#files").SetInputFilesAsync(paths);
        await Page.Locator("#send").ClickAsync();
    }

    /// <summary>Chooses a fault by its title.</summary>
    public async Task AddFaultAsync(string title, string scope)
    {
        await Page.Locator("#fault").SelectOptionAsync(new SelectOptionValue { Label = title });
        await Page.Locator("#fault-scope").SelectOptionAsync(new SelectOptionValue { Label = scope });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add fault" }).ClickAsync();
    }

    /// <summary>That the page has shown nothing but itself and complained about nothing.</summary>
    public void AssertQuiet()
    {
        Assert.Empty(Complaints);
        Assert.All(Asked, address => Assert.StartsWith(Emulator.BaseUri.ToString(), address));
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await Emulator.DisposeAsync();
    }

    private async Task ShowAsync(IPage page)
    {
        await page.GotoAsync(Emulator.BaseUri.ToString());
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live");
    }

    private void Listen(IPage page)
    {
        page.PageError += (_, error) => Complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                Complaints.Enqueue(message.Text);
        };
        page.Request += (_, request) => Asked.Enqueue(request.Url);
    }
}
