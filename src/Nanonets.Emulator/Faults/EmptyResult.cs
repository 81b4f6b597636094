using System.Text.Json;

namespace Nanonets.Emulator.Faults;

/// <summary>An upload answer in good order that names no file.</summary>
internal static class EmptyResult
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
