using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Rows;
using static Nanonets.Client.Tests.Rows.RowPages;

namespace Nanonets.Client.Tests.Rows;

public class RowTests
{
    private static readonly RowOptions s_fields = new();
    private static readonly RowOptions s_table = new() { Kinds = [RowKind.Table] };
    private static readonly RowOptions s_both = new() { Kinds = [RowKind.Table, RowKind.Fields] };

    [Fact]
    public void The_pages_of_a_document_are_one_row()
    {
        Row row = Assert.Single(Convert(s_fields, Example("labelfile-sync-3page-table")));
        Assert.Equal(
            "invoice_number=NW-2025-0417, invoice_date=17 March 2025, seller_name=Northwind Example\nSupplies Ltd, "
                + "total_amount=$ 79.65, currency=USD", row.Shown());
        Assert.Equal("Input", row.Names().First());
        Assert.Equal(["SourcePath", "RequestFileId", "DuplicateOf"], row.Names().TakeLast(3));
    }

    [Fact]
    public void Each_line_of_a_table_is_a_row_with_the_fields_repeated()
    {
        List<Row> rows = Convert(s_table, Example("labelfile-sync-3page-table"));
        Assert.Equal(["Widget, blue", "Widget, green", "Carriage"], rows.Select(row => row.Value("line_description")));
        Assert.Equal(["54.00", "15.75", "9.90"], rows.Select(row => row.Value("line_amount")));
        Assert.All(rows, row => Assert.Equal("NW-2025-0417", row.Value("invoice_number")));
        Assert.Equal([1, 2, 3], rows.Select(row => (int)row.Value("Line")!));
    }

    [Fact]
    public void A_document_without_a_table_has_one_row_with_empty_line_columns()
    {
        List<Row> rows = Convert(
            s_table, Page("a", 0, 1, Field("number", "1"), Table("item|price", "x|2")), Page("b", 0, 1, Field("number", "7")));
        Assert.Equal(["item=x, price=2, number=1", "item=, price=, number=7"], rows.Select(row => row.Shown()));
        Assert.Null(rows[1].Value("Line"));
        Assert.Null(rows[1].Value("Table"));
    }

    [Fact]
    public void Both_kinds_together_give_header_rows_and_line_rows_with_one_key()
    {
        List<Row> rows = Convert(
            s_both, Page("a", 0, 1, Field("number", "1"), Table("item", "x", "y")), Page("b", 0, 1, Field("number", "7")));
        Assert.Equal(["Fields: number=1", "Table: item=x", "Table: item=y", "Fields: number=7"],
            rows.Select(row => $"{row.Value("RowType")}: {row.Shown()}"));
        Assert.Equal(["a", "a", "a", "b"], rows.Select(row => row.Value("RequestFileId")));
        Assert.Equal(["Line", "Table"], rows[1].Names().Except(rows[0].Names()).Where(name => name != "item").Order());
    }

    [Fact]
    public void Without_labels_every_row_has_every_column_in_the_same_order()
    {
        List<Row> rows = Convert(
            s_fields, Page("a", 0, 1, Field("x", "1")), Page("b", 0, 1, Field("y", "2"), Field("X", "3")), Page("c", 0, 1));
        Assert.Equal(["x=1, y=", "x=3, y=2", "x=, y="], rows.Select(row => row.Shown()));
    }

    [Fact]
    public void Every_row_says_where_it_comes_from()
    {
        PageResult copy = Page("a", 0, 1, Field("x", "1"));
        (copy.SourcePath, copy.DuplicateOf) = ("/in/copy.pdf", "a");
        List<Row> rows = Convert(s_fields, Page("a", 0, 1, Field("x", "1")), copy);
        Assert.Equal([("a", "/in/a.pdf", null), ("a", "/in/copy.pdf", "a")],
            rows.Select(row => (row.Value("RequestFileId"), row.Value("SourcePath"), row.Value("DuplicateOf"))));
    }

