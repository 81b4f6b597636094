using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>The files of this repository, for tests of what is written about the code.</summary>
public static class RepositoryFiles
{
    /// <summary>Folders that builds, editors and tools make.</summary>
    private static readonly HashSet<string> s_made = ["bin", "obj", "artifacts", "TestResults", ".git", ".vs", ".vscode", ".idea"];

    /// <summary>The root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The manifest of the module that the build has staged.</summary>
    public static string StagedManifest { get; } = Path.Combine(Root, "artifacts", "module", "Nanonets", "Nanonets.psd1");

    /// <summary>Files with an extension, as paths from the root with slashes.</summary>
    public static IEnumerable<string> With(string extension) => Files(new DirectoryInfo(Root), extension)
        .Select(static file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/')).Order(StringComparer.Ordinal);

    /// <summary>The text of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder, string extension) => folder.EnumerateFiles("*" + extension)
        .Concat(
            folder.EnumerateDirectories().Where(static child => !s_made.Contains(child.Name)).SelectMany(child => Files(child, extension)));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nanonets.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"There is no Nanonets.sln above {AppContext.BaseDirectory}.");
    }
}
