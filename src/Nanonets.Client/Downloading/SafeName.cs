using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Nanonets.Downloading;

/// <summary>
/// Makes a file name that every system takes, from one that anybody may have chosen: no folders, no control or direction characters, none
/// of the names that Windows keeps for itself, at most 255 bytes. The rest stays as it is, in any script.
/// </summary>
internal static class SafeName
{
    /// <summary>What the usual file systems allow, in UTF-8.</summary>
    private const int MostBytes = 255;

    /// <summary>Longer endings are no file types.</summary>
    private const int LongestExtension = 16;

    private static readonly HashSet<string> s_devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <param name="name">The name wanted; may be a path, of which the last part counts.</param>
    /// <param name="fallback">Used when nothing of the name is left.</param>
    /// <param name="suffix">Put behind the name, before its extension where <paramref name="extension"/> is null.</param>
    /// <param name="extension">Put at the end, behind the name's own extension; null for none.</param>
    public static string Of(string? name, string fallback, string suffix = "", string? extension = null)
    {
        string clean = Clean(name);
        if (clean.Length == 0)
            clean = Clean(fallback) is { Length: > 0 } other ? other : "document";
        if (s_devices.Contains(clean.Split('.')[0].TrimEnd()))
            clean = "_" + clean;

        string own = extension is null ? Path.GetExtension(clean) : string.Empty;
        if (own.Length > LongestExtension || own.Length == clean.Length)
            own = string.Empty;
        string end = suffix + own + extension;
        return Cut(clean.Substring(0, clean.Length - own.Length), MostBytes - Encoding.UTF8.GetByteCount(end)) + end;
    }

    private static string Clean(string? name)
    {
        string last = (name ?? string.Empty).Substring((name ?? string.Empty).LastIndexOfAny(['/', '\\']) + 1);
        var clean = new StringBuilder(last.Length);
        for (int i = 0; i < last.Length; i++)
        {
            if (char.IsHighSurrogate(last[i]) && i + 1 < last.Length && char.IsLowSurrogate(last[i + 1]))
                clean.Append(last[i]).Append(last[++i]);
            else
                clean.Append(IsSafe(last[i]) ? last[i] : '_');
        }

        // Windows drops dots and spaces at the end, Unix hides what begins with a dot.
        string trimmed = clean.ToString().Trim(' ').TrimEnd('.', ' ');
        return trimmed.Length > 0 && trimmed[0] == '.' ? "_" + trimmed.TrimStart('.') : trimmed;
    }

    private static bool IsSafe(char character) =>
        !char.IsControl(character) && !char.IsSurrogate(character) && character is not ('<' or '>' or ':' or '"' or '|' or '?' or '*')
        && character is not ((>= '\u200E' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF');

    /// <summary>Cuts between characters as people see them.</summary>
    private static string Cut(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
            return text;

        var kept = new StringBuilder();
        int used = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            string element = elements.GetTextElement();
            used += Encoding.UTF8.GetByteCount(element);
            if (used > bytes)
                break;
            kept.Append(element);
        }

        return kept.ToString().TrimEnd('.', ' ');
    }
}
