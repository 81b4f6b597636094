using System.IO;
using System.Threading.Tasks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Nanonets.Browser.Tests.Report;

/// <summary>Whatever a document says is text, and nothing in a report reaches out of it.</summary>
public class HostileTests(Browser browser, ReportFiles files)
{
    private const string Drawing =
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='parent.attacked=1'>"
        + "<image href='http://attack.example/drawing'/><script>parent.attacked=1</script></svg>";

    [Fact]
    public async Task Documents_that_are_attacks_are_shown_and_nothing_runs_and_nothing_is_fetched()
    {
        await using ReportWindow window = await ReportWindow.OpenAsync(browser, files, static files => files.Hostile);
        await Expect(window.Page.Locator("article")).ToHaveCountAsync(3);
        await window.ShowPicturesAsync();
        await window.UnfoldAsync();
        await window.Page.Locator("#label").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await window.Page.Locator("#search").FillAsync("script");
        await Expect(window.Page.Locator("article:not([hidden])")).Not.ToHaveCountAsync(0);
        await window.Page.Locator(".sheet a").First.FocusAsync();

        // What was in the text is there to read: it is the name of the document, and a value.
        Assert.StartsWith("<img src=http://attack.example/name onerror=attacked=1>", await window.Page.Locator("article h2").First.InnerTextAsync());
        Assert.StartsWith("<img", await window.Page.TitleAsync());
        await Expect(window.Page.Locator("td", new() { HasText = "</template></script><img src=http://attack.example/v>" })).ToBeAttachedAsync();
        Assert.Equal(0, await window.Page.Locator("img[src*=attack], base, article script, article style, iframe, object").CountAsync());
        Assert.False(await window.Page.EvaluateAsync<bool>("'attacked' in globalThis"));
        window.AssertQuiet();
    }

    /// <summary>A page picture may be a drawing, which can hold scripts and addresses.</summary>
    [Fact]
    public async Task A_picture_that_is_an_attack_does_nothing()
    {
        await using ReportWindow window = await ReportWindow.OpenAsync(browser, files, static files => files.Samples);
        ILocator sheet = window.Page.Locator(".sheet").Last;
        await sheet.EvaluateAsync(
            "(sheet, drawing) => { sheet.querySelector('template').content.firstElementChild.src = drawing; }", Drawing);
        await sheet.ScrollIntoViewIfNeededAsync();
        await Expect(sheet.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 9);
        Assert.False(await window.Page.EvaluateAsync<bool>("'attacked' in globalThis"));
        window.AssertQuiet();
    }

    [Fact]
    public async Task Script_style_and_requests_of_others_are_refused_by_the_policy()
    {
        await using ReportWindow window = await ReportWindow.OpenAsync(browser, files, static files => files.Samples);
        string[] refused = await window.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const refused = [];
              document.addEventListener('securitypolicyviolation', event => refused.push(event.effectiveDirective));
              const add = html => document.querySelector('main').append(document.createRange().createContextualFragment(html));
              add('<script>attacked = 1</' + 'script>');
              add('<style>body { color: red }</style>');
              add('<img src="http://attack.example/x.png">');
              add('<iframe src="http://attack.example/"></iframe>');
              await fetch('http://attack.example/').catch(() => {});
              await new Promise(done => setTimeout(done, 50));
              return refused.sort();
            }
            """);
        Assert.Equal(["connect-src", "frame-src", "img-src", "script-src-elem", "style-src-elem"], refused);
    }

    [Fact]
    public async Task Neither_key_nor_signed_address_stands_in_a_report()
    {
        await using ReportWindow window = await ReportWindow.OpenAsync(browser, files, static files => files.Samples);
        string text = await File.ReadAllTextAsync(files.Samples.LocalPath, TestContext.Current.CancellationToken);
        Assert.Contains("data:image/", text);
        Assert.All((string[])["emulator-key-not-a-secret", "expires=", "http:", "https:", "&amp;s="],
            secret => Assert.DoesNotContain(secret, text.Replace("http://www.w3.org", string.Empty)));
        window.AssertQuiet();
    }
}
