using System.IO;
using System.Management.Automation;

namespace Nanonets.Binding;

/// <summary>Turns a path as PowerShell has it into the full path of the file system. Nothing in it is a wildcard.</summary>
internal static class FileSystemPath
{
    /// <summary>The full path; null for a path of another provider or of a drive that there is not.</summary>
    /// <param name="session">Whose current location and drives count.</param>
    /// <param name="path">Text, or a path that <see cref="PathTransformationAttribute"/> took from an object.</param>
    public static string? Find(SessionState session, string path)
    {
        if (IsExact(path))
            return path;

        try
        {
            string full = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? full : null;
        }
        catch (RuntimeException)
        {
            // No such drive or provider: the caller reports the path by name.
            return null;
        }
    }

    /// <summary>
    /// Whether the engine must not read the path: on Unix it would take a backslash in a name for a separator and find another file. On Windows a drive may be one of PowerShell's own, unless the
    /// file is there under exactly this path.
    /// </summary>
    private static bool IsExact(string path)
    {
        if (!MarkedText.ObjectPath.Has(path))
            return false;
        if (Path.DirectorySeparatorChar == '/')
            return path[0] == '/';

        bool isFull = path.Length > 2 && (path[1] == ':' || path[0] == '\\') && path[path[1] == ':' ? 2 : 1] == '\\';
        return isFull && (File.Exists(path) || Directory.Exists(path));
    }
}
