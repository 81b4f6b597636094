using System.Buffers;
using System.Text.Json;

namespace Nanonets.Emulator.Http;

/// <summary>Writes an answer again in another shape that a client must bear: indented, or with null in place of empty lists.</summary>
internal static class JsonShape
{
    public static Answer Apply(Answer answer, EmulatorOptions options)
    {
        if (answer.ContentType != "application/json" || answer.Body.IsEmpty || !(options.IndentedJson || options.NullForEmptyLists))
            return answer;

        using JsonDocument document = JsonDocument.Parse(answer.Body);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonAnswer.Options with { Indented = options.IndentedJson }))
            Write(json, document.RootElement, options.NullForEmptyLists);
        return answer with { Body = buffer.WrittenMemory };
    }

    private static void Write(Utf8JsonWriter json, JsonElement element, bool nulls)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value, nulls);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array when nulls && element.GetArrayLength() == 0:
                json.WriteNullValue();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                    Write(json, item, nulls);
                json.WriteEndArray();
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }
}
