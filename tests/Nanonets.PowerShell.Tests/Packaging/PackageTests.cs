using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using Nanonets.Help;
using Nanonets.Package;
using Nanonets.PowerShell.Tests.Conventions;

namespace Nanonets.PowerShell.Tests.Packaging;

/// <summary>The package that people install, made from the staged module. Pester installs it, in tests/Pester/Package.Tests.ps1.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanonets-package-").FullName;
    private readonly PackageSource _source = new(Repository.Find().Root, Repository.Find().StagedManifest);

    private ModuleFolder Module
    {
        get
        {
            var module = new ModuleFolder(Path.Combine(_folder, "made", "Nanonets", _source.Manifest.Version));
            module.CopyFrom(_source.StagedFolder);
            return module;
        }
    }

    [Fact]
    public void The_same_files_give_the_same_bytes()
    {
        ModuleFolder module = Module;
        byte[] first = Pack(module);
        foreach (ModuleFile file in module.Files)
            File.SetLastWriteTimeUtc(file.FullPath, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(first, Pack(module));
        Assert.Equal(BillOfMaterials.Write(_source, module), BillOfMaterials.Write(_source, module));
    }

    [Fact]
    public void It_is_laid_out_as_a_gallery_expects()
    {
        ModuleFolder module = Module;
        using var zip = new ZipArchive(new MemoryStream(Pack(module)));
        XElement metadata = Xml(zip, "Nanonets.nuspec").Elements().Single();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        Assert.Equal("Nanonets", Value("id"));
        Assert.Equal(_source.Manifest.Version, Value("version"));
        Assert.Equal(Repository.ProjectUrl, Value("projectUrl"));
        Assert.Equal("MIT", Value("license"));
        Assert.NotEmpty(Value("releaseNotes"));
        string[] tags = Value("tags").Split(' ');
        Assert.Contains("PSModule", tags);
        Assert.Equal(Surface.Cmdlets.Select(static cmdlet => $"PSCmdlet_{cmdlet.Name}"),
            tags.Where(static tag => tag.StartsWith("PSCmdlet_", StringComparison.Ordinal)));

        // Every file has a content type, and the module's files are all there.
        HashSet<string> types = [.. Xml(zip, "[Content_Types].xml").Elements()
            .Select(static type => (string?)type.Attribute("Extension") ?? (string)type.Attribute("PartName")!)];
        Assert.All(zip.Entries.Where(static entry => entry.Name != "[Content_Types].xml"), entry => Assert.True(
            types.Contains(Path.GetExtension(entry.Name).TrimStart('.')) || types.Contains($"/{entry.FullName}"), entry.FullName));
        Assert.Superset(module.Files.Select(static file => file.Name).ToHashSet(),
            zip.Entries.Select(static entry => Uri.UnescapeDataString(entry.FullName)).ToHashSet());
    }

    [Fact]
    public void The_bill_of_materials_names_everything_that_runs()
    {
        ModuleFolder module = Module;
        using JsonDocument list = JsonDocument.Parse(BillOfMaterials.Write(_source, module));
        JsonElement[] components = [.. list.RootElement.GetProperty("components").EnumerateArray()];
        Assert.Equal(module.Files.Where(static file => file.IsBinary).Select(static file => file.Name),
            components.Select(static part => part.GetProperty("bom-ref").GetString()!));
        string notices = File.ReadAllText(Path.Combine(module.Path, "THIRD-PARTY-NOTICES.txt"));
        Assert.All(components.Where(static part => part.TryGetProperty("purl", out _)),
            part => Assert.Contains(part.GetProperty("name").GetString()!, notices));
        JsonElement json = components.Single(static part => part.GetProperty("bom-ref").GetString() == "desktop/System.Text.Json.dll");
        Assert.StartsWith("pkg:nuget/System.Text.Json@", json.GetProperty("purl").GetString());
        Assert.Equal(64, json.GetProperty("hashes")[0].GetProperty("content").GetString()!.Length);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static XElement Xml(ZipArchive zip, string entry)
    {
        using Stream stream = zip.GetEntry(entry)!.Open();
        return XDocument.Load(stream).Root!;
    }

    private byte[] Pack(ModuleFolder module)
    {
        using var package = new MemoryStream();
        GalleryPackage.Write(package, _source, module);
        return package.ToArray();
    }
}