    [Theory]
    [InlineData(nameof(RepeatedLabel.Best), "x=high")]
    [InlineData(nameof(RepeatedLabel.First), "x=low")]
    [InlineData(nameof(RepeatedLabel.All), "x=low; high; same")]
    public void A_label_that_repeats_gives_the_value_that_was_chosen(string repeated, string expected)
    {
        var options = new RowOptions { Repeated = Enum.Parse<RepeatedLabel>(repeated) };
        Row row = Assert.Single(Convert(
            options, Page("a", 0, 3, Field("x", "low", 0.2)), Page("a", 2, 3, Field("X", "same", 0.9)),
            Page("a", 1, 3, Field("x", "high", 0.9), Field("x", null, 0.1))));
        Assert.Equal(expected, row.Shown());
    }

    [Fact]
    public void Pages_of_a_document_merge_in_page_order_whatever_order_they_come_in()
    {
        PageResult[] pages = [.. Enumerable.Range(0, 5).Select(i => Page("a", i, null, Field("p", $"{i}", 0)))];
        var options = new RowOptions { Repeated = RepeatedLabel.All };
        Assert.Equal("p=0; 1; 2; 3; 4", Assert.Single(Convert(options, [pages[3], pages[0], pages[4], pages[1], pages[2]])).Shown());
    }

    [Fact]
    public void A_page_that_comes_twice_counts_once_and_a_page_without_a_file_is_a_document()
    {
        PageResult loose = new() { Prediction = [Field("x", "loose")] };
        List<Row> rows = Convert(s_table, Page("a", 0, null, Table("i", "old")), loose, Page("a", 0, null, Table("i", "new")), loose);
        Assert.Equal(["new", null, null], rows.Select(row => row.Value("i")));
    }

    [Fact]
    public void Columns_without_a_label_go_by_position_and_repeated_ones_by_number()
    {
        Row row = Assert.Single(Convert(s_table, Page("a", 0, 1, Table("amount||amount| |Amount", "1|2|3|4|5"))));
        Assert.Equal("amount=1, Column2=2, amount_2=3, Column4=4, Amount_3=5", row.Shown());
    }

    [Fact]
    public void Several_tables_of_a_page_are_numbered_and_share_columns_of_the_same_name()
    {
        List<Row> rows = Convert(s_table, Page("a", 0, 1, Table("item|price", "x|1"), Table("price|tax", "2|3")));
        Assert.Equal(["1/1: item=x, price=1, tax=", "2/2: item=, price=2, tax=3"],
            rows.Select(row => $"{row.Value("Table")}/{row.Value("Line")}: {row.Shown()}"));
    }

    [Fact]
    public void A_table_goes_on_over_the_next_page()
    {
        List<Row> rows = Convert(
            s_table, Page("a", 0, 4, Table("other", "o"), Table("item|price", "x|1")),
            Page("a", 1, 4, Table("|", "y|2"), Table("|", "z|3")),
            Page("a", 2, 4, Table("|", "u|4")), Page("a", 3, 4, Table("|", "v|5")));
        Assert.Equal(
            ["1: o,,,,", "2: ,x,1,,", "2: ,y,2,,", "3: ,,,z,3", "3: ,,,u,4", "3: ,,,v,5"],
            rows.Select(
                row => $"{row.Value("Table")}: {string.Join(',', row.Columns.Skip(3).SkipLast(3).Select(column => column.Value))}"));
        Assert.Equal(["other", "item", "price", "Column1", "Column2"], rows[0].Names().Skip(3).SkipLast(3));
    }

    [Fact]
    public void A_table_with_the_same_header_on_the_next_page_is_the_same_table_and_one_with_another_is_not()
    {
        List<Row> rows = Convert(
            s_table, Page("a", 0, 4, Table("item", "x")), Page("a", 1, 4, Table("ITEM", "y")), Page("a", 2, 4, Table("tax", "z")),
            Page("a", 3, 4, Table("|", "u|v")));
        Assert.Equal([1, 1, 2, 3], rows.Select(row => (int)row.Value("Table")!));
    }

