using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Nanonets.Json;

/// <summary>Reading of elements that may be of any kind.</summary>
internal static class JsonElementExtensions
{
    /// <summary>The member of that name in any case; the exact name wins. Undefined when there is none.</summary>
    public static JsonElement Member(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return default;
        if (element.TryGetProperty(name, out JsonElement exact))
            return exact;

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (IsNamed(property, name))
                return property.Value;
        }

        return default;
    }

    private static bool IsNamed(JsonProperty property, string name)
    {
        try
        {
            return string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase);
        }
        catch (InvalidOperationException)
        {
            // Half a character, escaped: none of the names that matter.
            return false;
        }
    }

    /// <summary>The elements of a list; one object in place of a list is a list of one; anything else is empty.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            yield return element;
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
                yield return item;
        }
    }

    /// <summary>The text of a string; null when it is none, empty, or no valid text.</summary>
    public static string? AsText(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return element.ValueKind == JsonValueKind.Number ? element.GetRawText() : null;

        try
        {
            return element.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText().Trim('"');
        }
    }

    /// <summary>A whole number, also as text or with a fraction.</summary>
    public static int? AsInt(this JsonElement element) =>
        element.AsDouble() is { } number && Math.Abs(number) <= int.MaxValue ? (int)Math.Round(number) : null;

    /// <summary>A number, also as text.</summary>
    public static double? AsDouble(this JsonElement element) =>
        double.TryParse(element.AsText(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture,
            out double number) ? number : null;
}
