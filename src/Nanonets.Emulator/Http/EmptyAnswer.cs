using System.Text.Json;

namespace Nanonets.Emulator.Http;

/// <summary>An answer in good order that has no page.</summary>
internal static class EmptyAnswer
{
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("message", "Success");
        json.WriteStartArray("result");
        json.WriteEndArray();
        json.WriteStartObject("signed_urls");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
