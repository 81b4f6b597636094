using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Whole pipelines over results, as people write them.</summary>
public class ResultPipelineTests
{
    [Fact]
    public async Task Promised_lines_work_as_they_are_written()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("small.pdf", TestInvoice.Create("INV-1", "69.75"));
        session.AddFile("large.pdf", TestInvoice.Create("INV-2", "1,250.00"));
        session.AddFile("bad.pdf", "no pdf"u8.ToArray());
        RunResult sent = session.Run("Get-ChildItem *.pdf | Send-NanonetsDocument -ErrorVariable failed");
        Assert.Equal((2, 1), (sent.Output.Count, sent.Errors.Count));

        // The document is mended and sent by what the error points at.
        session.AddFile("bad.pdf", TestInvoice.Create("INV-3", "5.00"));
        Assert.Single(Quiet("$failed.TargetObject | Send-NanonetsDocument"));

        Quiet("Get-NanonetsResult -After (Get-Date).AddDays(-7) | ConvertTo-NanonetsRow -As Table | Export-Csv x.csv");
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(session.Folder, "x.csv"), TestContext.Current.CancellationToken);
        Assert.StartsWith("\"Input\",\"Table\",\"Line\"", lines[0]);
        Assert.EndsWith("\"SourcePath\",\"RequestFileId\",\"DuplicateOf\"", lines[0]);
        Assert.All((string[])["small.pdf", "large.pdf", "bad.pdf"],
            name => Assert.Equal(2, lines.Count(line => line.Contains($"\"{name}\"", System.StringComparison.Ordinal))));

        session.Emulator.Requests.Clear();
        int shown = session.Console.Text.Length;
        Quiet("Get-NanonetsResult -After (Get-Date).AddDays(-7) | Where-Object { [decimal]$_.Fields.total_amount -gt 1000 } | "
            + "Approve-NanonetsDocument -WhatIf");
        Assert.Contains("large.pdf", session.Console.Text[shown..]);
        Assert.DoesNotContain("small.pdf", session.Console.Text[shown..]);
        Assert.All(session.Emulator.Requests.All, request => Assert.Equal("GET", request.Method));

        Assert.Equal(3, Quiet("Get-NanonetsResult -After (Get-Date).AddDays(-7) | Save-NanonetsDocument -Destination out").Count);

        Quiet("Get-NanonetsResult -After (Get-Date).AddDays(-7) | ConvertTo-NanonetsRow | Export-Csv edit.csv");
        string edited = Path.Combine(session.Folder, "edit.csv");
        await File.WriteAllTextAsync(edited,
            (await File.ReadAllTextAsync(edited, TestContext.Current.CancellationToken)).Replace(
                "\"INV-2\"", "\"INV-9\"", System.StringComparison.Ordinal), TestContext.Current.CancellationToken);
        session.Emulator.Requests.Clear();
        Quiet("Import-Csv edit.csv | Update-NanonetsResult");
        Assert.Single(session.Emulator.Requests.All, request => request.Route == "Update");
        Quiet("Import-Csv edit.csv | Approve-NanonetsDocument");

        string id = Quiet("Get-NanonetsResult -After (Get-Date).AddDays(-7) | Where-Object Input -eq large.pdf | "
            + "ForEach-Object RequestFileId").Single().ToString();
        Assert.Equal("INV-9", Quiet($"('{id}' | Get-NanonetsResult).Fields.invoice_number").Single().ToString());

        IReadOnlyList<System.Management.Automation.PSObject> Quiet(string line)
        {
            RunResult result = session.Run(line);
            Assert.True(
                result.Errors.Count == 0 && result.Terminating is null, $"{line}: {string.Join("; ", result.Errors)} {result.Terminating}");
            return result.Output;
        }
    }

    [Fact]
    public async Task Values_filter_what_is_approved_and_WhatIf_changes_nothing()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("small.pdf", TestInvoice.Create("INV-1", "69.75"));
        session.AddFile("large.pdf", TestInvoice.Create("INV-2", "1,250.00"));
        session.Run("$sent = Get-ChildItem *.pdf | Send-NanonetsDocument");
        RunResult result = session.Run(
            "Get-NanonetsResult -After ([datetime]::Now.AddDays(-7)) | Where-Object { [decimal]$_.Fields.total_amount -gt 1000 } | "
                + "Approve-NanonetsDocument -WhatIf");
        Assert.Empty(result.Errors);
        Assert.Contains("large.pdf", session.Console.Text);
        Assert.DoesNotContain("small.pdf", session.Console.Text);
        Assert.DoesNotContain(session.Emulator.Requests.All, request => request.Method != "GET" && request.Route != "LabelFile");
    }

    [Fact]
    public async Task Rows_that_were_edited_in_a_csv_file_correct_the_documents()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.pdf", TestInvoice.Create("INV-1"));
        session.AddFile("b.pdf", TestInvoice.Create("INV-2"));
        session.Run("$sent = Get-ChildItem *.pdf | Send-NanonetsDocument");
        RunResult result = session.Run("""
            Get-NanonetsResult -After 2020-01-01 | ConvertTo-NanonetsRow | Export-Csv rows.csv
            $rows = Import-Csv rows.csv
            ($rows | Where-Object Input -eq 'a.pdf').invoice_number = 'INV-9'
            $rows | Update-NanonetsResult -Confirm:$false
            $rows | Approve-NanonetsDocument -Confirm:$false
            Get-NanonetsResult -After 2020-01-01 | ConvertTo-NanonetsRow -Label invoice_number | ForEach-Object { "$($_.Input) $($_.invoice_number)" }
            """);
        Assert.Empty(result.Errors);
        Assert.Equal(["a.pdf INV-9", "b.pdf INV-2"], result.Output.Select(line => line.ToString()).Order());
    }

    [Fact]
    public async Task Rows_saved_documents_and_ids_all_lead_back_to_results()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(2);
        session.Run("$sent = Get-ChildItem *.png | Send-NanonetsDocument");
        RunResult result = session.Run("""
            $sent | ConvertTo-NanonetsRow -WarningAction SilentlyContinue | ConvertTo-Csv | ConvertFrom-Csv | Get-NanonetsResult | ForEach-Object Input
            $sent | Save-NanonetsDocument -Destination out | Get-NanonetsResult | ForEach-Object Input
            $sent.RequestFileId | Get-NanonetsResult | ForEach-Object Input
            """);
        Assert.Empty(result.Errors);
        Assert.Equal(Enumerable.Repeat<IEnumerable<string>>(["doc-01.png", "doc-02.png"], 3).SelectMany(names => names).Order(),
            result.Output.Select(name => name.ToString()).Order());
        Assert.Equal(2, Directory.GetFiles(Path.Combine(session.Folder, "out")).Length);
    }

    [Fact]
    public async Task A_thousand_listed_pages_arrive_one_by_one_and_in_order()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(1);
        session.Run("$id = (Send-NanonetsDocument doc-01.png).RequestFileId");
        string page =
            """
            {"id":"#","page":0,"request_file_id":"f#","original_file_name":"#.pdf","status":"success","predicted_boxes":[{"label":"n","ocr_text":"#"}]}
            """;
        session.Emulator.Faults.Add(new Nanonets.Emulator.FaultRule
        {
            Kind = Nanonets.Emulator.FaultKind.Status,
            Status = 200,
            Route = "List",
            Body = Nanonets.Emulator.FaultBody.Text,
            Text =
                $$"""
                {"signed_urls":{},"Unmoderated_Images":[{{string.Join(',', Enumerable.Range(0, 1000).Select(i => page.Replace("#", $"{i}")))}}]}
                """,
        });
        RunResult result = session.Run("Get-NanonetsResult -After 2020-01-01 | ConvertTo-NanonetsRow -Label n | ForEach-Object n");
        Assert.Empty(result.Errors);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), result.Output.Select(text => text.ToString()));
    }
}
