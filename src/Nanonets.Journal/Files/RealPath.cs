using System;
using System.IO;

namespace Nanonets.Journaling.Files;

/// <summary>Follows links, so that two ways to one folder are one folder.</summary>
internal static class RealPath
{
#if NETSTANDARD2_0
    /// <summary>The folder as it stands: Windows PowerShell's framework cannot follow links.</summary>
    public static string Of(string folder) => Path.GetFullPath(folder);
#else
    /// <summary>The folder with every link on its way followed.</summary>
    public static string Of(string folder)
    {
        string full = Path.GetFullPath(folder);
        string root = Path.GetPathRoot(full) ?? string.Empty;
        string real = root;
        foreach (string part in full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Combine(real, part);
            real = Directory.ResolveLinkTarget(next, returnFinalTarget: true) is { } target ? Of(target.FullName) : next;
        }

        return real.Length == 0 ? full : real;
    }
#endif
}
