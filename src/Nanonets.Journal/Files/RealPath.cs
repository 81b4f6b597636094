using System;
using System.IO;

namespace Nanonets.Journal.Files;

/// <summary>Follows links, so that two ways to one folder are one folder.</summary>
internal static class RealPath
{
    /// <summary>As many links as Linux follows: more are a circle.</summary>
    private const int MostLinks = 40;

    private static readonly StringComparison s_comparison =
        Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

#if NETSTANDARD2_0
    /// <summary>The folder as it stands: Windows PowerShell's framework cannot follow links.</summary>
    public static string Of(string folder) => Path.GetFullPath(folder);
#else
    /// <summary>The folder with every link on its way followed.</summary>
    public static string Of(string folder) => Of(folder, LinkOf);

    /// <summary>The text of a link; null for what is no link, and where nobody may look.</summary>
    private static string? LinkOf(string path)
    {
        try
        {
            return new DirectoryInfo(path).LinkTarget;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
#endif

    /// <param name="folder">The folder.</param>
    /// <param name="linkOf">The text of the link that a full path is; null for what is no link.</param>
    /// <returns>The folder with every link on its way followed; the first path on another machine, where one leads there.</returns>
    internal static string Of(string folder, Func<string, string?> linkOf)
    {
        int links = MostLinks;
        return Follow(Path.GetFullPath(folder), linkOf, ref links);
    }

    private static string Follow(string full, Func<string, string?> linkOf, ref int links)
    {
        string real = Path.GetPathRoot(full) ?? string.Empty;
        foreach (string part in full.Substring(real.Length).Split([Path.DirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Combine(real, part);
            string? target = links > 0 ? DevicePath.OfLink(linkOf(next)) : null;
            if (target is not null && DevicePath.IsElsewhere(target))
                return target;

            // A volume that is mounted in a folder may name that folder as its target.
            string to = target is null ? next : Path.GetFullPath(Path.Combine(real, target));
            if (string.Equals(to, next, s_comparison))
            {
                real = next;
                continue;
            }

            links--;
            real = Follow(to, linkOf, ref links);
            if (DevicePath.IsElsewhere(real))
                return real;
        }

        return real;
    }
}
