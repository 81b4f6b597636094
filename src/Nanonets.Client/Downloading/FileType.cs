using System;
using System.IO;

namespace Nanonets.Downloading;

/// <summary>The extension of what was downloaded.</summary>
internal static class FileType
{
    /// <summary>The extension of a storage key's last part, with its dot; empty where there is none that can be one.</summary>
    public static string OfKey(string? key)
    {
        string last = (key ?? string.Empty).Substring((key ?? string.Empty).LastIndexOf('/') + 1);
        int dot = last.LastIndexOf('.');
        string extension = dot < 0 ? string.Empty : last.Substring(dot);
        foreach (char character in extension.Substring(Math.Min(1, extension.Length)))
        {
            if (!(character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')))
                return string.Empty;
        }

        return extension.Length is > 1 and <= 6 ? extension : string.Empty;
    }

    /// <summary>The path with the extension that the content asks for, where it has none or that of another kind of picture.</summary>
    /// <param name="isPicture">Whether the extension comes from a storage key, and not from the person who named the document.</param>
    public static string Correct(string path, string? contentType, bool isPicture)
    {
        string own = Path.GetExtension(path);
        if (Of(contentType) is not { } right || (own.Length > 1 && (!isPicture || IsOf(own, right))))
            return path;
        return own.Length > 1 ? Path.ChangeExtension(path, right) : path + right;
    }

    private static string? Of(string? contentType) => contentType?.ToUpperInvariant() switch
    {
        "APPLICATION/PDF" => ".pdf",
        "IMAGE/JPEG" => ".jpg",
        "IMAGE/PNG" => ".png",
        "IMAGE/TIFF" => ".tif",
        "IMAGE/SVG+XML" => ".svg",
        "IMAGE/WEBP" => ".webp",
        "IMAGE/GIF" => ".gif",
        _ => null,
    };

    private static bool IsOf(string extension, string type) => Same(extension, type)
        || (type == ".jpg" && Same(extension, ".jpeg")) || (type == ".tif" && Same(extension, ".tiff"));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
