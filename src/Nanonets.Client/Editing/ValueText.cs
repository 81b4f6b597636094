using System;
using Nanonets.Http;
using Nanonets.Rows;

namespace Nanonets.Editing;

/// <summary>Texts of values, compared and shown.</summary>
internal static class ValueText
{
    /// <summary>Whether two texts are the same value: line ends may have been changed by a file between.</summary>
    public static bool AreEqual(string one, string other) => string.Equals(Lines(one), Lines(other), StringComparison.Ordinal);

    /// <summary>Whether a cell of a row still holds a text: rows for spreadsheets may have an apostrophe before it.</summary>
    public static bool IsStill(string cell, string text) => AreEqual(cell, text) || AreEqual(cell, SpreadsheetText.Guard(text));

    /// <summary>A text on one line; an empty one is said to be so.</summary>
    public static string Show(string text) => PlainText.Flatten(text) is { Length: > 0 } line ? line : "(empty)";

    private static string Lines(string text) => text.Replace("\r\n", "\n");
}
