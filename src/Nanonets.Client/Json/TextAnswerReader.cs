using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Nanonets.Http;

namespace Nanonets.Json;

/// <summary>Reads the answer of FullText: files, their pages, their words.</summary>
internal static class TextAnswerReader
{
    /// <summary>All pages of all files in the order they came.</summary>
    public static IEnumerable<TextPage> Read(JsonElement root)
    {
        // One library reads "results" (seen in client code), the documentation says "result".
        JsonElement files = root.Member("result") is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } result
            ? result
            : root.Member("results");
        foreach (JsonElement file in files.Items().Where(IsObject))
        {
            string? name = file.Member("filename").AsText();
            foreach (JsonElement page in file.Member("page_data").Items().Where(IsObject))
            {
                yield return new TextPage
                {
                    Input = name is null ? null : PublicAddress.In(name),
                    Page = page.Member("page").AsInt() ?? 0,
                    Text = page.Member("raw_text").AsText() ?? string.Empty,
                    Words = [.. page.Member("words").Items().Where(IsObject).Select(Word)],
                    Raw = page.GetRawText(),
                };
            }
        }
    }

    private static TextWord Word(JsonElement word) => new()
    {
        Text = word.Member("text").AsText() ?? string.Empty,
        Box = new BoundingBox(
            word.Member("xmin").AsInt() ?? 0, word.Member("ymin").AsInt() ?? 0, word.Member("xmax").AsInt() ?? 0,
            word.Member("ymax").AsInt() ?? 0),
    };

    private static bool IsObject(JsonElement element) => element.ValueKind == JsonValueKind.Object;
}
