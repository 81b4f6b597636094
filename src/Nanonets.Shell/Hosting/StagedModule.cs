using System;
using System.IO;

namespace Nanonets.Shell.Hosting;

/// <summary>Finds the module that the build has staged, from where this program lies.</summary>
public static class StagedModule
{
    private const string RelativeManifest = "artifacts/module/Nanonets/Nanonets.psd1";

    /// <summary>The staged manifest.</summary>
    /// <returns>Full path of the manifest.</returns>
    /// <exception cref="FileNotFoundException">Nothing is staged: the solution was not built.</exception>
    public static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, RelativeManifest);
            if (File.Exists(manifest))
                return manifest;
        }

        throw new FileNotFoundException($"There is no {RelativeManifest} above {AppContext.BaseDirectory}. Build first: dotnet build Nanonets.sln");
    }
}
