using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Nanonets.Package;

/// <summary>What a package is made from: the staged module with its manifest, the changelog, and where its libraries came from.</summary>
/// <param name="root">Full path of the repository.</param>
/// <param name="manifest">The staged manifest.</param>
public sealed class PackageSource(string root, string manifest)
{
    /// <summary>Full path of the repository.</summary>
    public string Root { get; } = root;

    /// <summary>Full path of the staged module.</summary>
    public string StagedFolder { get; } = Path.GetDirectoryName(manifest)!;

    /// <summary>The staged manifest.</summary>
    public ModuleManifest Manifest { get; } = ModuleManifest.Read(manifest);

    /// <summary>What changed in this version: its section of the changelog, or the one of what is not yet published.</summary>
    public string ReleaseNotes
    {
        get
        {
            string[] lines = File.ReadAllLines(Path.Combine(Root, "CHANGELOG.md"));
            int start = Array.FindIndex(lines, line => line.StartsWith($"## [{Manifest.Version}]", StringComparison.Ordinal));
            if (start < 0)
                start = Array.FindIndex(lines, static line => line.StartsWith("## [", StringComparison.Ordinal));
            IEnumerable<string> section = lines.Skip(start + 1).TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal));
            return string.Join('\n', section).Trim();
        }
    }
}
