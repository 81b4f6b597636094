using System;
using System.IO;
using System.Management.Automation;
using Nanonets.Errors;

namespace Nanonets.Binding;

/// <summary>
/// Where a path leads that a parameter names: relative to the current location, over drives, never into another provider.
/// Nothing in it is a wildcard. The path of a file object is exactly that file.
/// </summary>
internal static class FileSystemPath
{
    /// <summary>The full path. It need not exist; what is no path of the file system ends the cmdlet.</summary>
    public static string Of(PSCmdlet cmdlet, string given)
    {
        if (Find(cmdlet.SessionState, given, out Exception? cause) is { } path)
            return path;

        ErrorRecord error = ErrorTable.NotFileSystemPath(given, cause);
        cmdlet.ThrowTerminatingError(error);
        throw error.Exception;
    }

    /// <summary>The full path of a folder to write to. It need not exist; what can be no folder ends the cmdlet.</summary>
    public static string FolderOf(PSCmdlet cmdlet, string given)
    {
        string? folder = Find(cmdlet.SessionState, given);
        string why = folder is null ? "It is not a folder of the file system." : "It is a file.";
        if (folder is not null && !File.Exists(folder))
        {
            try
            {
                // As Windows will name it: without a blank or dot at its end.
                return Path.GetFullPath(folder);
            }
            catch (Exception unnameable) when (unnameable is ArgumentException or NotSupportedException or PathTooLongException)
            {
                why = unnameable.Message;
            }
        }

        ErrorRecord error = ErrorTable.DestinationInvalid(folder ?? given, why);
        cmdlet.ThrowTerminatingError(error);
        throw error.Exception;
    }

    /// <summary>Makes a folder to write to, where it is not there; where it cannot be made, the cmdlet ends.</summary>
    public static void MakeFolder(PSCmdlet cmdlet, string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(ErrorTable.DestinationInvalid(path, failure.Message));
        }
    }

    /// <summary>The full path; null for a path of another provider, on a drive that does not exist, or that no file can have.</summary>
    /// <param name="session">Whose current location and drives count.</param>
    /// <param name="given">Text, or a path that <see cref="PathTransformationAttribute"/> took from an object.</param>
    public static string? Find(SessionState session, string given) => Find(session, given, out _);

    /// <summary>Whether a provider is that of the file system.</summary>
    public static bool Is(ProviderInfo provider) => string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the engine, or below it the .NET Framework, says that no file can have a path.</summary>
    public static bool IsUnresolvable(Exception failure) =>
        failure is RuntimeException or ArgumentException or NotSupportedException or IOException;

    private static string? Find(SessionState session, string given, out Exception? cause)
    {
        cause = null;
        if (IsExact(given))
            return given;

        try
        {
            string full = session.Path.GetUnresolvedProviderPathFromPSPath(given, out ProviderInfo provider, out _);
            return Is(provider) ? full : null;
        }
        catch (Exception unresolvable) when (IsUnresolvable(unresolvable))
        {
            cause = unresolvable;
            return null;
        }
    }

    /// <summary>
    /// Whether the engine must not read the path: on Unix it would take a backslash in a name for a separator and find another file. On
    /// Windows a drive may be one of PowerShell's own, unless the file is there under exactly this path.
    /// </summary>
    private static bool IsExact(string path)
    {
        if (!MarkedText.ObjectPath.Has(path))
            return false;
        if (Path.DirectorySeparatorChar == '/')
            return path[0] == '/';

        bool isFull = path.Length > 2 && ((path[1] == ':' && path[2] == '\\') || (path[0] == '\\' && path[1] == '\\'));
        return isFull && (File.Exists(path) || Directory.Exists(path));
    }
}
