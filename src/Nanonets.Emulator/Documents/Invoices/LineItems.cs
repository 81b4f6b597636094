using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>
/// Finds tables of line items: a heading row with known column names, then rows that have a description, an amount, and a quantity or
/// price, up to the first line that has the label of a sum.
/// </summary>
internal static class LineItems
{
    /// <returns>
    /// The tables, and the lines of the page that are no part of them: a table's "total" is the name of a column, not the label of a sum.
    /// </returns>
    public static (IReadOnlyList<ReadTable> Tables, IReadOnlyList<TextLine> Others) Find(IReadOnlyList<TextLine> lines)
    {
        var tables = new List<ReadTable>();
        var rest = new List<TextLine>();
        IReadOnlyList<ColumnHeading>? columns = null;
        var rows = new List<LineItemRow>();
        foreach (var line in lines)
        {
            if (ColumnHeading.Read(line) is { } heading)
            {
                AddTable(tables, columns, rows);
                columns = heading;
                continue;
            }

            if (columns is not null && IsSum(line))
            {
                AddTable(tables, columns, rows);
                columns = null;
            }

            if (columns is null || !IsPart(columns, line, rows))
                rest.Add(line);
        }

        AddTable(tables, columns, rows);
        return (tables, rest);
    }

    private static bool IsPart(IReadOnlyList<ColumnHeading> columns, TextLine line, List<LineItemRow> rows)
    {
        if (LineItemRow.Read(columns, line) is not { } row)
            return rows.Count > 0 && rows[^1].Continue(line);
        rows.Add(row);
        return true;
    }

    private static bool IsSum(TextLine line) => line.Segments.Any(segment =>
        LabelMatch.AtStart(segment.Words) is { Label.Kind: ValueKind.Amount } match &&
        AmountSearch.IsOnlyAmounts(segment.Words, match.Length));

    /// <summary>Ends the table under way, if it has rows.</summary>
    private static void AddTable(List<ReadTable> tables, IReadOnlyList<ColumnHeading>? columns, List<LineItemRow> rows)
    {
        if (columns is null || rows.Count == 0)
            return;
        var cells = rows.SelectMany((row, index) => row.ToCells(columns, index + 1)).ToList();
        var box = PixelBox.Around(cells.Select(cell => new PixelBox(cell.XMin, cell.YMin, cell.XMax, cell.YMax)));
        var score = System.Math.Round(cells.Average(cell => cell.Score), 3);
        tables.Add(new ReadTable(box.XMin, box.YMin, box.XMax, box.YMax, score, cells));
        rows.Clear();
    }
}
