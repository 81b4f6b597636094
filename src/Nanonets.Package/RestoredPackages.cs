using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;

namespace Nanonets.Package;

/// <summary>The packages that the build of the module restored, found by the content of their files: names may change on the way into the module.</summary>
internal sealed class RestoredPackages
{
    /// <summary>The projects whose output ships.</summary>
    private static readonly string[] s_projects = ["Nanonets.Client", "Nanonets.PowerShell", "Nanonets.Journal"];

    private readonly Dictionary<string, RestoredPackage> _byHash = [];

    public static RestoredPackages Read(string root)
    {
        var packages = new RestoredPackages();
        foreach (string assets in s_projects.Select(project => Path.Combine(root, "src", project, "obj", "project.assets.json")).Where(File.Exists))
            packages.Add(assets);
        return packages;
    }

    public static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public RestoredPackage? FindFile(string hash) => _byHash.GetValueOrDefault(hash);

    private void Add(string assets)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(assets));
        string[] roots = [.. json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(static folder => folder.Name)];
        foreach (JsonProperty library in json.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() != "package")
                continue;

            string relative = library.Value.GetProperty("path").GetString()!;
            string folder = roots.Select(root => Path.Combine(root, relative)).First(Directory.Exists);
            string[] identity = library.Name.Split('/');
            var package = new RestoredPackage(identity[0], identity[1], folder);
            foreach (JsonElement file in library.Value.GetProperty("files").EnumerateArray())
            {
                string path = Path.Combine(folder, file.GetString()!);
                if (Path.GetExtension(path) is ".dll" or ".so" or ".dylib" && File.Exists(path))
                    _byHash.TryAdd(HashOf(path), package);
            }
        }
    }
}

/// <summary>A restored package.</summary>
internal sealed record RestoredPackage(string Id, string Version, string Folder)
{
    /// <summary>The licence as its nuspec gives it: an SPDX expression.</summary>
    public string License => Directory.GetFiles(Folder, "*.nuspec").Select(static file => XDocument.Load(file).Root!).SelectMany(static root => root.Descendants())
        .FirstOrDefault(static element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression")?.Value
        ?? throw new InvalidDataException($"{Id} {Version} names no licence by its SPDX expression.");
}
