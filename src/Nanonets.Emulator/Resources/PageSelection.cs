using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nanonets.Emulator.Resources;

/// <summary>
/// Reads pages_to_process: a comma list counted from 1 (documented), with ranges such as 1:2 as the web settings write them.
/// </summary>
internal static class PageSelection
{
    /// <returns>Positions from 0 in page order; all pages when the text is empty or names none of them.</returns>
    public static IReadOnlyList<int> Read(string? text, int pageCount)
    {
        var selected = new SortedSet<int>();
        foreach (string item in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = item.Split(':');
            if (!int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last))
                continue;
            for (int page = Math.Max(first, 1); page <= Math.Min(last, pageCount); page++)
                selected.Add(page - 1);
        }

        return selected.Count > 0 ? [.. selected] : [.. Enumerable.Range(0, pageCount)];
    }
}
