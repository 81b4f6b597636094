using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Nanonets.Help;

/// <summary>Where things are in the repository that this program was built in.</summary>
public sealed class Repository
{
    private Repository(string root) => Root = root;

    /// <summary>Full path of the repository.</summary>
    public string Root { get; }

    /// <summary>The manifest of the module that the build has staged.</summary>
    public string StagedManifest => Combine("artifacts/module/Nanonets/Nanonets.psd1");

    /// <summary>
    /// The module that the build has staged. It is read without its manifest, which a new cmdlet is only then added to.
    /// </summary>
    public string StagedModule => Combine("artifacts/module/Nanonets/core/Nanonets.PowerShell.dll");

    /// <summary>The manifest, whose list of cmdlets comes from the module.</summary>
    public string ManifestFile => Combine("Nanonets.psd1");

    /// <summary>
    /// The compiler's documentation files. Those of net8.0, whose module is the one that is imported.
    /// </summary>
    public string DocumentationFolder => Combine($"src/Nanonets.PowerShell/bin/{Configuration}/net8.0");

    /// <summary>The help file that the engine reads.</summary>
    public string MamlFile => Combine("en-US/Nanonets.PowerShell.dll-Help.xml");

    /// <summary>The reference that people read.</summary>
    public string ReferenceFolder => Combine("docs/reference");

    /// <summary>What the HTTP core shows to others.</summary>
    public string ClientApiFile => Combine("src/Nanonets.Client/PublicApi.txt");

    /// <summary>What scripts touch.</summary>
    public string CmdletSurfaceFile => Combine("src/Nanonets.PowerShell/PublicApi.txt");

    /// <summary>Address of the project on the web, from the build settings.</summary>
    public static string ProjectUrl => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ProjectUrl").Value!;

    private static string Configuration => typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The repository around this program.</summary>
    /// <returns>The repository.</returns>
    /// <exception cref="DirectoryNotFoundException">The program was copied out of its repository.</exception>
    public static Repository Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Nanonets.sln")))
                return new Repository(folder.FullName);
        }

        throw new DirectoryNotFoundException($"There is no Nanonets.sln above {AppContext.BaseDirectory}.");
    }

    private string Combine(string relative) => Path.GetFullPath(Path.Combine(Root, relative));
}
