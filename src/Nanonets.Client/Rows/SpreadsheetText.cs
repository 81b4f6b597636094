namespace Nanonets.Rows;

/// <summary>
/// Text from documents may begin like a formula, and a spreadsheet that opens a CSV file would run it: an apostrophe in front makes it text.
/// </summary>
internal static class SpreadsheetText
{
    public static string Guard(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text;
}
