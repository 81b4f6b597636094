using System;
using System.IO;
using System.Text.Json;

namespace Nanonets.Inbox;

/// <summary>
/// Recognises the JSON file that a run has written beside an original, by what is in it and by its name: somebody who puts an original back
/// into the inbox may bring it along.
/// </summary>
internal static class OwnResult
{
    /// <summary>Enough for the members before the pages, the longest paths included.</summary>
    private const int HeadSize = 256 * 1024;

    /// <returns>The name of the original; null when it is no such file, or cannot be read.</returns>
    public static string? OriginalOf(FileInfo file)
    {
        if (!file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return null;

        try
        {
            string? original = PlaceIn(Head(file.FullName));
            return original is not null && string.Equals(FiledName.ResultOf(original), file.Name, InboxPath.Comparison)
                ? Path.GetFileName(original)
                : null;
        }
        catch (Exception other) when (other is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Where a result says that its original was filed; null when it is none of <see cref="FiledResult.ToJson"/>.</summary>
    private static string? PlaceIn(byte[] head)
    {
        var json = new Utf8JsonReader(head, isFinalBlock: false, default);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;

        (bool hasState, bool hasInput, string? place) = (false, false, null);
        while (json.Read() && json.GetString() is { } name && json.Read() && json.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            switch (name)
            {
                case nameof(Verdict.State):
                    hasState = json.GetString() is nameof(InboxState.Done) or nameof(InboxState.Review) or nameof(InboxState.Failed);
                    break;
                case FiledResult.InputName:
                    hasInput = true;
                    break;
                case nameof(FiledResult.SourcePath):
                    place = json.GetString();
                    break;
                case nameof(FiledResult.FiledAt):
                    return hasState && hasInput && json.TryGetDateTime(out _) ? place : null;
            }
        }

        return null;
    }

    private static byte[] Head(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[Math.Min(HeadSize, file.Length)];
        int filled = 0;
        while (filled < head.Length && file.Read(head, filled, head.Length - filled) is > 0 and int read)
            filled += read;
        return head;
    }
}
