using System.Text.Json;

namespace Nanonets.Emulator.Tests.Support;

/// <summary>Members of JSON in few words.</summary>
internal static class Members
{
    public static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    public static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    public static int Count(JsonElement json, string name) => json.GetProperty(name).GetArrayLength();
}
