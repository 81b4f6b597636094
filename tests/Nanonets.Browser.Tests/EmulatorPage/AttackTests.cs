using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Nanonets.Emulator;
using static Microsoft.Playwright.Assertions;

namespace Nanonets.Browser.Tests.EmulatorPage;

/// <summary>Documents that attack the page, and pages that attack the emulator.</summary>
public class AttackTests(Browser browser)
{
    private const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>";

    [Fact]
    public async Task Nothing_of_a_document_is_markup()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        bool asked = false;
        window.Page.Dialog += (_, dialog) =>
        {
            asked = true;
            _ = dialog.DismissAsync();
        };
        byte[] invoice = await File.ReadAllBytesAsync(
            EmulatorWindow.Sample("invoices/contoso-invoice-inv-100.pdf"), TestContext.Current.CancellationToken);
        await window.Page.Locator("#files").SetInputFilesAsync(
            new FilePayload { Name = Markup + ".pdf", MimeType = "application/pdf", Buffer = invoice });
        await window.Page.Locator("#metadata").FillAsync(Markup);
        await window.Page.Locator("#send").ClickAsync();
        string name = Markup.Replace("\"", "%22", StringComparison.Ordinal) + ".pdf";
        await Expect(window.Detail.Locator("h4")).ToHaveTextAsync(name);

        // Values and labels are a person's or a model's, and may say anything.
        IAPIResponse corrected = await window.Page.APIRequest.FetchAsync(
            $"{window.Emulator.ApiUri}/Inferences/Model/{window.Model}/ImageLevelInference", await CorrectionAsync(window));
        Assert.True(corrected.Ok, await corrected.TextAsync());
        await window.Requests.Last.ClickAsync();
        await Expect(window.Detail.Locator(".values .text").First).ToHaveTextAsync(Markup);
        await Expect(window.Detail.Locator(".values .label").First).ToHaveTextAsync(Markup);
        foreach (string form in (string[])["curl", "PowerShell", "HTTP"])
        {
            await window.Detail.GetByText(form, new() { Exact = true }).ClickAsync();
            await Expect(window.Detail.Locator("#request-text")).ToContainTextAsync("<script>alert(2)</script>");
        }

