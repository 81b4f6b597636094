using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Rows;

namespace Nanonets.Editing;

/// <summary>The lines of a file's tables, counted and named as rows have them, each with the cells it stands for.</summary>
internal static class FileLines
{
    /// <param name="pages">The pages, each with its values.</param>
    public static List<Dictionary<string, ValueCell>> Of(IEnumerable<IReadOnlyList<PageValue>> pages)
    {
        var lines = new List<Dictionary<string, ValueCell>>();
        TableColumns? previous = null;
        int pageIndex = 0;
        foreach (IReadOnlyList<PageValue> page in pages)
        {
            bool isFirst = true;
            foreach (PageValue table in page.Where(static value => value.IsTable && value.Cells.Count > 0))
            {
                var columns = new TableColumns([.. table.Cells.Select(static cell => cell.AsTableCell())], pageIndex);
                if (isFirst && previous is not null && previous.ContinuesAs(columns))
                    columns.TakeNames(previous);
                foreach (IGrouping<int, ValueCell> row in table.Cells.GroupBy(static cell => cell.Row ?? 0).OrderBy(static row => row.Key))
                {
                    ValueCell[] cells = [.. row.OrderBy(static cell => cell.Column ?? 0)];
                    IEnumerable<string> names = columns.Line(cells.Select(static cell => cell.AsTableCell()))
                        .Select(static cell => cell.Key);
                    lines.Add(names.Zip(cells, static (name, cell) => (name, cell))
                        .ToDictionary(static pair => pair.name, static pair => pair.cell, StringComparer.OrdinalIgnoreCase));
                }

                (previous, isFirst) = (columns, false);
            }

            pageIndex++;
        }

        return lines;
    }
}
