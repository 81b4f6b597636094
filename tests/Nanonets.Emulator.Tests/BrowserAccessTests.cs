using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Nanonets.Emulator.Tests.Support;

namespace Nanonets.Emulator.Tests;

/// <summary>A browser on this machine shows pages from everywhere: only the emulator's own may read or change anything of it.</summary>
public class BrowserAccessTests
{
    [Theory]
    [InlineData("127.0.0.1:80")]
    [InlineData("localhost")]
    [InlineData("LocalHost:8085")]
    [InlineData("[::1]:8085")]
    public async Task It_answers_to_the_names_of_this_machine(string host)
    {
        await using Caller caller = await Caller.StartAsync();
        foreach (string path in (string[])["", "page/main.js", "__emulator/watch", $"api/v2/OCR/Model/{caller.Model}"])
            Assert.Equal(200, (await caller.BrowseAsync(HttpMethod.Get, path, null, ("Host", host))).Status);
    }

    /// <summary>A name of the web that was made to lead to this machine, after its page was loaded.</summary>
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8085")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("notlocalhost")]
    [InlineData("192.168.1.7")]
    [InlineData("0.0.0.0")]
    [InlineData("[::2]")]
    public async Task Under_any_other_name_nothing_is_answered_and_nothing_done(string host)
    {
        await using Caller caller = await Caller.StartAsync();
        string picture = await SignedPictureAsync(caller);
        int requests = caller.Emulator.Requests.All.Count;
        foreach (string path in (string[])["", "page/main.js", "__emulator/connection", $"api/v2/OCR/Model/{caller.Model}", picture])
        {
            Reply reply = await caller.BrowseAsync(HttpMethod.Get, path, null, ("Host", host));
            Assert.Equal((403, "Not a name of this machine"), (reply.Status, reply.Reason));
            Assert.DoesNotContain(caller.Emulator.Options.ApiKey, reply.Text);
        }

        Assert.Equal(403, (await caller.BrowseAsync(HttpMethod.Post, $"api/v2/{caller.Upload}", Document(), ("Host", host))).Status);
        Assert.Equal(403, (await caller.BrowseAsync(HttpMethod.Post, "__emulator/reset", null, ("Host", host))).Status);
        Assert.Equal((requests, 1), (caller.Emulator.Requests.All.Count, caller.Emulator.Billing.Charges.Count));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "http://localhost.evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_origin_reads_and_changes_nothing(string header, string value)
    {
        await using Caller caller = await Caller.StartAsync();
        (HttpMethod Method, string Path)[] calls =
        [
            (HttpMethod.Get, "__emulator/watch"), (HttpMethod.Get, "__emulator/connection"), (HttpMethod.Get, "__emulator/requests"),
            (HttpMethod.Post, "__emulator/reset"), (HttpMethod.Post, "__emulator/faults"), (HttpMethod.Post, "__emulator/options"),
            (HttpMethod.Put, "__emulator/documents/a.pdf"), (HttpMethod.Delete, "__emulator/faults"),
            (HttpMethod.Post, $"api/v2/{caller.Upload}"), (HttpMethod.Get, $"api/v2/OCR/Model/{caller.Model}"),
        ];
        caller.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Delay });
        foreach ((HttpMethod method, string path) in calls)
        {
            Reply reply = await caller.BrowseAsync(method, path, method == HttpMethod.Get ? null : Document(), (header, value));
            Assert.Equal((403, "Request of another origin"), (reply.Status, reply.Reason));
            Assert.False(reply.Headers.Contains("Access-Control-Allow-Origin"));
        }

        Assert.Single(caller.Emulator.Faults.All);
        Assert.Empty(caller.Emulator.Requests.All);
        Assert.Empty(caller.Emulator.Billing.Charges);
    }

    [Theory]
    [InlineData("127.0.0.1:8085")]
    [InlineData("localhost:8085")]
    [InlineData("[::1]:8085")]
    public async Task Its_own_page_may_do_all_under_each_of_its_names(string host)
    {
        await using Caller caller = await Caller.StartAsync();
        (string, string)[] own = [("Host", host), ("Origin", $"http://{host}"), ("Sec-Fetch-Site", "same-origin")];
        Assert.Equal(200, (await caller.BrowseAsync(HttpMethod.Post, $"api/v2/{caller.Upload}", Document(), own)).Status);
        Assert.Equal(200, (await caller.BrowseAsync(HttpMethod.Get, "__emulator/watch", null, own)).Status);
        Assert.Equal($"http://{host}/api/v2",
            (await caller.BrowseAsync(HttpMethod.Get, "__emulator/connection", null, own)).Json.GetProperty("api_uri").GetString());
        // Typed into the address bar.
        Assert.Equal(200,
            (await caller.BrowseAsync(HttpMethod.Get, "__emulator/billing", null, ("Host", host), ("Sec-Fetch-Site", "none"))).Status);
    }

    [Fact]
    public async Task A_link_from_anywhere_leads_to_the_page_and_a_signed_address_to_its_picture()
    {
        await using Caller caller = await Caller.StartAsync();
        string picture = await SignedPictureAsync(caller);
        foreach (string path in (string[])["", picture])
            Assert.Equal(200, (await caller.BrowseAsync(HttpMethod.Get, path, null, ("Sec-Fetch-Site", "cross-site"))).Status);
    }

    [Fact]
    public async Task The_page_loads_from_this_server_only_and_cannot_be_framed()
    {
        await using Caller caller = await Caller.StartAsync();
        Reply page = await caller.BrowseAsync(HttpMethod.Get, "", null);
        Assert.Equal("text/html", page.ContentType);
        Assert.Contains("<title>Nanonets emulator</title>", page.Text);
        Assert.DoesNotContain("style=", page.Text);
        Assert.Equal("text/javascript", (await caller.BrowseAsync(HttpMethod.Get, "page/main.js", null)).ContentType);
        Assert.Equal("text/css", (await caller.BrowseAsync(HttpMethod.Get, "page/page.css", null)).ContentType);
        foreach (string path in (string[])["", "page/main.js", "__emulator/watch", $"api/v2/OCR/Model/{caller.Model}", "nothing"])
        {
            Reply reply = await caller.BrowseAsync(HttpMethod.Get, path, null);
            string policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
            Assert.All(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"], rule => Assert.Contains(rule, policy));
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
        }

        foreach (string path in (string[])["page/", "page/main", "page/index.html/x", "page/%2e%2e/Program.cs", "favicon.ico"])
            Assert.Equal(404, (await caller.BrowseAsync(HttpMethod.Get, path, null)).Status);
        Assert.Equal(404, (await caller.BrowseAsync(HttpMethod.Post, "", null)).Status);
    }

    /// <summary>A browser would repeat an upload by itself when a connection breaks that it has used before.</summary>
    [Fact]
    public async Task Each_request_of_a_browser_gets_a_connection_of_its_own()
    {
        await using Caller caller = await Caller.StartAsync();
        Reply browser = await caller.BrowseAsync(HttpMethod.Get, "__emulator/watch", null, ("Sec-Fetch-Site", "same-origin"));
        Assert.True(browser.Headers.ConnectionClose);
        Assert.Null((await caller.BrowseAsync(HttpMethod.Get, "__emulator/watch", null)).Headers.ConnectionClose);
    }

    private static MultipartFormDataContent Document() => Caller.Form(("a.png", TestDocument.Png("a")));

    private static async Task<string> SignedPictureAsync(Caller caller)
    {
        Reply upload = await caller.UploadAsync("picture.png");
        return upload.Json.GetProperty("signed_urls").EnumerateObject().First().Value.GetProperty("original").GetString()!;
    }
}
