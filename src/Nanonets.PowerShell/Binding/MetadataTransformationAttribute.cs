using System;
using System.Collections;
using System.IO;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace Nanonets.Binding;

/// <summary>
/// Takes metadata as text, or as a hashtable that becomes a JSON object with its members in the order they have there.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MetadataTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is IDictionary members ? ToJson(members) : inputData;
    }

    private static string ToJson(IDictionary members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, members);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, object? item)
    {
        object? value = item is PSObject wrapped ? wrapped.BaseObject : item;
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int or long or short or byte or uint or ushort or sbyte:
                writer.WriteNumberValue(LanguagePrimitives.ConvertTo<long>(value));
                break;
            case decimal or ulong:
                writer.WriteNumberValue(LanguagePrimitives.ConvertTo<decimal>(value));
                break;
            case double number when !double.IsNaN(number) && !double.IsInfinity(number):
                writer.WriteNumberValue(number);
                break;
            case DateTime time:
                writer.WriteStringValue(time);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                break;
            case IDictionary members:
                writer.WriteStartObject();
                foreach (DictionaryEntry member in members)
                {
                    writer.WritePropertyName(LanguagePrimitives.ConvertTo<string>(member.Key));
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list when value is not string:
                writer.WriteStartArray();
                foreach (object? element in list)
                    Write(writer, element);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(LanguagePrimitives.ConvertTo<string>(value));
                break;
        }
    }
}
