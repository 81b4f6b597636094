using System.Globalization;

namespace Nanonets.Rows;

/// <summary>
/// Text from documents may begin like a formula, and a spreadsheet that opens a CSV file would run it: an apostrophe in front makes it
/// text. Blanks and characters that are not seen may stand before the sign, and some spreadsheets take its full-width and small forms too.
/// A number with its sign computes nothing and stays as it is, or programs would read the amount of a credit note as text.
/// </summary>
internal static class SpreadsheetText
{
    public static string Guard(string text) => IsFormula(text) ? "'" + text : text;

    private static bool IsFormula(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];

            // A control character makes the text a danger by itself: some importers drop it, some end the cell there.
            if (char.IsControl(character))
                return true;
            if (IsSign(character))
                return character is not ('+' or '-') || !IsNumber(text, i + 1);
            if (!char.IsWhiteSpace(character) && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.Format)
                return false;
        }

        return false;
    }

    /// <summary>Whether nothing follows but digits and what may stand between them, a digit last.</summary>
    private static bool IsNumber(string text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] is not ((>= '0' and <= '9') or '.' or ',' or '\'' or ' ' or '\u00A0' or '\u202F' or '\u2019'))
                return false;
        }

        return text[text.Length - 1] is >= '0' and <= '9';
    }

    private static bool IsSign(char character) => character is '=' or '+' or '-' or '@'
        or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' or '\uFE66' or '\uFE62' or '\uFE63' or '\uFE6B';
}
