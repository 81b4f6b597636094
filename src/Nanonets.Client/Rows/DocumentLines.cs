using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nanonets.Rows;

/// <summary>A line of a table: its values by column name.</summary>
/// <param name="Table">Which table of the document, from 1.</param>
internal sealed record DocumentLine(int Table, IReadOnlyList<KeyValuePair<string, string?>> Values);

/// <summary>
/// The lines of all tables of a document. A column is named by its label, by its position (<c>Column3</c>) where it has none, and with
/// <c>_2</c> behind it where the label repeats in the table. A cell that spans several rows or columns counts in the first: nothing is
/// doubled.
/// </summary>
internal static class DocumentLines
{
    public static List<DocumentLine> Of(DocumentPages<Prediction[]> document)
    {
        var lines = new List<DocumentLine>();
        TableColumns? previous = null;
        int number = 0;
        int pageIndex = 0;
        foreach (Prediction[] page in document.Pages)
        {
            bool isFirst = true;
            foreach (Prediction table in page.Where(static value => value.Type == PredictionType.Table && value.Cells.Length > 0))
            {
                var columns = new TableColumns(table.Cells, pageIndex);
                if (isFirst && previous is not null && previous.ContinuesAs(columns))
                    columns.TakeNames(previous);
                else
                    number++;
                foreach (IGrouping<int, TableCell> row in table.Cells.GroupBy(static cell => cell.Row).OrderBy(static row => row.Key))
                    lines.Add(new DocumentLine(number, columns.Line(row)));
                (previous, isFirst) = (columns, false);
            }

            pageIndex++;
        }

        return lines;
    }
}

/// <summary>The columns of one table.</summary>
internal sealed class TableColumns
{
    private readonly int _page;
    private readonly bool _hasLabels;
    private Dictionary<int, string> _names;

    /// <param name="page">Which page of the document it is on.</param>
    public TableColumns(TableCell[] cells, int page)
    {
        _page = page;
        _hasLabels = cells.Any(static cell => !string.IsNullOrWhiteSpace(cell.Label));
        _names = [];
        var names = new ColumnNames();
        foreach (IGrouping<int, TableCell> column in cells.GroupBy(static cell => cell.Column).OrderBy(static column => column.Key))
        {
            string? label = column.OrderBy(static cell => cell.Row).Select(static cell => cell.Label)
                .FirstOrDefault(static label => !string.IsNullOrWhiteSpace(label));
            _names[column.Key] = names.Take(label ?? string.Format(CultureInfo.InvariantCulture, "Column{0}", column.Key));
        }
    }

    /// <summary>
    /// Whether the other table is this one going on: on the next page, with the same columns, or without any label over as many columns.
    /// </summary>
    public bool ContinuesAs(TableColumns other) => other._page == _page + 1
        && _names.Keys.OrderBy(static column => column).SequenceEqual(other._names.Keys.OrderBy(static column => column))
        && (!other._hasLabels || _names.All(
            column => string.Equals(column.Value, other._names[column.Key], StringComparison.OrdinalIgnoreCase)));

    public void TakeNames(TableColumns other) => _names = other._names;

    public List<KeyValuePair<string, string?>> Line(IEnumerable<TableCell> row)
    {
        var names = new ColumnNames();
        return [.. row.OrderBy(static cell => cell.Column)
            .Select(cell => new KeyValuePair<string, string?>(names.Take(_names[cell.Column]), cell.Text))];
    }
}
