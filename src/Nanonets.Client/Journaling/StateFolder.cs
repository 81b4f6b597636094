using System;
using System.IO;

namespace Nanonets.Journaling;

/// <summary>Where the module keeps what belongs to one user on one machine.</summary>
internal static class StateFolder
{
    private const string Variable = "NANONETS_STATE_FOLDER";

    /// <summary>
    /// The folder of what is known of journals; it need not be there. Null for a user who has no profile and
    /// names no folder.
    /// </summary>
    public static string? Journals
    {
        get
        {
            try
            {
                return Root() is { } root ? Path.GetFullPath(Path.Combine(root, "journals")) : null;
            }
            catch (Exception unusable) when (unusable is ArgumentException or NotSupportedException or IOException)
            {
                // Named, but with characters that no path has.
                return null;
            }
        }
    }

    private static string? Root()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return named;

        string local = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0 ? Path.Combine(local, "Nanonets") : null;
    }
}
