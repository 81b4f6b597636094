using System;
using System.Collections.Generic;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>Lists the pages of a TIFF of either byte order by walking its chain of directories.</summary>
internal static class TiffFile
{
    private const int MaximumPages = 10_000;

    public static bool Matches(ReadOnlySpan<byte> content) => content.StartsWith("II*\0"u8) || content.StartsWith("MM\0*"u8);

    /// <returns>The pages, or null if any of them cannot be read: half a document is none.</returns>
    public static IReadOnlyList<TiffPage>? Read(byte[] content)
    {
        var bytes = new TiffBytes(content);
        var pages = new List<TiffPage>();
        var seen = new HashSet<long>();
        if (bytes.UInt32(4) is not { } offset)
            return null;
        while (offset != 0)
        {
            // A chain that comes back to a directory it has been to would never end.
            if (!seen.Add(offset) || seen.Count > MaximumPages || TiffDirectory.Read(bytes, offset) is not { } directory)
                return null;
            if (!directory.IsThumbnailOrMask)
            {
                if (TiffPage.From(directory) is not { } page)
                    return null;
                pages.Add(page);
            }

            offset = directory.Next;
        }

        return pages.Count > 0 ? pages : null;
    }
}
