using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Nanonets.Package;

/// <summary>
/// Writes a .nupkg as the PowerShell Gallery and Install-PSResource expect it: the module's files at the top, with a nuspec. The same files
/// give the same bytes: entries are in order and carry no time.
/// </summary>
public static class GalleryPackage
{
    /// <summary>The earliest time a zip file can hold.</summary>
    private static readonly DateTimeOffset s_noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly XNamespace s_nuspec = "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd";
    private static readonly XNamespace s_types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace s_relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace s_properties = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace s_dublinCore = "http://purl.org/dc/elements/1.1/";

    /// <summary>Writes the package.</summary>
    /// <param name="target">Where to; stays open.</param>
    /// <param name="source">What the manifest and the changelog say.</param>
    /// <param name="folder">The files.</param>
    public static void Write(Stream target, PackageSource source, ModuleFolder folder)
    {
        string nuspec = Text(Nuspec(source));
        string properties = $"package/services/metadata/core-properties/{Digest(nuspec)}.psmdcp";
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "_rels/.rels", Text(Relationships(properties)));
        Add(zip, "Nanonets.nuspec", nuspec);
        foreach (ModuleFile file in folder.Files)
        {
            using Stream content = File.OpenRead(file.FullPath);
            using Stream entry = Entry(zip, string.Join('/', file.Name.Split('/').Select(Uri.EscapeDataString)));
            content.CopyTo(entry);
        }

        Add(zip, "[Content_Types].xml", Text(ContentTypes(folder)));
        Add(zip, properties, Text(CoreProperties(source)));
    }

    private static XElement Nuspec(PackageSource source) => new(
        s_nuspec + "package",
        new XElement(
            s_nuspec + "metadata",
            Field("id", "Nanonets"),
            Field("version", source.Manifest.Version),
            Field("authors", source.Manifest.Text("Author")),
            Field("owners", source.Manifest.Text("CompanyName")),
            Field("requireLicenseAcceptance", "false"),
            new XElement(s_nuspec + "license", new XAttribute("type", "expression"), "MIT"),
            Field("licenseUrl", "https://licenses.nuget.org/MIT"),
            Field("projectUrl", (string)source.Manifest.Gallery["ProjectUri"]!),
            Field("description", source.Manifest.Text("Description")),
            Field("releaseNotes", source.ReleaseNotes),
            Field("copyright", source.Manifest.Text("Copyright")),
            Field("tags", string.Join(' ', Tags(source)))));

    /// <summary>The gallery finds modules and their commands by tags of these forms.</summary>
    private static IEnumerable<string> Tags(PackageSource source) =>
    [
        "PSModule", .. source.Manifest.Tags, "PSIncludes_Cmdlet",
        .. source.Manifest.List("CmdletsToExport").SelectMany(static cmdlet => new[] { $"PSCmdlet_{cmdlet}", $"PSCommand_{cmdlet}" }),
    ];

    private static XElement Field(string name, string value) => new(s_nuspec + name, value);

    private static XElement Relationships(string properties) => new(
        s_relationships + "Relationships",
        Relationship("http://schemas.microsoft.com/packaging/2010/07/manifest", "/Nanonets.nuspec", "R1"),
        Relationship("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", $"/{properties}", "R2"));

    private static XElement Relationship(string type, string target, string id) => new(
        s_relationships + "Relationship", new XAttribute("Type", type), new XAttribute("Target", target), new XAttribute("Id", id));

    private static XElement ContentTypes(ModuleFolder folder)
    {
        ILookup<bool, ModuleFile> byExtension = folder.Files.ToLookup(static file => Path.GetExtension(file.Name).Length > 1);
        IEnumerable<string> extensions = byExtension[true].Select(static file => Path.GetExtension(file.Name)[1..].ToLowerInvariant())
            .Append("nuspec")
            .Distinct().Order(StringComparer.Ordinal);
        return new XElement(
            s_types + "Types",
            Default("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            Default("psmdcp", "application/vnd.openxmlformats-package.core-properties+xml"),
            extensions.Select(static extension => Default(extension, "application/octet")),
            byExtension[false].Select(static file => new XElement(
                s_types + "Override", new XAttribute("PartName", $"/{file.Name}"), new XAttribute("ContentType", "application/octet"))));
    }

    private static XElement Default(string extension, string type) =>
        new(s_types + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type));

    private static XElement CoreProperties(PackageSource source) => new(
        s_properties + "coreProperties",
        new XElement(s_dublinCore + "creator", source.Manifest.Text("Author")),
        new XElement(s_dublinCore + "description", source.Manifest.Text("Description")),
        new XElement(s_dublinCore + "identifier", "Nanonets"),
        new XElement(s_properties + "version", source.Manifest.Version),
        new XElement(s_properties + "keywords", string.Join(' ', source.Manifest.Tags)));

    private static string Text(XElement element) =>
        $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{element.ToString().ReplaceLineEndings("\n")}\n";

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];

    private static void Add(ZipArchive zip, string name, string text)
    {
        using Stream entry = Entry(zip, name);
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    private static Stream Entry(ZipArchive zip, string name)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = s_noTime;

        // The permissions of a file on the build machine are nobody's business.
        entry.ExternalAttributes = 0;
        return entry.Open();
    }
}
