using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Nanonets.Package;

/// <summary>The folder that becomes the package, laid out as PowerShell looks for modules: name, then version.</summary>
/// <param name="path">Full path of the version's folder.</param>
public sealed class ModuleFolder(string path)
{
    /// <summary>Full path of the version's folder.</summary>
    public string Path { get; } = path;

    /// <summary>Full path of the manifest.</summary>
    public string Manifest => System.IO.Path.Combine(Path, "Nanonets.psd1");

    /// <summary>All files, in one order on every system.</summary>
    public IReadOnlyList<ModuleFile> Files =>
    [
        .. Directory.GetFiles(Path, "*", SearchOption.AllDirectories)
            .Select(file => new ModuleFile(System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'), file))
            .OrderBy(static file => file.Name, StringComparer.Ordinal),
    ];

    /// <summary>Makes the folder anew from another one.</summary>
    /// <param name="source">The staged module.</param>
    public void CopyFrom(string source)
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, true);
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

/// <summary>A file of the module.</summary>
/// <param name="Name">Its path in the module, with slashes.</param>
/// <param name="FullPath">Where it is.</param>
public sealed record ModuleFile(string Name, string FullPath)
{
    /// <summary>Whether it is code that a machine runs: an assembly or a native library.</summary>
    public bool IsBinary => System.IO.Path.GetExtension(Name) is ".dll" or ".so" or ".dylib";

    /// <summary>Whether it is built here.</summary>
    public bool IsOurs => !IsBinary || System.IO.Path.GetFileName(Name).StartsWith("Nanonets.", StringComparison.Ordinal);
}
