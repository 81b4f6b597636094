using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Corrections: only what differs is sent, nothing else changes, and what is meant is never guessed.</summary>
public class UpdateNanonetsResultTests
{
    private const string Table = """
        {"id":"t","label":"table","ocr_text":"table","type":"table","page":0,"cells":[{"row":1,"col":1,"label":"item","text":"Nut"},{"row":1,"col":2,"label":"amount","text":"5.00"}]}
        """;

    [Theory]
    [InlineData("Get-NanonetsResult a | Update-NanonetsResult -Field @{ total_amount = '12.00' }")]
    [InlineData("Update-NanonetsResult a -Field @{ Total_Amount = 12.00d.ToString('0.00', [cultureinfo]::InvariantCulture) }")]
    [InlineData("'a' | Update-NanonetsResult -Field ([ordered]@{ total_amount = '12.00'; seller_name = $null })")]
    [InlineData("[pscustomobject]@{ RequestFileId = 'a'; SourcePath = ''; total_amount = '12.00'; seller_name = ''; Remark = '' } "
        + "| Update-NanonetsResult")]
    [InlineData("[pscustomobject]@{ RequestFileId = 'a'; total_amount = '12.00'; seller_name = 'Northwind' } | Update-NanonetsResult")]
    public async Task The_whole_list_goes_back_with_one_text_changed(string script)
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        ServedRequest patch = Assert.Single(service.Changes);
        Assert.Equal("PATCH Inferences/Model/m1/ImageLevelInference?use_ui_version=true", $"{patch.Method} {patch.Path}");
        JsonElement[] boxes = [.. patch.Json.GetProperty("moderated_boxes").EnumerateArray()];
        Assert.Equal(["12.00", "Northwind"], boxes.Select(box => box.GetProperty("ocr_text").GetString()));
        Assert.All(boxes, box => Assert.Equal("1.50", box.GetProperty("unknown").GetProperty("kept").GetRawText()));
    }

    [Fact]
    public async Task WhatIf_shows_each_change_and_sends_nothing()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Run("Update-NanonetsResult a -Field @{ total_amount = '12.00' } -WhatIf");
        Assert.Empty(service.Changes);
        Assert.Contains("a.pdf (file a)", session.Console.Text);
        Assert.Contains("total_amount: 110.00 → 12.00", session.Console.Text);
    }

    [Theory]
    [InlineData("Y", 1)]
    [InlineData("N", 0)]
    public async Task Confirm_asks_with_the_change(string answer, int sent)
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Console.Answers.Enqueue(answer);
        session.Run("Update-NanonetsResult a -Field @{ total_amount = '12.00' } -Confirm");
        Assert.Equal(sent, service.Changes.Count());
        Assert.Contains("110.00 → 12.00", session.Console.Text);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ RequestFileId = 'a'; total_amount = '110.00'; seller_name = 'Northwind'; other = 'x' } | "
        + "Update-NanonetsResult -Verbose")]
    [InlineData("Update-NanonetsResult a -Field @{ total_amount = '110.00' } -Verbose")]
    [InlineData("[pscustomobject]@{ RequestFileId = 'a'; total_amount = '' } | Update-NanonetsResult -Verbose")]
    public async Task Nothing_is_sent_when_nothing_differs(string script)
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Empty(service.Changes);
        Assert.Contains(result.Verbose, line => line.StartsWith("Nothing differs", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_cell_empties_a_value_only_when_asked()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Run("[pscustomobject]@{ RequestFileId = 'a'; total_amount = '' } | Update-NanonetsResult -ClearEmpty");
        Assert.Equal("", Assert.Single(service.Changes).Json.GetProperty("moderated_boxes")[0].GetProperty("ocr_text").GetString());
    }

    [Fact]
    public async Task A_label_of_the_model_is_added_and_any_other_column_left_out()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult row = session.Run(
            "[pscustomobject]@{ RequestFileId = 'a'; currency = 'USD'; remark = 'checked' } | Update-NanonetsResult");
        Assert.Empty(row.Errors);
        JsonElement[] boxes = [.. Assert.Single(service.Changes).Json.GetProperty("moderated_boxes").EnumerateArray()];
        Assert.Equal((3, "currency", "USD", true),
            (boxes.Length, boxes[2].GetProperty("label").GetString(), boxes[2].GetProperty("ocr_text").GetString(),
                boxes[2].GetProperty("is_new").GetBoolean()));
        Assert.Single(service.Requests, request => request.Path == "OCR/Model/m1");

        RunResult field = session.Run("Update-NanonetsResult a -Field @{ remark = 'checked'; total_amount = '1' }");
        Assert.Equal(["LabelNotFound"], field.ErrorIds);
        Assert.Single(service.Changes);
    }

    [Fact]
    public async Task Labels_that_repeat_need_a_list()
    {
        await using ScriptedService service = await StartAsync();
        service.AddFile("r", ["tax", "1.00", "tax", "2.00"], ["tax", "3.00"]);
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult guess = session.Run("Update-NanonetsResult r -Field @{ tax = '9.00' }");
        Assert.Equal(["LabelAmbiguous"], guess.ErrorIds);
        Assert.Contains("3: '3.00' on page 2", guess.Errors[0].ToString());
        Assert.Empty(service.Changes);

        Assert.Empty(session.Run("Update-NanonetsResult r -Field @{ tax = $null, '9.00', '3.00' }").Errors);
        Assert.Equal(["1.00", "9.00"],
            Assert.Single(service.Changes).Json.GetProperty("moderated_boxes").EnumerateArray()
            .Select(box => box.GetProperty("ocr_text").GetString()));

        Assert.Empty(session.Run("Get-NanonetsResult r | Where-Object Page -eq 1 | Update-NanonetsResult -Field @{ tax = '9.00' }").Errors);
        Assert.Equal(1, service.Changes.Last().Json.GetProperty("moderated_boxes")[0].GetProperty("page").GetInt32());
    }

    [Fact]
    public async Task Cells_are_told_by_row_and_column()
    {
        await using ScriptedService service = await StartAsync();
        service.AddFile("t", "success", Table);
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        Assert.Empty(session.Run("Update-NanonetsResult t -Cell @{ Row = 1; Column = 'Amount'; Text = '6.00' }").Errors);
        Assert.Equal("6.00", service.Changes.Single().Json.GetProperty("moderated_boxes")[0].GetProperty("cells")[1].GetProperty("text")
            .GetString());
        Assert.Equal(["CellNotFound"], session.Run("Update-NanonetsResult t -Cell @{ Row = 7; Column = 2; Text = '6.00' }").ErrorIds);
        Assert.Contains("a number from 1, not 'x'",
            session.Run("Update-NanonetsResult t -Cell @{ Row = 'x'; Column = 2; Text = '6.00' }").OnlyError.ToString());
    }

    [Fact]
    public async Task Rows_of_one_file_are_one_edit_and_must_agree()
    {
        await using ScriptedService service = await StartAsync();
        service.AddFile("t", "success", Table + """,{"id":"f","label":"total","ocr_text":"5.00","type":"field"}""");
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        const string rows = "[pscustomobject]@{{ RequestFileId = 't'; total = '{0}'; amount = '5.00' }}, [pscustomobject]@{{ RequestFileId "
            + "= 't'; total = '{1}'; amount = '9.99' }} | Update-NanonetsResult";
        Assert.Empty(session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, rows, "5.00", "6.00")).Errors);
        Assert.Single(service.Changes);
        Assert.Single(service.Requests, request => request.Path.Contains("GetPredictions", System.StringComparison.Ordinal));
        Assert.Equal(
            ["RowsDisagree"], session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, rows, "6.00", "7.00")).ErrorIds);
        Assert.Single(service.Changes);
    }

    [Theory]
    [InlineData("-As Fields", "$_.total = '6.00'", "6.00", "5.00")]
    [InlineData("-As Table", "$_.amount = '6.00'", "5.00", "6.00")]
    [InlineData("-As Table", "$_.total = '6.00'; $_.amount = '7.00'", "6.00", "7.00")]
    [InlineData("-As Fields, Table", "if ($_.Line) { $_.amount = '7.00' } else { $_.total = '6.00' }", "6.00", "7.00")]
    [InlineData("-As Table -SpreadsheetSafe", "$_.item = '=2'", "5.00", "5.00")]
    public async Task Rows_go_back_as_they_were_made_with_what_was_edited(string kind, string edit, string total, string amount)
    {
        await using ScriptedService service = await StartAsync();
        service.AddFile("t", "success",
            Table
            + """,{"id":"f","label":"total","ocr_text":"5.00","type":"field"},{"id":"g","label":"net","ocr_text":"-1","type":"field"}""");
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        string rows = $"Get-NanonetsResult t | ConvertTo-NanonetsRow {kind}";
        Assert.Empty(session.Run($"{rows} | Update-NanonetsResult").Errors);
        Assert.Empty(service.Changes);

        Assert.Empty(session.Run($"{rows} | ForEach-Object {{ {edit}; $_ }} | Update-NanonetsResult").Errors);
        JsonElement boxes = Assert.Single(service.Changes).Json.GetProperty("moderated_boxes");
        Assert.Equal((3, amount, total),
            (boxes.GetArrayLength(), boxes[0].GetProperty("cells")[1].GetProperty("text").GetString(),
                boxes[1].GetProperty("ocr_text").GetString()));
    }

    [Fact]
    public async Task A_line_that_is_not_the_rows_own_is_refused()
    {
        await using ScriptedService service = await StartAsync();
        service.AddFile("t", "success", Table);
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        Assert.Equal(["CellNotFound"],
            session.Run(
                "[pscustomobject]@{ RequestFileId = 't'; Line = 1; item = 'Bolt'; amount = '9.00' } | Update-NanonetsResult").ErrorIds);
        Assert.Equal(["CellNotFound"],
            session.Run(
                "[pscustomobject]@{ RequestFileId = 't'; Line = 2; item = 'Nut'; amount = '9.00' } | Update-NanonetsResult").ErrorIds);
        Assert.Empty(service.Changes);
    }

    [Fact]
    public async Task A_row_that_fails_is_the_target_and_carries_its_edits_again()
    {
        await using ScriptedService service = await StartAsync();
        service.Answer = request => request.Method == "PATCH" ? (500, "") : null;
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult result = session.Run("[pscustomobject]@{ RequestFileId = 'a'; total_amount = '12.00' }, [pscustomobject]@{ RequestFileId "
            + "= 'gone'; total_amount = '1' } | Update-NanonetsResult -ErrorVariable failed");
        Assert.Equal(["ServiceUnavailable", "DocumentNotFound"], result.ErrorIds);
        service.Answer = _ => null;
        Assert.Equal(["DocumentNotFound"], session.Run("$failed.TargetObject | Update-NanonetsResult").ErrorIds);
        Assert.Equal("12.00", service.Changes.Last().Json.GetProperty("moderated_boxes")[0].GetProperty("ocr_text").GetString());
    }

    [Fact]
    public async Task What_is_not_read_or_not_said_is_an_error()
    {
        await using ScriptedService service = await StartAsync();
        service.AddFile("p", "pending", "");
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        Assert.Equal(["DocumentPending"], session.Run("Update-NanonetsResult p -Field @{ total_amount = '1' }").ErrorIds);
        Assert.Equal(["NothingToChange"], session.Run("Get-NanonetsResult b | Update-NanonetsResult").ErrorIds);
        Assert.Empty(service.Changes);
    }

    [Fact]
    public async Task PassThru_writes_the_pages()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult result = session.Run("'a', 'b' | Update-NanonetsResult -Field @{ total_amount = '7.00' } -PassThru");
        Assert.Equal(["a", "b"], result.Values("RequestFileId"));
        Assert.Single(service.Changes);
    }

    /// <summary>As README and guides have it: nobody approves what could not be corrected.</summary>
    [Fact]
    public async Task PassThru_hands_on_to_approval_what_was_corrected_or_was_right_and_nothing_that_failed()
    {
        await using ScriptedService service = await StartAsync();
        service.AddFile("p", "pending", "");
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult result = session.Run("""
            'a', 'p', 'gone', 'b' | ForEach-Object { [pscustomobject]@{ RequestFileId = $_; total_amount = '7.00' } } | Export-Csv check.csv -NoTypeInformation -Encoding UTF8
            Import-Csv check.csv -Encoding UTF8 | Update-NanonetsResult -PassThru | Approve-NanonetsDocument
            """);
        Assert.Equal(["DocumentNotFound", "DocumentPending"], result.ErrorIds.Order());
        Assert.Equal(["a", "b"], service.Changes.Select(static change => change.Path).Where(static path => path.Contains("/Verify/"))
            .Select(static path => path[^1..]).Order());
    }

    private static async Task<ScriptedService> StartAsync()
    {
        ScriptedService service = await ScriptedService.StartAsync();
        service.AddFile("a", [["total_amount", "110.00", "seller_name", "Northwind"]]);
        service.AddFile("b", [["total_amount", "7.00"]]);
        service.Answer = request => request.Path == "OCR/Model/m1"
            ? (200, """{"model_id":"m1","model_type":"ocr","state":5,"categories":[{"name":"total_amount"},{"name":"currency"}]}""") : null;
        return service;
    }
}
