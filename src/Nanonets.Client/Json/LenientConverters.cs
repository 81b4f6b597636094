using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nanonets.Json;

/// <summary>Text, whatever the service sends for it: numbers and booleans as they stand, anything structured as absent.</summary>
internal sealed class LenientString : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Text(ref reader);
            case JsonTokenType.Number:
                using (JsonDocument number = JsonDocument.ParseValue(ref reader))
                    return number.RootElement.GetRawText();
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <summary>A string; one that is no valid UTF-16 (a lone surrogate) in its escaped form, since half a text is better than none.</summary>
    internal static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            using JsonDocument value = JsonDocument.ParseValue(ref reader);
            return value.RootElement.GetRawText().Trim('"');
        }
    }
}

/// <summary>A number, also as text or with a fraction; anything else is absent.</summary>
internal sealed class LenientDouble : JsonConverter<double?>
{
    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDouble(out double number) && !double.IsInfinity(number) ? number : null;
            case JsonTokenType.String:
                return double.TryParse(LenientString.Text(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
                    && !double.IsNaN(parsed) && !double.IsInfinity(parsed) ? parsed : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options)
    {
        if (value is { } number)
            writer.WriteNumberValue(number);
        else
            writer.WriteNullValue();
    }
}

/// <summary>A whole number, also as text or with a fraction (12.0); what does not fit is absent.</summary>
internal sealed class LenientInt : JsonConverter<int?>
{
    private static readonly LenientDouble s_number = new();

    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        s_number.Read(ref reader, typeof(double?), options) is { } number && Math.Abs(number) <= int.MaxValue ? (int)Math.Round(number) : null;

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) =>
        s_number.Write(writer, value, options);
}

/// <summary>True or false, also as text or as 1 and 0; anything else is absent.</summary>
internal sealed class LenientBool : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
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
                return bool.TryParse(LenientString.Text(ref reader), out bool parsed) ? parsed : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options)
    {
        if (value is { } flag)
            writer.WriteBooleanValue(flag);
        else
            writer.WriteNullValue();
    }
}

/// <summary>A list of objects; one object in place of a list is a list of one, anything else is empty.</summary>
internal abstract class LenientList<T> : JsonConverter<List<T>>
    where T : class
{
    public override bool HandleNull => true;

    public override List<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var list = new List<T>();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                AddItem(ref reader, list);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    AddItem(ref reader, list);
                break;
            default:
                reader.Skip();
                break;
        }

        return list;
    }

    public override void Write(Utf8JsonWriter writer, List<T> value, JsonSerializerOptions options) => throw new NotSupportedException("Answers are only read.");

    protected abstract T? ReadItem(ref Utf8JsonReader reader);

    private void AddItem(ref Utf8JsonReader reader, List<T> list)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            reader.Skip();
        else if (ReadItem(ref reader) is { } item)
            list.Add(item);
    }
}

/// <summary>Boxes.</summary>
internal sealed class BoxList : LenientList<BoxJson>
{
    protected override BoxJson? ReadItem(ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, NanonetsJson.Default.BoxJson);
}

/// <summary>Cells.</summary>
internal sealed class CellList : LenientList<CellJson>
{
    protected override CellJson? ReadItem(ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, NanonetsJson.Default.CellJson);
}

/// <summary>Categories.</summary>
internal sealed class CategoryList : LenientList<CategoryJson>
{
    protected override CategoryJson? ReadItem(ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, NanonetsJson.Default.CategoryJson);
}
