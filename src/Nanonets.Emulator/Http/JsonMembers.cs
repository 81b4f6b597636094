using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Nanonets.Emulator.Http;

/// <summary>Members of a request's JSON that may be missing or of another kind.</summary>
internal static class JsonMembers
{
    /// <returns>Null when it is no text.</returns>
    public static string? Text(this JsonElement item, string name) =>
        Member(item, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static int Number(this JsonElement item, string name) =>
        Member(item, name) is { ValueKind: JsonValueKind.Number } value ? (int)value.GetDouble() : 0;

    public static bool IsTrue(this JsonElement item, string name) => Member(item, name) is { ValueKind: JsonValueKind.True };

    /// <returns>Null when it is no list.</returns>
    public static JsonElement? List(this JsonElement item, string name) =>
        Member(item, name) is { ValueKind: JsonValueKind.Array } value ? value : null;

    /// <summary>The texts of a list; empty when there is no list.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement item, string name) =>
        [.. Items(item, name).Where(static entry => entry.ValueKind == JsonValueKind.String).Select(static entry => entry.GetString()!)];

    /// <summary>The objects of a list; empty when there is no list.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement item, string name) =>
        Items(item, name).Where(static entry => entry.ValueKind == JsonValueKind.Object);

    public static JsonElement? Member(this JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value) ? value : null;

    private static IEnumerable<JsonElement> Items(JsonElement item, string name) =>
        List(item, name) is { } list ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
