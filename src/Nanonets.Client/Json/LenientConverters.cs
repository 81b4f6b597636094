using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nanonets.Json;

/// <summary>Text, see <see cref="LenientReader.Text"/>.</summary>
internal sealed class LenientString : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LenientReader.Text(ref reader);

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        throw new NotSupportedException(LenientReader.OnlyRead);
}

/// <summary>A number, see <see cref="LenientReader.Number"/>.</summary>
internal sealed class LenientDouble : JsonConverter<double?>
{
    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LenientReader.Number(ref reader);

    public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options) =>
        throw new NotSupportedException(LenientReader.OnlyRead);
}

/// <summary>A whole number, see <see cref="LenientReader.Whole"/>.</summary>
internal sealed class LenientInt : JsonConverter<int?>
{
    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LenientReader.Whole(ref reader);

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) =>
        throw new NotSupportedException(LenientReader.OnlyRead);
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

    public override void Write(Utf8JsonWriter writer, List<T> value, JsonSerializerOptions options) =>
        throw new NotSupportedException(LenientReader.OnlyRead);

    protected abstract T? ReadItem(ref Utf8JsonReader reader);

    private void AddItem(ref Utf8JsonReader reader, List<T> list)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            reader.Skip();
        else if (ReadItem(ref reader) is { } item)
            list.Add(item);
    }
}

/// <summary>Categories.</summary>
internal sealed class CategoryList : LenientList<CategoryJson>
{
    protected override CategoryJson? ReadItem(ref Utf8JsonReader reader) =>
        JsonSerializer.Deserialize(ref reader, NanonetsJson.Default.CategoryJson);
}
