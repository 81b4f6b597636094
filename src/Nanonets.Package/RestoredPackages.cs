using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;

namespace Nanonets.Package;

/// <summary>
/// The packages that the build of the module restored, found by the content of their files: names may change on the way into the module.
/// </summary>
internal sealed class RestoredPackages
{
    /// <summary>The projects whose output ships.</summary>
    private static readonly string[] s_projects =
        ["Nanonets.Client", "Nanonets.PowerShell", "Nanonets.Journal", "Nanonets.Journal.PostgreSql"];

    /// <summary>By length, since comparing contents of all would take long.</summary>
    private readonly ILookup<long, (string Path, RestoredPackage Package)> _files;

    private RestoredPackages(IEnumerable<RestoredPackage> packages) => _files = packages
        .SelectMany(static package => Directory.GetFiles(package.Folder, "*", SearchOption.AllDirectories).Select(file => (file, package)))
        .ToLookup(static entry => new FileInfo(entry.file).Length);

    public static RestoredPackages Read(string root) => new(s_projects
        .Select(project => Path.Combine(root, "src", project, "obj", "project.assets.json")).Where(File.Exists).SelectMany(Packages)
        .DistinctBy(static package => package.Folder));

    public static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>The package that holds a file of the same content; null when none does.</summary>
    public RestoredPackage? FindFile(string path, string hash) =>
        _files[new FileInfo(path).Length].FirstOrDefault(entry => HashOf(entry.Path) == hash).Package;

    private static List<RestoredPackage> Packages(string assets)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(assets));
        JsonElement root = json.RootElement;
        string[] folders = [.. root.GetProperty("packageFolders").EnumerateObject().Select(static folder => folder.Name)];
        IEnumerable<(string Id, string Version)> referenced = root.GetProperty("libraries").EnumerateObject()
            .Where(static library => library.Value.GetProperty("type").GetString() == "package")
            .Select(static library => (library.Name.Split('/')[0], library.Name.Split('/')[1]));

        // Packages that a project takes files from without referring to them have a range of one version, [x, x].
        IEnumerable<(string Id, string Version)> downloaded = root.GetProperty("project").GetProperty("frameworks").EnumerateObject()
            .SelectMany(static framework => framework.Value.TryGetProperty("downloadDependencies", out JsonElement list)
                ? list.EnumerateArray().ToArray()
                : [])
            .Select(static package =>
                (package.GetProperty("name").GetString()!, package.GetProperty("version").GetString()!.Trim('[', ']').Split(',')[0]))
            .Where(static package => !package.Item1.EndsWith(".Ref", StringComparison.Ordinal));
        return
        [
            .. from package in referenced.Concat(downloaded)
               let folder = folders.Select(parent =>
                   Path.Combine(parent, package.Id.ToLowerInvariant(), package.Version.ToLowerInvariant())).FirstOrDefault(Directory.Exists)
               where folder is not null
               select new RestoredPackage(package.Id, package.Version, folder),
        ];
    }
}
