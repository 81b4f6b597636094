using System.Collections.Generic;
using System.Linq;
using Nanonets.Client.Tests.Support;
using Nanonets.Json;
using Nanonets.Rows;

namespace Nanonets.Client.Tests.Rows;

/// <summary>Page results and rows as short as a test can say them.</summary>
internal static class RowPages
{
    /// <param name="values">Fields and tables, see <see cref="Field"/> and <see cref="Table"/>.</param>
    public static PageResult Page(string file, int page, int? count, params Prediction[] values) => new()
    {
        RequestFileId = file,
        Id = $"{file}-{page}",
        Page = page,
        PageCount = count,
        Input = file + ".pdf",
        SourcePath = $"/in/{file}.pdf",
        State = PageState.Success,
        Prediction = values,
    };

    public static Prediction Field(string label, string? text, double? score = 0.5) => new() { Label = label, Text = text, Score = score };

    /// <param name="header">Labels of the columns, with bars between; an empty one has none.</param>
    /// <param name="rows">Texts of the cells, with bars between.</param>
    public static Prediction Table(string header, params string[] rows)
    {
        string[] labels = header.Split('|');
        return new Prediction
        {
            Label = "table",
            Type = PredictionType.Table,
            Cells = [.. rows.SelectMany((row, i) =>
                row.Split('|').Select((text, j) => new TableCell { Row = i + 1, Column = j + 1, Label = labels[j], Text = text }))],
        };
    }

    public static PageResult[] Example(string name) =>
        [.. Client.Tests.Support.Example.Pages(Client.Tests.Support.Example.Json(name))
            .Select(page => PageReader.Read(page, TestClient.Model, default))];

    public static List<Row> Convert(RowOptions options, params IEnumerable<PageResult> pages)
    {
        var converter = new RowConverter(options);
        return [.. pages.SelectMany(converter.Add).ToList(), .. converter.Complete()];
    }

    /// <summary>All columns but the fixed ones, as <c>name=value</c>.</summary>
    public static string Shown(this Row row) => string.Join(", ", row.Columns
        .Where(column => !ColumnNames.Fixed(RowKind.Table, bothKinds: true).Contains(column.Key))
        .Select(column => $"{column.Key}={column.Value}"));

    public static object? Value(this Row row, string column) => row.Columns.Single(pair => pair.Key == column).Value;

    public static IEnumerable<string> Names(this Row row) => row.Columns.Select(column => column.Key);
}
