using System;
using System.Linq;
using System.Text.RegularExpressions;
using Nanonets.Help.Model;

namespace Nanonets.Help.Writing;

/// <summary>
/// Writes the names of the cmdlets into the manifest. They stand there one by one, since the engine loads a module on the first use of a
/// command only when the manifest names it.
/// </summary>
public static partial class ManifestExports
{
    /// <summary>Replaces the list of exported cmdlets.</summary>
    /// <param name="manifest">The manifest as it is.</param>
    /// <param name="help">The cmdlets there are.</param>
    /// <returns>The manifest with the list as it should be.</returns>
    /// <exception cref="InvalidOperationException">The manifest has no list of cmdlets.</exception>
    public static string Write(string manifest, ModuleHelp help)
    {
        Group list = Exports().Match(manifest).Groups["list"];
        if (!list.Success)
            throw new InvalidOperationException("The manifest has no CmdletsToExport = @( … ).");
        string names = string.Concat(help.Cmdlets.Select(static cmdlet => $"        '{cmdlet.Name}'\n"));
        return string.Concat(manifest.AsSpan(0, list.Index), names, manifest.AsSpan(list.Index + list.Length));
    }

    [GeneratedRegex(@"^    CmdletsToExport\s*= @\(\n(?<list>(?: {8}'[^']*'\n)*)    \)", RegexOptions.Multiline)]
    private static partial Regex Exports();
}
