using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Nanonets.Client.Tests.Support;

/// <summary>The example bodies of the API reference.</summary>
internal static class Example
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Examples");

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"));

    public static JsonElement Json(string name) => JsonDocument.Parse(Read(name)).RootElement;

    public static IEnumerable<string> Names(params string[] prefixes) =>
        Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => prefixes.Any(name.StartsWith)).Order();

    /// <summary>The page objects anywhere in a body, in order.</summary>
    public static IEnumerable<JsonElement> Pages(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("page", out _) && element.TryGetProperty("request_file_id", out _))
            {
                yield return element;
                yield break;
            }

            foreach (JsonProperty property in element.EnumerateObject())
            {
                foreach (JsonElement page in Pages(property.Value))
                    yield return page;
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement page in element.EnumerateArray().SelectMany(Pages))
                yield return page;
        }
    }
}
