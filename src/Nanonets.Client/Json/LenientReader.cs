using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nanonets.Json;

/// <summary>
/// Reads values that may be of another type than meant. The reader stands on the value, and afterwards on its last token.
/// </summary>
internal static class LenientReader
{
    public const string OnlyRead = "Answers are only read.";

    /// <summary>Text, whatever the service sends for it: numbers and booleans as they stand, anything structured as absent.</summary>
    /// <param name="known">Texts that were made before; null for those that come once.</param>
    public static string? Text(ref Utf8JsonReader reader, TextCache? known = null)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return known is not null && !reader.HasValueSequence && !reader.ValueIsEscaped
                    ? known.Get(reader.ValueSpan) ?? String(ref reader)
                    : String(ref reader);
            case JsonTokenType.Number:
                return AsItStands(ref reader);
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>A number, also as text or with a fraction; anything else is absent.</summary>
    public static double? Number(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDouble(out double number) && !double.IsInfinity(number) ? number : null;
            case JsonTokenType.String:
                return double.TryParse(String(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
                    && !double.IsNaN(parsed) && !double.IsInfinity(parsed) ? parsed : null;
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>A whole number, also as text or with a fraction (12.0); what does not fit is absent.</summary>
    public static int? Whole(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int whole))
            return whole;
        return Number(ref reader) is { } number && Math.Abs(number) <= int.MaxValue ? (int)Math.Round(number) : null;
    }

    /// <summary>True or false, also as text or as 1 and 0; anything else is absent.</summary>
    public static bool? Flag(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number:
                return reader.TryGetDouble(out double number) ? number != 0 : null;
            case JsonTokenType.String:
                return bool.TryParse(String(ref reader), out bool parsed) ? parsed : null;
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>
    /// A string, or the name of a member; one that is no valid text (a lone surrogate) in its escaped form, since half a text is better
    /// than none.
    /// </summary>
    public static string String(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return AsItStands(ref reader);
        }
    }

    private static string AsItStands(ref Utf8JsonReader reader) =>
        Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan.ToArray());
}
