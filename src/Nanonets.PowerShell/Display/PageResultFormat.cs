using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Nanonets.Display;

/// <summary>Arithmetic and layout of the default view of page results.</summary>
internal static class PageResultFormat
{
    /// <summary>Longest text of one value in the list of fields.</summary>
    private const int LongestValue = 24;

    /// <summary>
    /// The first fields as <c>label=value</c> and how many table rows there are, on one line; of a page that only its id is known of, the
    /// id.
    /// </summary>
    /// <param name="page">The page result.</param>
    /// <returns>Text for the last table column; the view cuts it to the width of the screen.</returns>
    public static string Fields(PageResult page)
    {
        if (page is null)
            return string.Empty;

        var text = new StringBuilder();

        // Classes have no text: what counts is how sure the model is.
        foreach (Prediction value in page.Prediction.Where(static value => value.IsClass))
            text.Append(text.Length > 0 ? ", " : "").Append(OneLine(value.Label, LongestValue))
                .AppendFormat(CultureInfo.CurrentCulture, " {0:0.00}", value.Score);
        foreach (DictionaryEntry field in page.Fields.Cast<DictionaryEntry>().Where(static field => field.Value is not null))
            text.Append(text.Length > 0 ? ", " : "").Append(field.Key).Append('=').Append(OneLine((string?)field.Value, LongestValue));
        int rows = page.Prediction.Where(static value => value.Type == PredictionType.Table)
            .Sum(static table => table.Cells.Select(static cell => cell.Row).Distinct().Count());
        if (rows > 0)
            text.Append(text.Length > 0 ? ", " : "")
                .AppendFormat(CultureInfo.CurrentCulture, "{0} table row{1}", rows, rows == 1 ? "" : "s");
        return text.Length == 0 && page is { Message: null, Id: { } id } ? id : text.ToString();
    }

    /// <summary>Text from a document on one line, safe for a terminal: control characters become spaces.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">Characters kept; more end in an ellipsis.</param>
    /// <returns>The text on one line.</returns>
    public static string OneLine(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text))
            return string.Empty;

        var line = new StringBuilder(Math.Min(text!.Length, longest));
        foreach (char character in text)
        {
            bool blank = char.IsControl(character) || char.IsWhiteSpace(character);
            if (blank && (line.Length == 0 || line[line.Length - 1] == ' '))
                continue;
            if (line.Length >= longest)
                return line.ToString(0, longest - 1).TrimEnd() + "…";
            line.Append(blank ? ' ' : character);
        }

        return line.ToString().TrimEnd();
    }
}
