using System.Globalization;

namespace Nanonets.Rows;

/// <summary>
/// Text from documents may begin like a formula, and a spreadsheet that opens a CSV file would run it: an apostrophe in front makes it
/// text. Blanks and characters that are not seen may stand before the sign, and some spreadsheets take its full-width and small forms too.
/// </summary>
internal static class SpreadsheetText
{
    public static string Guard(string text) => IsFormula(text) ? "'" + text : text;

    private static bool IsFormula(string text)
    {
        foreach (char character in text)
        {
            // A control character makes the text a danger by itself: some importers drop it, some end the cell there.
            if (char.IsControl(character) || IsSign(character))
                return true;
            if (!char.IsWhiteSpace(character) && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.Format)
                return false;
        }

        return false;
    }

    private static bool IsSign(char character) => character is '=' or '+' or '-' or '@'
        or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' or '\uFE66' or '\uFE62' or '\uFE63' or '\uFE6B';
}
