using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>One pass over an inbox: what is taken, where it goes, and what lies beside it.</summary>
public class InvokeNanonetsInboxTests
{
    [Fact]
    public async Task A_document_is_sent_and_filed_with_its_result_and_its_row()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf", TestInvoice.Create("INV-7"));
        InboxRunView run = session.Pass();
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Done", run.Of("a.pdf"));
        Assert.Equal(session.PathOf("out", "done", "a.pdf"), run.Of("a.pdf", "SourcePath"));
        Assert.Equal((1, 1, 1), ((int)run["Charges"]!, (int)run["Pages"]!, (int)run["Rows"]!));
        Assert.Empty(session.Files("inbox"));
        Assert.Equal(["a.pdf", "a.pdf.json"], session.Files("out", "done"));
        Assert.Equal(4, session.Files("out").Length);
        string row = Assert.Single(session.Rows());
        Assert.StartsWith("\"a.pdf\",\"INV-7\",\"$69.75\",", row);
        Assert.EndsWith(",\"done\"", row);
        byte[] bytes = File.ReadAllBytes((string)run["RowsPath"]!);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.Matches(@"[/\\]rows[/\\]\d{8}T\d{6}Z\.csv$", (string)run["RowsPath"]!);
    }

    [Fact]
    public async Task The_result_beside_the_original_can_be_read_back_without_the_service()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Pass();
        session.Module.Emulator.Requests.Clear();
        RunResult rows = session.Module.Run(
            "[IO.Directory]::GetFiles(\"$folder/out/done\", '*.json') | ForEach-Object { [IO.File]::ReadAllText($_) } "
            + "| ConvertFrom-NanonetsWebhook | ConvertTo-NanonetsRow -Label total_amount");
        Assert.Equal(["$69.75"], rows.Values("total_amount"));
        Assert.Empty(session.Module.Emulator.Requests.All);
        string json = File.ReadAllText(session.PathOf("out", "done", "a.pdf.json"));
        Assert.DoesNotContain("http", json);
        Assert.Equal("Done", JsonDocument.Parse(json).RootElement.GetProperty("State").GetString());
    }

    [Fact]
    public async Task A_low_score_goes_to_review_with_its_row()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        InboxRunView run = session.Pass("-MinimumScore 1");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("Review", run.Of("a.pdf"));
        Assert.Matches(@"^The score of \w+ is 0\.\d\d, below 1\.$", run.Of("a.pdf", "Reason"));
        Assert.Equal(["a.pdf", "a.pdf.json"], session.Files("out", "review"));
        Assert.EndsWith(",\"review\"", Assert.Single(session.Rows()));
    }

    [Fact]
    public async Task What_was_reviewed_and_approved_is_put_back_and_is_done_with_the_corrected_values()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf", TestInvoice.Create("INV-7"));
        string? id = session.Pass("-MinimumScore 1").Of("a.pdf", "RequestFileId");
        session.Module.Run($"Update-NanonetsResult {id} -Field @{{ total_amount = '70.00' }}; $null = Approve-NanonetsDocument {id}");
        File.Move(session.PathOf("out", "review", "a.pdf"), session.PathOf("inbox", "a.pdf"));
        InboxRunView run = session.Pass("-MinimumScore 1");
        Assert.Equal(("Done", null, 1), (run.Of("a.pdf"), run.Of("a.pdf", "DuplicateOf"), session.Charges));
        Assert.Contains("\"70.00\"", session.Rows()[^1]);
        Assert.EndsWith(",\"done\"", session.Rows()[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-MinimumScore 0.1")]
    public async Task A_document_without_any_value_goes_to_review(string score)
    {
        await using InboxSession session = await InboxSession.StartAsync();
        File.Move(session.Module.AddFile("empty.png"), session.PathOf("inbox", "empty.png"));
        InboxRunView run = session.Pass($"{score} -MinimumAge 0");
        Assert.Equal(("Review", 1), (run.Of("empty.png"), run.ExitCode));
        Assert.Contains("web application", run.Of("empty.png", "Advice"));
    }

    [Fact]
    public async Task What_another_destination_holds_is_no_document_of_this_inbox()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Module.Run("$null = Invoke-NanonetsInbox inbox inbox/other -Label total_amount");
        session.Add("b.pdf");
        Assert.Equal("Done", Assert.Single(session.Pass("-Recurse").Documents).Properties["State"].Value.ToString());
    }

    [Fact]
    public async Task What_is_at_fault_itself_goes_to_failed_with_the_error_and_what_to_do()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("notes.pdf", "notes"u8.ToArray());
        session.Add("broken.pdf", "%PDF-1.4\nbroken"u8.ToArray());
        session.Add("unreadable.pdf");
        session.Module.Emulator.Options.FailingFiles.Add("unreadable.pdf");
        session.Add("good.pdf");
        InboxRunView run = session.Pass();
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("UnsupportedFile", run.Of("notes.pdf", "ErrorId"));
        Assert.Equal("IncorrectImage", run.Of("broken.pdf", "ErrorId"));
        Assert.Equal("DocumentFailed", run.Of("unreadable.pdf", "ErrorId"));
        Assert.Equal("Done", run.Of("good.pdf"));
        Assert.Equal(
            ["broken.pdf", "broken.pdf.json", "notes.pdf", "notes.pdf.json", "unreadable.pdf", "unreadable.pdf.json"],
            session.Files("out", "failed"));
        JsonElement error = JsonDocument.Parse(File.ReadAllText(session.PathOf("out", "failed", "notes.pdf.json"))).RootElement;
        Assert.Equal("UnsupportedFile", error.GetProperty("ErrorId").GetString());
        Assert.Contains("is not PDF", error.GetProperty("Reason").GetString());
        Assert.Contains("Convert it", error.GetProperty("Advice").GetString());
        Assert.Single(session.Rows());
        foreach (string part in (string[])["3 failed", "failed/notes.pdf", "Convert it"])
            Assert.Contains(part, run.Summary.Replace('\\', '/'));
    }

    /// <summary>As its advice says: the journal would not send it again.</summary>
    [Fact]
    public async Task What_the_service_could_not_read_is_done_once_it_was_read_again_and_put_back()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Module.Emulator.Options.FailingFiles.Add("a.pdf");
        InboxRunView first = session.Pass();
        Assert.Equal("Failed", first.Of("a.pdf"));
        Assert.Contains("Restart-NanonetsPrediction", first.Of("a.pdf", "Advice"));
        session.Module.Emulator.Options.FailingFiles.Clear();
        Assert.Empty(session.Module.Run($"Restart-NanonetsPrediction {first.Of("a.pdf", "RequestFileId")}").Errors);
        File.Move(session.PathOf("out", "failed", "a.pdf"), session.PathOf("inbox", "a.pdf"));
        Assert.Equal("Done", session.Pass().Of("a.pdf"));
        Assert.Single(session.Module.Uploads);
    }

    [Fact]
    public async Task A_refused_document_that_comes_again_is_not_sent_again_unless_somebody_says_so()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        byte[] broken = "%PDF-1.4\nbroken"u8.ToArray();
        session.Add("broken.pdf", broken);
        session.Pass();
        session.Add("again.pdf", broken);
        InboxRunView run = session.Pass();
        Assert.Equal("IncorrectImage", run.Of("again.pdf", "ErrorId"));
        Assert.Contains("refused before", run.Of("again.pdf", "Reason"));
        Assert.Single(session.Module.Uploads);

        session.Module.Run(
            "Get-NanonetsJournalEntry -Journal out/uploads.db | Resolve-NanonetsJournalEntry -Resend -Journal out/uploads.db");
        session.Add("third.pdf", broken);
        session.Pass();
        Assert.Equal(2, session.Module.Uploads.Count());
    }

    [Fact]
    public async Task What_may_still_be_written_waits_and_is_taken_by_a_later_run()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("young.pdf", age: TimeSpan.FromSeconds(1));
        session.Add("empty.pdf", []);
        using (FileStream held = new(session.Add("locked.pdf"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            InboxRunView run = session.Pass("-MinimumAge 300");
            Assert.Equal(3, run.ExitCode);
            Assert.All(run.Documents, static one => Assert.Equal("Waiting", one.Properties["State"].Value.ToString()));
            Assert.Contains("300 s", run.Of("young.pdf", "Reason"));
            Assert.Empty(session.Module.Uploads);
        }

        session.Add("empty.pdf");
        Assert.Equal(3, session.Pass("-MinimumAge 0").Count("Done"));
    }

    [Fact]
    public async Task A_time_far_in_the_future_is_not_waited_for()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("tomorrow.pdf", age: TimeSpan.FromDays(-1));
        session.Add("soon.pdf", age: TimeSpan.FromMinutes(-10));
        InboxRunView run = session.Pass();
        Assert.Equal(("Done", "Waiting"), (run.Of("tomorrow.pdf"), run.Of("soon.pdf")));
    }

    [Fact]
    public async Task A_name_that_is_taken_gets_a_number_and_nothing_is_overwritten()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        for (int i = 1; i <= 5; i++)
        {
            session.Add("scan.pdf", TestInvoice.Create($"N-{i}"));
            session.Pass();
        }

        Assert.Equal(
            ["scan (2).pdf", "scan (3).pdf", "scan (4).pdf", "scan (5).pdf", "scan.pdf"],
            session.Files("out", "done").Where(static file => file.EndsWith(".pdf", StringComparison.Ordinal)));
        Assert.Equal(["N-1", "N-2", "N-3", "N-4", "N-5"], session.Rows().Select(static row => row.Split(',')[1].Trim('"')));
    }

    [Fact]
    public async Task A_document_that_comes_again_is_not_sent_and_says_where_the_first_lies()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        byte[] content = File.ReadAllBytes(session.Add("first.pdf"));
        session.Pass();
        session.Add("second.pdf", content);
        session.Add("sub/third.pdf", content);
        InboxRunView run = session.Pass("-Recurse");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, session.Charges);
        string first = session.PathOf("out", "done", "first.pdf");
        Assert.Contains("\"third.pdf\"", string.Join('\n', session.Rows()));
        Assert.Equal((first, first), (run.Of("second.pdf", "DuplicateOf"), run.Of("sub/third.pdf", "DuplicateOf")));
        Assert.Equal(3, session.Rows().Count);
        Assert.Equal(2, session.Rows().Count(row => row.Contains($",\"{first}\",\"done\"", StringComparison.Ordinal)));
        JsonElement json = JsonDocument.Parse(File.ReadAllText(session.PathOf("out", "done", "second.pdf.json"))).RootElement;
        Assert.Equal(first, json.GetProperty("DuplicateOf").GetString());
    }

    [Fact]
    public async Task The_same_content_twice_in_one_run_is_sent_once_and_the_second_names_the_first()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        byte[] content = File.ReadAllBytes(session.Add("a.pdf"));
        session.Add("b.pdf", content);
        InboxRunView run = session.Pass();
        Assert.Equal(1, session.Charges);
        string?[] places = [run.Of("a.pdf", "DuplicateOf"), run.Of("b.pdf", "DuplicateOf")];
        Assert.Single(places, static place => place is null);
        Assert.True(File.Exists(places.Single(static place => place is not null)));
    }

    [Fact]
    public async Task Subfolders_are_kept_and_left_alone_without_the_switch()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Add("sub/deep/a.pdf", TestInvoice.Create("deep"));
        Assert.Equal("a.pdf", Assert.Single(session.Pass().Documents).Properties["Input"].Value);
        Assert.Equal("Done", session.Pass("-Recurse").Of("sub/deep/a.pdf"));
        Assert.Contains("sub/deep/a.pdf", session.Files("out", "done"));
        Assert.Empty(session.Files("inbox"));
    }

    [Fact]
    public async Task A_destination_in_the_inbox_is_not_taken_for_documents()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        for (int i = 0; i < 2; i++)
        {
            RunResult result = session.Module.Run("(Invoke-NanonetsInbox inbox inbox/out -Recurse -Label total_amount).ExitCode");
            Assert.Equal(0, result.Output[0].BaseObject);
        }


        Assert.Equal(["a.pdf", "a.pdf.json"], session.Files("inbox", "out", "done"));
        Assert.Equal(1, session.Charges);
    }

    [Fact]
    public async Task What_is_no_document_is_left_without_a_word_by_a_list_that_can_be_replaced()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        string[] others =
            [".DS_Store", "Thumbs.db", "desktop.ini", "~$letter.docx", ".hidden.pdf", "a.tmp", "b.part", "c.crdownload", "d.filepart"];
        foreach (string name in others)
            session.Add(name);
        Assert.Empty(session.Pass().Documents);
        Assert.Equal(others.Order(StringComparer.Ordinal), session.Files("inbox"));
        InboxRunView run = session.Pass("-Ignore *.part, *.DB");
        Assert.Equal(7, run.Count("Done"));
        Assert.Equal(["Thumbs.db", "b.part"], session.Files("inbox"));
    }

    [Fact]
    public async Task Only_names_that_are_asked_for_are_taken()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Add("b.xml");
        Assert.Equal("Done", Assert.Single(session.Pass("-Filter *.PDF").Documents).Properties["State"].Value.ToString());
        Assert.Equal(["b.xml"], session.Files("inbox"));
    }

    [Fact]
    public async Task What_if_says_everything_and_makes_moves_and_asks_nothing()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        byte[] content = File.ReadAllBytes(session.Add("a.pdf"));
        session.Add("b.pdf", content);
        session.Add("notes.pdf", "notes"u8.ToArray());
        session.Add("young.pdf", age: TimeSpan.Zero);
        string before = string.Join('|', session.Files());
        string shown = session.Module.Show("Invoke-NanonetsInbox inbox out -Label total_amount -WhatIf").ReplaceLineEndings(" ");
        foreach (string part in (string[])["Send a.pdf", "File b.pdf away with the result of the same content", "File notes.pdf in failed",
            "Leave young.pdf", "Total: 1 of 2 document(s) (1 skipped), about 1 page(s)"])
            Assert.Contains(part, shown);
        Assert.Equal(before, string.Join('|', session.Files()));
        Assert.Empty(session.Module.Emulator.Requests.All);
    }

    [Fact]
    public async Task Each_file_may_have_metadata_of_its_own()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Add("b.pdf");
        session.Pass("-Metadata { $_.BaseName }");
        Assert.Equal(["a", "b"], session.Module.Run("Get-NanonetsResult -After 2020-01-01").Values("RequestMetadata").Order());
        session.Add("c.pdf");
        session.Pass("-Metadata @{ source = 'scan' }");
        Assert.Contains("""{"source":"scan"}""", session.Module.Run("Get-NanonetsResult -After 2020-01-01").Values("RequestMetadata"));
    }

    [Fact]
    public async Task A_script_block_that_fails_leaves_its_document_and_no_other()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Add("b.pdf");
        InboxRunView run = session.Pass("-Metadata { if ($_.Name -eq 'a.pdf') { throw 'no idea' } }");
        Assert.Equal(("Unsent", "Done"), (run.Of("a.pdf"), run.Of("b.pdf")));
        Assert.Contains("no idea", run.Of("a.pdf", "Reason"));
    }

    [Fact]
    public async Task Rows_can_go_to_one_file_which_keeps_its_columns()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Pass("-RowsPath all.csv");
        session.Add("b.pdf");
        InboxRunView run = session.Pass("-RowsPath all.csv");
        Assert.Equal(session.PathOf("all.csv"), run["RowsPath"]);
        string[] lines = File.ReadAllLines(session.PathOf("all.csv"));
        Assert.Equal(3, lines.Length);
        Assert.Equal("Input,invoice_number,total_amount,SourcePath,RequestFileId,DuplicateOf,FiledAs", lines[0].Replace("\"", ""));
        Assert.Empty(session.Files("out", "rows"));

        session.Add("c.pdf");
        RunResult other = session.Module.Run("Invoke-NanonetsInbox inbox out -Label seller_name -RowsPath all.csv");
        Assert.Equal("ColumnsDiffer", other.OnlyError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(2, new InboxRunView(other.Output[0]).ExitCode);
        Assert.Equal(["c.pdf"], session.Files("inbox"));
    }

    [Fact]
    public async Task Lines_of_tables_become_rows_and_numbers_those_of_a_culture()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf", TestInvoice.Create("1", "1,234.50"));
        RunResult result = session.Module.Run(
            "Invoke-NanonetsInbox inbox out -As Table -Culture en-US -Label ([ordered]@{ total_amount = 'Total'; Description = 'Text' })");
        Assert.Empty(result.Errors);
        Assert.Equal(2, session.Rows().Count);
        Assert.All(session.Rows(), static row => Assert.Contains("\"1234.50\",\"Widget", row));
    }

    [Fact]
    public async Task Each_run_leaves_a_line_for_whoever_watches()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Pass();
        session.Pass();
        JsonElement[] lines =
            [.. File.ReadAllLines(session.PathOf("out", "runs.jsonl")).Select(static line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal([1, 0], lines.Select(static line => line.GetProperty("Charges").GetInt32()));
        Assert.Equal(1, lines[0].GetProperty("Documents").GetProperty("Done").GetInt32());
    }

    [Fact]
    public async Task An_empty_inbox_asks_nobody_and_opens_no_journal()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        InboxRunView run = session.Pass();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("The inbox is empty", run.Summary);
        Assert.Empty(session.Module.Emulator.Requests.All);
        Assert.Equal(["runs.jsonl"], [.. Directory.EnumerateFileSystemEntries(session.PathOf("out")).Select(Path.GetFileName)]);
        Assert.InRange((TimeSpan)run["Duration"]!, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Verbose_has_a_line_for_each_document()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Add("notes.pdf", "notes"u8.ToArray());
        RunResult result = session.Run("-Verbose");
        Assert.Contains("a.pdf: Done", result.Verbose);
        Assert.Contains(result.Verbose, static line => line.StartsWith("notes.pdf: Failed. The content of", StringComparison.Ordinal));
    }
}