    [Fact]
    public void A_spanning_cell_counts_once()
    {
        var table = new Prediction
        {
            Type = PredictionType.Table,
            Cells =
            [
                new() { Row = 1, Column = 1, RowSpan = 2, Label = "order", Text = "A" },
                new() { Row = 1, Column = 2, Label = "amount", Text = "5" },
                new() { Row = 2, Column = 2, Label = "amount", Text = "6" },
                new() { Row = 3, Column = 1, ColumnSpan = 2, Label = "order", Text = "Total 11" },
            ],
        };
        List<Row> rows = Convert(s_table, Page("a", 0, 1, table));
        Assert.Equal(["order=A, amount=5", "order=, amount=6", "order=Total 11, amount="], rows.Select(row => row.Shown()));
    }

    [Fact]
    public void Cells_without_positions_lose_no_text()
    {
        var table = new Prediction { Type = PredictionType.Table,
            Cells = [new() { Text = "a" }, new() { Text = "b" }, new() { Text = "c", Label = "l" }] };
        Row row = Assert.Single(Convert(s_table, Page("a", 0, 1, table)));
        Assert.Equal(["a", "b", "c"], row.Columns.Skip(3).SkipLast(3).Select(column => column.Value));
        Assert.Equal(row.Names().Distinct(), row.Names());
    }

    [Theory]
    [InlineData("SourcePath", "SourcePath_2")]
    [InlineData("requestfileid", "requestfileid_2")]
    [InlineData("Line", "Line_2")]
    [InlineData("", "Unlabelled")]
    [InlineData("  ", "Unlabelled")]
    public void A_label_that_cannot_be_a_column_gets_another_name(string label, string column)
    {
        Assert.Equal("v", Assert.Single(Convert(s_table, Page("a", 0, 1, Field(label, "v")))).Value(column));
        if (label.Trim().Length > 0)
            Assert
                .Equal("v",
                    Assert.Single(Convert(new RowOptions { Kinds = [RowKind.Table], Labels = [RowLabel.Parse(label)] },
                        Page("a", 0, 1, Field(label, "v")))).Value(column));
    }

    [Fact]
    public void A_field_and_a_table_column_of_the_same_name_are_two_columns()
    {
        PageResult page = Page("a", 0, 1, Field("total", "30"), Table("total", "10", "20"));
        Assert.Equal(["total_2=10, total=30", "total_2=20, total=30"], Convert(s_table, page).Select(row => row.Shown()));
        Assert.Equal(["total=30", "total=30"], Convert(Labelled("total"), page).Select(row => row.Shown()));
        Assert.Equal(["table.total=10, field.total=30", "table.total=20, field.total=30"],
            Convert(Labelled("table.total", "field.total"), page).Select(row => row.Shown()));
    }

    [Fact]
    public void Labels_fix_columns_order_and_names()
    {
        var options = new RowOptions { Kinds = [RowKind.Table],
            Labels = [RowLabel.Parse("PRICE", "Price"), RowLabel.Parse("nothing"), RowLabel.Parse("number", "No.")] };
        List<Row> rows = Convert(
            options, Page("a", 0, 1, Field("number", "1"), Field("other", "o"), Table("item|price", "x|2")), Page("b", 0, 1));
        Assert.Equal(["Price=2, nothing=, No.=1", "Price=, nothing=, No.="], rows.Select(row => row.Shown()));
    }

    [Fact]
    public void With_labels_a_row_leaves_when_its_document_is_whole()
    {
        var converter = new RowConverter(Labelled("x"));
        Assert.Empty(converter.Add(Page("a", 1, 2, Field("x", "1"))));
        Assert.Equal("x=9", Assert.Single(converter.Add(Page("b", 0, 1, Field("x", "9")))).Shown());
        Assert.Equal("x=1", Assert.Single(converter.Add(Page("a", 0, 2))).Shown());
        Assert.Empty(converter.Complete());
    }

