using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Nanonets.Emulator;
using Nanonets.Processes;
using static Microsoft.Playwright.Assertions;

namespace Nanonets.Browser.Tests.EmulatorPage;

/// <summary>The lines to copy make the request again that they stand for.</summary>
public sealed class CopiedLineTests(Browser browser) : IDisposable
{
    private const string Awkward = "it's [1] & \u2018more\u2019; 50% $HOME, ü.pdf";
    private const string Metadata = "@it's \"$(quoted)\" & `more` \u2019";

    private readonly string _folder = Directory.CreateTempSubdirectory("nanonets-page-").FullName;

    [Fact]
    public async Task Lines_of_PowerShell_and_curl_send_what_the_page_sent()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "The line of curl is quoted for the shells of Unix.");
        string[] files = [Path.Combine(_folder, Awkward), Path.Combine(_folder, "second.pdf")];
        File.Copy(EmulatorWindow.Sample("invoices/zugferd-einfach-2-pages.pdf"), files[0]);
        File.Copy(EmulatorWindow.Sample("invoices/contoso-invoice-inv-100.pdf"), files[1]);
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(browser);
        await window.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await window.Page.Locator("#async").UncheckAsync();
        await window.Page.Locator("#pages").FillAsync("1");
        await window.Page.Locator("#metadata").FillAsync(Metadata);
        await window.TryAsync(files);
        await Expect(window.Detail.Locator(".detail-head .pill")).ToHaveTextAsync("200");

        string curl = await CopyAsync(window, "curl");
        string powerShell = await CopyAsync(window, "PowerShell");
        Assert.Contains("-FilesPerRequest 2 -ProcessingType Sync -PagesToProcess 1", powerShell);
        foreach (string told in (string[])[await RunAsync("sh", "-c", curl), await PwshAsync(powerShell)])
            Assert.Contains("INV-100", told);

        LoggedRequest[] uploads = window.Uploads;
        Assert.Equal(3, uploads.Length);
        Assert.All(uploads, upload =>
        {
            Assert.Equal((200, uploads[0].Target, 2), (upload.Status, upload.Target, upload.Charges.Sum(static charge => charge.Pages)));
            Assert.Equal([Awkward, "second.pdf"], upload.FileNames);
            Assert.Equal(uploads[0].FileHashes, upload.FileHashes);
            Assert.Equal(("1", Metadata), (upload.Fields["pages_to_process"], upload.Fields["request_metadata"]));
        });
    }

    [Fact]
    public async Task The_question_for_a_result_has_its_lines_and_other_calls_have_curl()
    {
        await using EmulatorWindow window = await EmulatorWindow.OpenAsync(
            browser, new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero, PollsUntilRead = 1 });
        await window.TryAsync(EmulatorWindow.Sample("invoices/contoso-invoice-inv-100.pdf"));
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Ask for the result" }).ClickAsync();
        await Expect(window.Detail.Locator("h2")).ToHaveTextAsync("GetPredictions GET");
        await window.Detail.GetByText("PowerShell").ClickAsync();
        string id = window.Emulator.Billing.Charges[0].RequestFileId;
        await Expect(window.Detail.Locator("#request-text")).ToContainTextAsync($"Get-NanonetsResult '{id}'");

        // The form is kept for the next request, where it has it.
        await window.Page.EvaluateAsync("fetch('/api/v2/OCR/Model/')");
        await window.Requests.Filter(new() { HasText = "ListReadingModels" }).ClickAsync();
        await Expect(window.Detail.Locator(".segments label")).ToHaveTextAsync(["HTTP", "curl"]);
        await Expect(window.Detail.Locator("#request-text")).ToContainTextAsync("GET /api/v2/OCR/Model/");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> CopyAsync(EmulatorWindow window, string form)
    {
        await window.Detail.GetByText(form, new() { Exact = true }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Copy the request" }).ClickAsync();
        await Expect(window.Page.GetByText("Copied")).ToBeVisibleAsync();
        return await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
    }

    private Task<string> PwshAsync(string lines)
    {
        string module = EmulatorWindow.Sample("../../artifacts/module/Nanonets/Nanonets.psd1");
        return Pwsh.RunAsync(
            $"$ErrorActionPreference = 'Stop'; Import-Module '{module}'; cd '{_folder}'\n{lines} | ForEach-Object {{ $_.Fields.Values }}",
            TestContext.Current.CancellationToken);
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
