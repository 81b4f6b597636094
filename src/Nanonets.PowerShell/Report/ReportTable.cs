using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nanonets.Report;

/// <summary>A table of a page: the names of its columns, and its rows with a place for each column.</summary>
/// <param name="Columns">Names of the columns, in order.</param>
/// <param name="Rows">The cells of each row; several where the service gives a place twice, none where it gives it to no cell.</param>
internal sealed record ReportTable(string Title, BoundingBox? Box, string[] Columns, List<ReportValue>[][] Rows)
{
    public IEnumerable<ReportValue> Cells => Rows.SelectMany(static row => row).SelectMany(static cells => cells);

    public static ReportTable Of(Prediction table, Prediction? predicted)
    {
        int[] columns = [.. table.Cells.Select(static cell => cell.Column).Distinct().OrderBy(static column => column)];
        string[] names = [.. columns.Select(column => NameOf(table.Cells, column))];
        ILookup<(int Row, int Column), TableCell>? read = predicted?.Cells.ToLookup(static cell => (cell.Row, cell.Column));
        List<ReportValue>[][] rows = [.. table.Cells.GroupBy(static cell => cell.Row).OrderBy(static row => row.Key).Select(row =>
        {
            List<ReportValue>[] places = [.. columns.Select(static _ => new List<ReportValue>())];
            foreach (TableCell cell in row)
            {
                int column = Array.BinarySearch(columns, cell.Column);
                places[column].Add(ReportValue.Of(cell, names[column], read?[(cell.Row, cell.Column)].FirstOrDefault()));
            }

            return places;
        })];
        string title = string.IsNullOrWhiteSpace(table.Label) || table.Label == "table" ? "Line items" : table.Label;
        return new ReportTable(title, table.Box ?? predicted?.Box, names, rows);
    }

    private static string NameOf(TableCell[] cells, int column) =>
        cells.FirstOrDefault(cell => cell.Column == column && !string.IsNullOrWhiteSpace(cell.Label))?.Label
            ?? string.Format(CultureInfo.InvariantCulture, "Column {0}", column);
}
