using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Nanonets.Rows;

namespace Nanonets.Inbox;

/// <summary>Rows as lines of a CSV file that spreadsheets and Import-Csv read: the same columns in each run.</summary>
internal sealed class RowsText(InboxOptions options)
{
    /// <summary>The folder a document was filed in, so that what is to be reviewed can be told from what is done.</summary>
    private const string FiledAs = "FiledAs";

    /// <summary>Spreadsheets take a file without the mark for one in the old code page.</summary>
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>The line of column names.</summary>
    public string Header =>
        Line([.. Convert([new PageResult { RequestFileId = FiledAs, PageCount = 1 }]).First().Columns.Select(static column => column.Key),
            FiledAs]);

    /// <summary>The lines of a document.</summary>
    public IReadOnlyList<string> Of(FiledResult result) => !result.HasRows ? [] :
    [
        .. Convert(result.Pages).Select(row =>
            Line([
                .. row.Columns.Select(column => column.Key == ColumnNames.Input ? result.FileName : Text(column.Value)),
                FilingDesk.FolderOf(result.Verdict.State)])),
    ];

    /// <summary>Lines as bytes of the file.</summary>
    /// <param name="isFirst">Whether they are the first of it.</param>
    public byte[] Encode(IEnumerable<string> lines, bool isFirst)
    {
        IEnumerable<string> all = isFirst ? [Header, .. lines] : lines;
        byte[] text = s_encoding.GetBytes(string.Concat(all.Select(static line => line + Environment.NewLine)));
        return isFirst ? [.. s_encoding.GetPreamble(), .. text] : text;
    }

    private List<Row> Convert(IReadOnlyList<PageResult> pages)
    {
        var converter = new RowConverter(options.Rows);
        return [.. pages.SelectMany(converter.Add).ToList(), .. converter.Complete()];
    }

    /// <summary>Numbers and dates as programs read them in every culture.</summary>
    private static string? Text(object? value) => value switch
    {
        null => null,
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("s", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Line(IEnumerable<string?> values) =>
        string.Join(",", values.Select(static value => value is null ? string.Empty : $"\"{value.Replace("\"", "\"\"")}\""));
}
