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

    private static string Bare(string folder) => folder.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
}