        // Answers of a fault, and routes that are none.
        window.Emulator.Faults.Add(new FaultRule
        {
            Kind = FaultKind.Status, Status = 200, Body = FaultBody.Text, Text = $"<html>{Markup}</html>", TextType = "text/html",
        });
        await window.Page.Locator("#send").ClickAsync();
        await Expect(window.Detail.Locator(".json")).ToHaveTextAsync($"<html>{Markup}</html>");
        Assert.Equal(0, await window.Page.Locator("img[src=x], main script, svg[onload]").CountAsync());
        Assert.False(asked);
        window.AssertQuiet();
    }

    /// <summary>A page of the web whose name was made to lead to this machine after it was loaded.</summary>
    [Fact]
    public async Task A_rebound_name_reads_and_changes_nothing()
    {
        await using IBrowserContext context = await browser.OpenAsync();
        IPage evil = await context.NewPageAsync();
        int port;
        await using (WebApplication site = await ServeAsync())
        {
            port = PortOf(site);
            await evil.GotoAsync($"http://evil.example:{port}/");
            await site.StopAsync(TestContext.Current.CancellationToken);
        }

        await using EmulatorServer emulator = await EmulatorServer.StartAsync(
            new EmulatorOptions { Port = port }, TestContext.Current.CancellationToken);
        emulator.Faults.Add(new FaultRule { Kind = FaultKind.Delay });
        int[] statuses = await evil.EvaluateAsync<int[]>(
            """
            () => Promise.all(['GET /', 'GET /__emulator/connection', 'POST /__emulator/reset', 'DELETE /__emulator/faults']
              .map(call => call.split(' ')).map(async ([method, path]) => (await fetch(path, { method })).status))
            """);
        Assert.Equal([403, 403, 403, 403], statuses);
        Assert.Single(emulator.Faults.All);
    }

    [Fact]
    public async Task Another_site_reads_and_changes_nothing()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        window.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Delay });
        await using WebApplication site = await ServeAsync();
        IPage evil = await window.Page.Context.NewPageAsync();
        await evil.GotoAsync($"http://evil.example:{PortOf(site)}/");
        string[] outcomes = await evil.EvaluateAsync<string[]>(
            """
            async ([emulator, upload]) => {
              const form = () => { const data = new FormData(); data.append('file', new File(['%PDF-1.4'], 'a.pdf')); return data; };
              const told = promise => promise.then(answer => answer.type, () => 'failed');
              const load = (name, member) => new Promise(done => {
                const element = document.createElement(name);
                element.onload = () => done('loaded');
                element.onerror = () => done('failed');
                element[member] = emulator + '__emulator/connection';
                document.body.append(element);
              });
              return Promise.all([
                told(fetch(emulator + '__emulator/connection')),
                told(fetch(emulator + '__emulator/reset', { method: 'POST', mode: 'no-cors' })),
                told(fetch(emulator + '__emulator/faults', { method: 'POST', mode: 'no-cors', body: '{"kind":"close_idle"}' })),
                told(fetch(emulator + '__emulator/faults', { method: 'DELETE' })),
                told(fetch(upload, { method: 'POST', mode: 'no-cors', body: form() })),
                load('script', 'src'), load('img', 'src'),
              ]);
            }
            """, new object[] { window.Emulator.BaseUri.ToString(), $"{window.Emulator.ApiUri}/OCR/Model/{window.Model}/LabelFile/" });
        Assert.Equal(["failed", "opaque", "opaque", "failed", "opaque", "failed", "failed"], outcomes);
        Assert.Equal(FaultKind.Delay, Assert.Single(window.Emulator.Faults.All).Kind);
        Assert.Empty(window.Emulator.Requests.All);

        // Nor does a form that takes its visitor along, or a frame.
        await evil.EvaluateAsync(
            """
            emulator => {
              document.body.innerHTML = '<form method="post"></form><iframe></iframe>';
              document.querySelector('iframe').src = emulator;
              document.forms[0].action = emulator + '__emulator/reset';
            }
            """, window.Emulator.BaseUri.ToString());
        await Expect(evil.FrameLocator("iframe").Locator("#try")).ToHaveCountAsync(0);
        await evil.EvaluateAsync("document.forms[0].submit()");
        await Expect(evil.Locator("body")).ToContainTextAsync("Request of another origin");
        Assert.Single(window.Emulator.Faults.All);
    }

    private static async Task<APIRequestContextOptions> CorrectionAsync(EmulatorWindow window)
    {
        string id = window.Emulator.Billing.Charges[^1].RequestFileId;
        IAPIResponse file = await window.Page.APIRequest.GetAsync($"{window.Emulator.BaseUri}__emulator/files/{id}");
        System.Text.Json.Nodes.JsonNode box =
            System.Text.Json.Nodes.JsonNode.Parse(await file.TextAsync())!["unmoderated_images"]![0]!["predicted_boxes"]![0]!.DeepClone();
        box["label"] = Markup;
        box["ocr_text"] = Markup;
        string key = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(window.Emulator.Options.ApiKey + ":"));
        return new()
        {
            Method = "PATCH", Headers = [new("Authorization", $"Basic {key}"), new("Content-Type", "application/json")],
            DataString = $$"""{"moderated_boxes":[{{box.ToJsonString()}}]}""",
        };
    }

    private static int PortOf(WebApplication site) => new Uri(site.Urls.Single()).Port;

    private static async Task<WebApplication> ServeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication site = builder.Build();
        site.Run(static http =>
        {
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<p>evil</p>");
        });
        await site.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }
}
