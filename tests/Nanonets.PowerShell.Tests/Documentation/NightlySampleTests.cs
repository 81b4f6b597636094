using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Documentation;

/// <summary>The script of the guide to a nightly batch, as a scheduler would run it.</summary>
public class NightlySampleTests
{
    [Fact]
    public async Task The_second_night_sends_only_what_is_new_and_the_file_has_both()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        AddInvoice(session, "company-abc-invoice-001.pdf");
        Assert.Equal(0, Run(session, out string report));
        Assert.Contains("all documents are read", report);
        Assert.Contains("Of 1 document(s): 1 accepted. 1 page(s) sent.", report);
        Assert.Equal("001", Assert.Single(Rows(session)).Number);

        AddInvoice(session, "contoso-invoice-inv-100.pdf");
        Assert.Equal(0, Run(session, out report));
        Assert.Contains("Of 2 document(s): 1 accepted, 1 sent by an earlier run. 1 page(s) sent.", report);
        Assert.Equal(["001", "INV-100"], Rows(session).Select(static row => row.Number));
        Assert.Equal(2, session.Uploads.Count());
    }

    [Fact]
    public async Task It_runs_in_strict_mode_and_tells_what_it_tells_without()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.Run("Set-StrictMode -Version Latest");
        AddInvoice(session, "company-abc-invoice-001.pdf");
        session.AddFile("inbox/notes.pdf", Encoding.UTF8.GetBytes("notes"));
        session.AddFile("inbox/broken.pdf", Encoding.UTF8.GetBytes("%PDF-1.4\nbroken"));
        Assert.Equal(1, Run(session, out string report));
        Assert.Contains("1 of 3 document(s) are in", report);
        Assert.Contains("UnsupportedFile: ", report);
        Assert.Contains("IncorrectImage: ", report);
        Assert.DoesNotContain("ended by an error", report);
        session.Emulator.Reset();
        Assert.Equal(1, Run(session, out report));
        Assert.Contains("1 of them are lines of an earlier run", report);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public async Task Its_dates_are_the_same_in_every_culture(string culture)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        AddInvoice(session, "company-abc-invoice-001.pdf");
        session.Run($"[cultureinfo]::CurrentCulture = '{culture}'");
        Assert.Equal(0, Run(session, out string report));
        string year = System.DateTime.Now.ToString("yyyy-", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("Nanonets " + year, report);
        Assert.StartsWith(year, File.ReadAllText(Path.Combine(session.Folder, "out", "nightly.log")));
    }

    [Fact]
    public async Task With_WhatIfPreference_it_says_that_nothing_was_done()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        AddInvoice(session, "company-abc-invoice-001.pdf");
        session.Run("$WhatIfPreference = $true");
        session.Set("nightly", Path.Combine(RepositoryFiles.Root, "samples/nightly.ps1"));
        string report = string.Join('\n', session.Run("& $nightly -Folder inbox -Output out; $LASTEXITCODE").Output);
        Assert.EndsWith("\n2", report);
        Assert.Contains("nothing was done", report);
        Assert.Contains("$WhatIfPreference is set", report);
        Assert.DoesNotContain("the run failed", report);
        Assert.DoesNotContain("ended by an error", report);
        Assert.Empty(session.Uploads);
        Assert.False(Directory.Exists(Path.Combine(session.Folder, "out")));
    }

    [Fact]
    public async Task A_document_that_is_missing_from_the_file_is_told_every_night()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        AddInvoice(session, "company-abc-invoice-001.pdf");
        session.AddFile("inbox/sub/notes.pdf", Encoding.UTF8.GetBytes("notes"));
        session.AddFile("inbox/broken.pdf", Encoding.UTF8.GetBytes("%PDF-1.4\nbroken"));

        Assert.Equal(1, Run(session, out string report));
        Assert.Contains("some documents need you", report);
        Assert.Contains("Of 3 document(s): 1 accepted, 1 refused, 1 that cannot be sent. 1 page(s) sent.", report);
        Assert.Contains("1 of 3 document(s) are in", report);
        Assert.Contains("UnsupportedFile: ", report);
        Assert.Contains("IncorrectImage: ", report);
        Assert.Contains($"    {Path.Combine(session.Folder, "inbox", "sub", "notes.pdf")}", report);

        // Refused once, it is not sent again, and not forgotten.
        Assert.Equal(1, Run(session, out report));
        Assert.Contains("broken.pdf was not sent again", report);
        Assert.Equal(2, session.Uploads.Count());
    }

    [Fact]
    public async Task A_result_that_can_no_longer_be_fetched_keeps_its_line_and_is_told()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        AddInvoice(session, "company-abc-invoice-001.pdf");
        AddInvoice(session, "contoso-invoice-inv-100.pdf");
        Assert.Equal(0, Run(session, out _));

        // The service forgets what it read; the journal does not.
        session.Emulator.Reset();
        Assert.Equal(1, Run(session, out string report));
        Assert.Equal(["001", "INV-100"], Rows(session).Select(static row => row.Number));
        Assert.Contains("2 of them are lines of an earlier run", report);
        Assert.Contains("DocumentNotFound: ", report);
        Assert.Equal(1, report.Split('\n').Count(static line => line.StartsWith("Check the id", System.StringComparison.Ordinal)));
        Assert.Contains($"    {Path.Combine(session.Folder, "inbox", "contoso-invoice-inv-100.pdf")}", report);
        Assert.Empty(session.Emulator.Billing.Charges);
    }

    [Fact]
    public async Task A_mended_file_is_sent_when_asked_for_and_every_run_leaves_a_line_in_the_log()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("inbox/broken.pdf", Encoding.UTF8.GetBytes("%PDF-1.4\nbroken"));
        Assert.Equal(1, Run(session, out _));
        Assert.Equal(1, Run(session, out _));
        Assert.Single(session.Uploads);
        Assert.Equal(1, Run(session, out _, "-Resend Failed"));
        Assert.Equal(2, session.Uploads.Count());
        string[] log = File.ReadAllLines(Path.Combine(session.Folder, "out", "nightly.log"));
        Assert.Equal(3, log.Length);
        Assert.All(log, static line => Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d exit code 1\. Of 1 document\(s\): 1 ", line));
    }

    [Fact]
    public async Task A_run_that_cannot_begin_says_so_with_the_error_s_id_and_leaves_the_file_alone()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        AddInvoice(session, "company-abc-invoice-001.pdf");
        Assert.Equal(0, Run(session, out _));
        session.Run("Connect-Nanonets -ApiKey wrong -BaseUri $uri -ModelId $model");
        AddInvoice(session, "contoso-invoice-inv-100.pdf");
        Assert.Equal(2, Run(session, out string report));
        Assert.Contains("ApiKeyRejected: ", report);
        Assert.Single(Rows(session));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_no_quiet_night()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        Assert.Equal(2, Run(session, out string report));
        Assert.Contains($"There is no folder '{Path.Combine(session.Folder, "inbox")}'", report);
    }

    [Fact]
    public async Task An_empty_folder_is_a_quiet_night()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        Directory.CreateDirectory(Path.Combine(session.Folder, "inbox"));
        Assert.Equal(0, Run(session, out string report));
        Assert.Contains("0 of 0 document(s)", report);
        Assert.Empty(session.Emulator.Requests.All);
    }

    private static int Run(ModuleSession session, out string report, string more = "")
    {
        session.Set("nightly", Path.Combine(RepositoryFiles.Root, "samples/nightly.ps1"));
        RunResult result = session.Run($"& $nightly -Folder inbox -Output out {more}; $LASTEXITCODE");
        Assert.Empty(result.Errors);
        Assert.Null(result.Terminating);
        report = string.Join('\n', result.Output.SkipLast(1));
        Assert.Equal(report.ReplaceLineEndings("\n"), File.ReadAllText(Path.Combine(session.Folder, "out", "report.txt")).ReplaceLineEndings("\n").TrimEnd('\n'));
        return (int)result.Output[^1].BaseObject;
    }

    private static (string Path, string Number)[] Rows(ModuleSession session) =>
        [.. session.Run("Import-Csv out/results.csv").Output.Select(static row => ((string)row.Properties["SourcePath"].Value, (string)row.Properties["invoice_number"].Value))];

    private static void AddInvoice(ModuleSession session, string name) =>
        session.AddFile($"inbox/{name}", File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "samples/documents/invoices", name)));
}
