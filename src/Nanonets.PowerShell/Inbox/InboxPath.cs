using System;
using System.IO;

namespace Nanonets.Inbox;

/// <summary>Compares full paths as the system does.</summary>
internal static class InboxPath
{
    public static StringComparison Comparison =>
        Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public static StringComparer Comparer =>
        Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Whether both name the same folder.</summary>
    public static bool IsSame(string one, string other) => string.Equals(Bare(one), Bare(other), Comparison);

    /// <summary>Whether a file or folder lies in a folder, or below it.</summary>
    public static bool IsWithin(string path, string folder) =>
        path.StartsWith(Bare(folder) + Path.DirectorySeparatorChar, Comparison);

    public static bool IsSameOrWithin(string path, string folder) => IsSame(path, folder) || IsWithin(path, folder);

    /// <summary>
    /// Whether a document under a path that leads nowhere here may be one of this inbox, which another machine, or another session, has
    /// under another path. What lies in a folder of filed documents is none.
    /// </summary>
    /// <param name="path">Full path on that machine.</param>
    /// <param name="input">The path of the document below the inbox.</param>
    public static bool MayBeSameElsewhere(string path, string input)
    {
        string there = path.Replace('\\', '/'), below = "/" + input.Replace('\\', '/');
        return there.EndsWith(below, StringComparison.OrdinalIgnoreCase) && !File.Exists(path)
            && !Array.Exists(FilingDesk.Folders, folder => there.Substring(0, there.Length - below.Length)
                .EndsWith("/" + folder, StringComparison.OrdinalIgnoreCase));
    }

    private static string Bare(string folder) => folder.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
}
