using System;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nanonets.Package;

/// <summary>
/// Writes what ships, as CycloneDX 1.5: every assembly and native library with its hash, and for foreign ones the package it came from.
/// </summary>
public static class BillOfMaterials
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the list. It carries no time and no number of its own: the same files give the same text.</summary>
    /// <param name="source">Where the packages that were restored are listed.</param>
    /// <param name="folder">The files.</param>
    /// <returns>JSON.</returns>
    /// <exception cref="InvalidDataException">A foreign file is in no package that was restored.</exception>
    public static string Write(PackageSource source, ModuleFolder folder)
    {
        RestoredPackages packages = RestoredPackages.Read(source.Root);
        var list = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.5",
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["component"] = Component("Nanonets", source.Manifest.Version, "MIT") },
            ["components"] = new JsonArray(
                [.. folder.Files.Where(static file => file.IsBinary).Select(file => Component(file, source, packages))]),
        };
        return list.ToJsonString(s_options) + "\n";
    }

    private static JsonObject Component(ModuleFile file, PackageSource source, RestoredPackages packages)
    {
        string hash = RestoredPackages.HashOf(file.FullPath);
        RestoredPackage? package = file.IsOurs ? null : packages.FindFile(file.FullPath, hash)
            ?? throw new InvalidDataException($"{file.Name} is in no restored package: where does it come from?");
        JsonObject component = package is null
            ? Component(Path.GetFileNameWithoutExtension(file.Name), source.Manifest.Version, "MIT")
            : Component(package.Id, package.Version, package.License);
        component["bom-ref"] = file.Name;
        component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-256", ["content"] = hash });
        if (package is not null)
            component["purl"] = $"pkg:nuget/{package.Id}@{package.Version}";
        component["properties"] = new JsonArray(new JsonObject { ["name"] = "nanonets:file", ["value"] = file.Name });
        return component;
    }

    private static JsonObject Component(string name, string version, string license) => new()
    {
        ["type"] = "library",
        ["bom-ref"] = name,
        ["name"] = name,
        ["version"] = version,
        ["licenses"] = new JsonArray(
            license.Contains(' ', StringComparison.Ordinal)
                ? new JsonObject { ["expression"] = license }
                : new JsonObject { ["license"] = new JsonObject { ["id"] = license } }),
    };
}
