using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>The report of a pass: what is in it, and that nothing of it can hold up what is filed.</summary>
public class InboxReportTests
{
    [Fact]
    public async Task A_pass_leaves_a_report_of_what_it_has_read()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf", TestInvoice.Create("INV-7"));
        byte[] twice = File.ReadAllBytes(session.Add("b.pdf", TestInvoice.Create("INV-8")));
        session.Add("c.pdf", twice);
        session.Add("notes.pdf", "notes"u8.ToArray());
        InboxRunView run = session.Pass("-Report");
        string path = (string)run["ReportPath"]!;
        string stamp = ((DateTimeOffset)run["StartedAt"]!).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        Assert.Equal(session.PathOf("out", "reports", $"{stamp}.html"), path);
        Assert.Equal(Path.GetFileNameWithoutExtension((string)run["RowsPath"]!), stamp);
        string html = File.ReadAllText(path);
        Assert.Equal(3, Count(html, "<article "));
        Assert.Equal(3, Count(html, "src=\"data:image/"));
        Assert.Contains("INV-7", html);
        Assert.Contains("INV-8", html);
        Assert.Contains("Nanonets inbox inbox", html);
        Assert.Contains($"reports/{stamp}.html", run.Summary.Replace('\\', '/'));
        Assert.Equal(path, Line(session, 0).GetProperty("ReportPath").GetString());
        Assert.Empty(Directory.GetFileSystemEntries(session.PathOf("out", ".nanonets")));
        Assert.Equal(2, session.Charges);
    }

    [Fact]
    public async Task Values_below_the_score_of_the_pass_are_marked()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        Assert.DoesNotContain("data-person", Read(session.Pass("-Report")), StringComparison.Ordinal);
        session.Add("b.pdf");
        Assert.Contains(" data-person=\"\"", Read(session.Pass("-Report -MinimumScore 1")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Report", true)]
    [InlineData("-Report", false)]
    [InlineData("", false)]
    public async Task Where_nothing_was_read_or_no_report_was_asked_for_there_is_none(string more, bool isUnfit)
    {
        await using InboxSession session = await InboxSession.StartAsync();
        if (isUnfit)
            session.Add("notes.pdf", "notes"u8.ToArray());
        else if (more.Length == 0)
            session.Add("a.pdf");
        InboxRunView run = session.Pass(more);
        Assert.Null(run["ReportPath"]);
        Assert.Empty(session.Files("out", "reports"));
        Assert.Equal(JsonValueKind.Null, Line(session, 0).GetProperty("ReportPath").ValueKind);
    }

    [Fact]
    public async Task What_if_makes_no_report()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Run("-Report -WhatIf");
        Assert.Equal(["a.pdf"], session.Files("inbox"));
        Assert.False(Directory.Exists(session.PathOf("out")));
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_one_warning_and_everything_is_filed()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Add("b.pdf");
        Directory.CreateDirectory(session.PathOf("out"));
        File.WriteAllText(session.PathOf("out", "reports"), "a file in its place");
        RunResult result = session.Run("-Report");
        Assert.Empty(result.Errors);
        string warning = Assert.Single(result.Warnings);
        Assert.Contains("Report of this run: ", warning);
        Assert.Contains(session.PathOf("out", "reports"), warning);
        var run = new InboxRunView(Assert.Single(result.Output));
        Assert.Equal((0, 2, 2), (run.ExitCode, run.Count("Done"), session.Rows().Count));
        Assert.Null(run["ReportPath"]);

        // What was made of it is taken away by the next pass.
        session.Pass("-Report");
        Assert.Empty(Directory.GetFileSystemEntries(session.PathOf("out", ".nanonets")));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_fetched_is_a_warning_and_the_report_says_it_in_its_place()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf", TestInvoice.Create("INV-7"));
        RunResult result = OnceFiled(session, "a.pdf", () => session.Module.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.Status, Route = "GetPredictions", Status = 401 }));
        Assert.Empty(result.Errors);
        Assert.StartsWith("Report of this run: ", Assert.Single(result.Warnings));
        string html = File.ReadAllText(session.PathOf("out", "reports", Assert.Single(session.Files("out", "reports"))));
        Assert.Contains("<figcaption>The picture ", html);
        Assert.Contains("INV-7", html);
        Assert.Equal(["a.pdf", "a.pdf.json"], session.Files("out", "done"));
    }

    [Fact]
    public async Task A_result_that_was_moved_away_is_a_warning_and_the_report_has_the_others()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf", TestInvoice.Create("INV-7"));
        session.Add("b.pdf", TestInvoice.Create("INV-8"));
        RunResult result = OnceFiled(session, "a.pdf", () => File.Delete(session.PathOf("out", "done", "a.pdf.json")));
        Assert.Contains("'a.pdf' is not in the report", Assert.Single(result.Warnings));
        string html = File.ReadAllText(session.PathOf("out", "reports", Assert.Single(session.Files("out", "reports"))));
        Assert.Equal(1, Count(html, "<article "));
        Assert.Contains("INV-8", html);
    }

    [Fact]
    public async Task What_a_killed_pass_has_left_of_its_report_is_taken_away_by_the_next()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        string left = session.PathOf("out", ".nanonets", "20250101T000000Z-0");
        Directory.CreateDirectory(left);
        File.WriteAllText(left + ".lock", string.Empty);
        File.WriteAllText(Path.Combine(left, ".nanonets-0.part"), "half a report");
        session.Pass();
        Assert.Equal(["runs.jsonl"], session.Files("out"));
    }

    /// <summary>A pass in which something happens as soon as a document is filed.</summary>
    private static RunResult OnceFiled(InboxSession session, string name, Action happens)
    {
        session.Module.Set("happens", happens);
        return session.Module.Run(
            $$"""
            Invoke-NanonetsInbox inbox out -Label total_amount -Report -Verbose 4>&1 | ForEach-Object {
                if ("$_" -like '{{name}}: Done*') { $happens.Invoke() }
                $_
            }
            """);
    }

    private static string Read(InboxRunView run) => File.ReadAllText((string)run["ReportPath"]!);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static JsonElement Line(InboxSession session, int number) =>
        JsonDocument.Parse(File.ReadAllLines(session.PathOf("out", "runs.jsonl")).ElementAt(number)).RootElement;
}
