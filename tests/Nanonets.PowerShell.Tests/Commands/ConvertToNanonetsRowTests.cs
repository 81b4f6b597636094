using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

public class ConvertToNanonetsRowTests
{
    [Fact]
    public async Task Uploads_become_one_row_a_document_with_the_file_they_come_from()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        AddInvoice(session);
        session.AddFile("empty.png");
        RunResult result = session.Run(
            "Get-Item *.pdf, *.png | Send-NanonetsDocument -ProcessingType Sync -Ordered | ConvertTo-NanonetsRow");
        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
        Assert.Equal(Columns(result.Output[0]), Columns(result.Output[1]));
        Assert.Equal("Input", Columns(result.Output[0]).First());
        Assert.Equal(["SourcePath", "RequestFileId", "DuplicateOf"], Columns(result.Output[0]).TakeLast(3));
        Assert.Equal(["invoice.pdf", "empty.png"], result.Values("SourcePath").Select(path => Path.GetFileName((string)path!)));
        Assert.Contains("invoice_number", Columns(result.Output[0]));
        Assert.Null(result.Output[1].Properties["invoice_number"].Value);
    }

    [Fact]
    public async Task A_listing_becomes_lines_of_a_csv_file()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        AddInvoice(session);
        session.AddFile("empty.png");
        session.Run("$sent = Get-Item *.pdf, *.png | Send-NanonetsDocument");
        RunResult result = session.Run(
            """
            $rows = Get-NanonetsResult -After ([datetime]::Now.AddDays(-7)) | ConvertTo-NanonetsRow -As Table
            $names = $rows[0].psobject.Properties.Name
            $names -join ','
            foreach ($row in $rows) { ($names | ForEach-Object { '"{0}"' -f $row.$_ }) -join ',' }
            """);
        Assert.Empty(result.Errors);
        string[] lines = [.. result.Output.Select(line => line.ToString())];
        Assert.StartsWith("Input,Table,Line,", lines[0]);
        Assert.EndsWith(",SourcePath,RequestFileId,DuplicateOf", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("\"empty.png\",\"\",\"\",", StringComparison.Ordinal));
        Assert.True(lines.Count(line => line.StartsWith("\"invoice.pdf\",\"1\",", StringComparison.Ordinal)) > 1, string.Join('\n', lines));
    }

    /// <summary>In a terminal of 100 columns people see the file and its values; the ids are there for scripts.</summary>
    [Theory]
    [InlineData("$rows")]
    [InlineData("$rows | Format-Table")]
    [InlineData("$rows | Format-Table -AutoSize")]
    [InlineData("$pages | ConvertTo-NanonetsRow -As Table | Format-Table")]
    [InlineData("$pages | ConvertTo-NanonetsRow -As Fields, Table | Format-Table")]
    [InlineData("$pages | ConvertTo-NanonetsRow -As Fields, Table")]
    public async Task Rows_show_the_file_name_and_its_values(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        AddInvoice(session);
        session.Run("$pages = Send-NanonetsDocument invoice.pdf -ProcessingType Sync; $rows = $pages | ConvertTo-NanonetsRow");
        string shown = session.Show(script);
        Assert.Contains("invoice.pdf", shown);
        Assert.Contains(session.Run("$rows.invoice_number").Output.Single().ToString(), shown);
        Assert.DoesNotContain(session.Run("$pages[0].RequestFileId").Output.Single().ToString(), shown);
        Assert.DoesNotContain("RequestFileId", shown);
        Assert.All(shown.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
        Assert.Contains("RequestFileId", session.Show("$rows | Format-List *"));
    }

    [Theory]
    [InlineData("-Label invoice_number, total_amount", "invoice_number,total_amount")]
    [InlineData("-Label total_amount", "total_amount")]
    [InlineData("-Label @{ total_amount = 'Total'; invoice_number = 'Number' }", "Number,Total")]
    [InlineData("-Label ([ordered]@{ total_amount = 'Total'; invoice_number = 'Number' })", "Total,Number")]
    [InlineData("-Label other, @{ total_amount = 'Total' }, Other", "other,Total")]
    [InlineData("-Label input, field.total_amount", "input_2,field.total_amount")]
    public async Task Labels_are_columns_in_order_and_renamed(string label, string columns)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        RunResult result = session.Run($"Send-NanonetsDocument a.png -ProcessingType Sync | ConvertTo-NanonetsRow {label}");
        Assert.Empty(result.Errors);
        Assert.Equal(columns.Split(','), Columns(Assert.Single(result.Output)).Skip(1).SkipLast(3));
    }

    [Theory]
    [InlineData("-Label @{ a = 'SourcePath' }", "DuplicateColumn")]
    [InlineData("-Label @{ a = 'x'; b = 'X' }", "DuplicateColumn")]
    [InlineData("-Label 'a', ''", "ParameterArgumentTransformationError")]
    [InlineData("-As Nothing", "CannotConvertArgumentNoMessage")]
    public async Task What_cannot_be_columns_is_refused(string parameters, string error)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        session.Run("$page = Send-NanonetsDocument a.png -ProcessingType Sync");
        Assert.StartsWith(error, session.Run($"$page | ConvertTo-NanonetsRow {parameters}").OnlyError.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task With_labels_the_first_row_leaves_before_the_last_page_is_there()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(2);
        session.Run("$pages = Get-ChildItem *.png | Send-NanonetsDocument -ProcessingType Sync");
        RunResult result = session.Run("$seen = 0; $pages | ForEach-Object { \"page $seen\"; $seen++; $_ } | ForEach-Object { $_ } | "
            + "Where-Object { $_ -isnot [string] } | ConvertTo-NanonetsRow -Label x | ForEach-Object { $seen }");
        Assert.Equal([1, 2], result.Output.Select(item => (int)item.BaseObject));
    }

    [Fact]
    public async Task Amounts_and_dates_become_values_where_a_culture_is_given()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        AddInvoice(session);
        RunResult result = session.Run(
            "Send-NanonetsDocument invoice.pdf -ProcessingType Sync | ConvertTo-NanonetsRow -As Fields, Table -Culture en-US | "
                + "ForEach-Object { foreach ($p in $_.psobject.Properties) { \"$($_.RowType) $($p.Name) $(if ($null -ne $p.Value) { "
                + "$p.Value.GetType().Name })\" } }");
        string[] lines = [.. result.Output.Select(line => line.ToString())];
        Assert.Contains("Fields total_amount Decimal", lines);
        Assert.Contains("Table Line Int32", lines);
        Assert.Contains("Fields Input String", lines);
    }

    [Fact]
    public async Task Pending_documents_are_warned_of()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(2);
        RunResult result = session.Run("Get-ChildItem *.png | Send-NanonetsDocument | ConvertTo-NanonetsRow");
        Assert.Equal(2, result.Output.Count);
        Assert.StartsWith("2 of the documents are pending", Assert.Single(result.Warnings));
    }

    private static IEnumerable<string> Columns(PSObject row) => row.Properties.Select(property => property.Name);

    private static void AddInvoice(ModuleSession session) => session.AddFile("invoice.pdf", TestInvoice.Create());
}
