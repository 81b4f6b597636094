using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nanonets.Emulator.Control;

/// <summary>JSON of the control routes: snake case throughout, times as seconds or text, misspelt members refused.</summary>
internal static class ControlJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false), new Seconds() },
    };

    private sealed class Seconds : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number ? TimeSpan.FromSeconds(reader.GetDouble())
            : reader.TokenType == JsonTokenType.String
                && TimeSpan.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out TimeSpan time) ? time
            : throw new JsonException("A time is a number of seconds, or a text such as 00:01:30.");

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.TotalSeconds);
    }
}
