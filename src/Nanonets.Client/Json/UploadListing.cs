using System;
using System.Text.Json;
using Nanonets.Sending;

namespace Nanonets.Json;

/// <summary>Reads of a listing what looking for an upload needs.</summary>
internal static class UploadListing
{
    /// <exception cref="NanonetsException">It is no listing, or counts more pages than it holds.</exception>
    public static void Read(JsonElement root, Action<ListedUpload> page)
    {
        Read(root, "moderated_images", "moderated_images_count", page);
        Read(root, "unmoderated_images", "unmoderated_images_count", page);
    }

    private static void Read(JsonElement root, string name, string countName, Action<ListedUpload> take)
    {
        JsonElement pages = root.Member(name);
        if (pages.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Object))
            throw Incomplete($"it has no {name}");

        int count = 0;
        foreach (JsonElement page in pages.Items())
        {
            count++;
            if (page.Member("request_file_id").AsText() is { } id)
            {
                take(new ListedUpload(
                    id,
                    page.Member("original_file_name").AsText() ?? page.Member("input").AsText(),
                    page.Member("request_metadata").AsText(),
                    TimeUuid.Read(page.Member("id").AsText())));
            }
        }

        if (root.Member(countName).AsInt() is { } announced && announced > count)
            throw Incomplete($"it counts {announced} pages and holds {count}");
    }

    private static NanonetsException Incomplete(string how) => new(NanonetsErrorId.InvalidResponse, $"The listing is not complete: {how}.");
}
