using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Nanonets.Browser.Tests;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Nanonets.Browser.Tests;

/// <summary>The Chromium of this machine, started once for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Executable => Environment.GetEnvironmentVariable("NANONETS_TEST_BROWSER") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .SelectMany(static folder => s_names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Executable is not { } executable)
            return;

        // However busy the machine is: what comes, comes; what does not is waited for once.
        Assertions.SetDefaultExpectTimeout(6_000);
        _playwright = await Playwright.CreateAsync();
        // Chromium refuses to keep its sandbox when root starts it. Names of the web that tests play lead to this machine.
        string[] arguments =
            [.. Environment.UserName == "root" ? (string[])["--no-sandbox"] : [], "--host-resolver-rules=MAP *.example 127.0.0.1"];
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = arguments });
    }

    /// <summary>A browser window of its own, without anything of another test.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(
            _browser is null, "Chromium is missing: apt-get install chromium, or name a browser in NANONETS_TEST_BROWSER, and run again.");
        return await _browser!.NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
