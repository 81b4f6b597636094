using System;
using System.Management.Automation;
using Nanonets.Errors;

namespace Nanonets.Binding;

/// <summary>Where a path leads that a parameter names: relative to the current location, never into another provider.</summary>
internal static class FileSystemPath
{
    /// <summary>The full path. It need not exist; what is no path of the file system ends the cmdlet.</summary>
    public static string Of(PSCmdlet cmdlet, string given)
    {
        Exception? cause = null;
        try
        {
            string path = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out ProviderInfo provider, out _);
            if (Is(provider))
                return path;
        }
        catch (RuntimeException unresolvable)
        {
            cause = unresolvable;
        }

        ErrorRecord error = ErrorTable.NotFileSystemPath(given, cause);
        cmdlet.ThrowTerminatingError(error);
        throw error.Exception;
    }

    /// <summary>Whether a provider is that of the file system.</summary>
    public static bool Is(ProviderInfo provider) => string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase);
}