    [Fact]
    public void With_labels_pages_that_come_a_little_apart_are_still_one_document()
    {
        var converter = new RowConverter(Labelled("x", "y"));
        PageResult[] pages = [Page("a", 0, null, Field("x", "1")), Page("b", 0, null), Page("a", 1, null, Field("y", "2"))];
        Assert.Equal(
            ["x=1, y=2", "x=, y="], pages.SelectMany(converter.Add).ToList().Concat(converter.Complete()).Select(row => row.Shown()));
    }

    [Fact]
    public void Unread_documents_are_counted()
    {
        PageResult pending = Page("a", 0, 1);
        pending.State = PageState.Pending;
        var converter = new RowConverter(s_fields);
        Assert.Empty(converter.Add(pending));
        Assert.Empty(converter.Add(Page("b", 0, 1)));
        Assert.Equal(2, converter.Complete().Count());
        Assert.Equal(1, converter.UnreadDocuments);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-5", "-5")]
    [InlineData("+49", "+49")]
    [InlineData("-12.50", "-12.50")]
    [InlineData(" -12,50", " -12,50")]
    [InlineData("- 1.234,56", "- 1.234,56")]
    [InlineData("-1'234.50", "-1'234.50")]
    [InlineData("-1\u202F234,50", "-1\u202F234,50")]
    [InlineData("-.5", "-.5")]
    [InlineData("-5+1", "'-5+1")]
    [InlineData("--5", "'--5")]
    [InlineData("-", "'-")]
    [InlineData("-.", "'-.")]
    [InlineData("-5%", "'-5%")]
    [InlineData("-5 €", "'-5 €")]
    [InlineData("-1e5", "'-1e5")]
    [InlineData("+A1", "'+A1")]
    [InlineData("-5\t=1", "'-5\t=1")]
    [InlineData("-2+3+cmd|' /C calc'!D2", "'-2+3+cmd|' /C calc'!D2")]
    [InlineData("-\u0661", "'-\u0661")]
    [InlineData("=5", "'=5")]
    [InlineData("@5", "'@5")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("\nx", "'\nx")]
    [InlineData("\u0000x", "'\u0000x")]
    [InlineData("\u000B=1", "'\u000B=1")]
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("   @x", "'   @x")]
    [InlineData("\u00A0=1", "'\u00A0=1")]
    [InlineData("\u3000=1", "'\u3000=1")]
    [InlineData("\u200B=1", "'\u200B=1")]
    [InlineData("\uFEFF=1", "'\uFEFF=1")]
    [InlineData("\u202E=1", "'\u202E=1")]
    [InlineData("\uFF1D1+1", "'\uFF1D1+1")]
    [InlineData("\uFF0B49", "'\uFF0B49")]
    [InlineData("\uFF0D5", "'\uFF0D5")]
    [InlineData("\uFF20x", "'\uFF20x")]
    [InlineData(" \uFF1D1", "' \uFF1D1")]
    [InlineData("\uFE661", "'\uFE661")]
    [InlineData(" 12.50", " 12.50")]
    [InlineData("  total", "  total")]
    [InlineData(" ", " ")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void Spreadsheets_get_no_formulas(string text, string expected)
    {
        PageResult page = Page("a", 0, 1, Field("x", text), Field("=label", "1"));
        page.SourcePath = text;
        Row row = Assert.Single(Convert(new RowOptions { SpreadsheetSafe = true }, page));
        Assert.Equal((expected, expected, "1"), (row.Value("x"), row.Value("SourcePath"), row.Value("'=label")));
        Assert.Equal(text, Assert.Single(Convert(s_fields, page)).Value("x"));
    }

    [Fact]
    public void Converted_numbers_need_no_guard()
    {
        var options = new RowOptions { SpreadsheetSafe = true, Culture = System.Globalization.CultureInfo.InvariantCulture };
        Assert.Equal(-5.5m, Assert.Single(Convert(options, Page("a", 0, 1, Field("x", "-5.5")))).Value("x"));
    }

    private static RowOptions Labelled(params string[] labels) =>
        new() { Kinds = [RowKind.Table], Labels = [.. labels.Select(label => RowLabel.Parse(label))] };
}
