using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nanonets.Binding;

/// <summary>Writes hashtables, custom objects, lists and values as JSON, members in the order they have there.</summary>
internal static class ObjectJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] ToBytes(object item)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
            Write(writer, item);
        return buffer.ToArray();
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
            case SwitchParameter flag:
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
            case float number when !float.IsNaN(number) && !float.IsInfinity(number):
                writer.WriteNumberValue(number);
                break;
            case BigInteger number:
                writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
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
            case PSCustomObject:
                writer.WriteStartObject();
                foreach (PSPropertyInfo property in PSObject.AsPSObject(item).Properties)
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list when value is not string:
                writer.WriteStartArray();
                foreach (object? element in list)
                    Write(writer, element);
                writer.WriteEndArray();
                break;
            // Types that this build's framework does not have. Their usual text is American.
            case IFormattable date when value.GetType().FullName is "System.DateOnly" or "System.TimeOnly":
                writer.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStringValue(LanguagePrimitives.ConvertTo<string>(value));
                break;
        }
    }
}
