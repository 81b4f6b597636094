using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using Nanonets.Help;
using Nanonets.Package;

namespace Nanonets.PowerShell.Tests.Conventions;

public class ManifestTests
{
    private static readonly ModuleManifest s_manifest = ModuleManifest.Read(Path.Combine(Surface.Folder, "Nanonets.psd1"));

    [Fact]
    public void Exports_exactly_the_cmdlets_there_are_by_name_and_in_order()
    {
        IReadOnlyList<string> exported = s_manifest.List("CmdletsToExport");
        string[] existing =
            [.. Surface.Module.GetTypes().Select(static type => type.GetCustomAttribute<CmdletAttribute>()).OfType<CmdletAttribute>()
            .Select(static cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}").Order(StringComparer.Ordinal)];
        Assert.Equal(existing, exported);
        Assert.Equal(existing, Surface.Cmdlets.Select(static cmdlet => cmdlet.Name));
        Assert.Empty(s_manifest.List("FunctionsToExport"));
        Assert.Empty(s_manifest.List("AliasesToExport"));
        Assert.Empty(s_manifest.List("VariablesToExport"));
    }

    [Fact]
    public void Lists_every_format_and_types_file_there_is()
    {
        string[] files =
            [.. Directory.GetFiles(Surface.Folder, "*.ps1xml").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(files, s_manifest.List("FormatsToProcess").Concat(s_manifest.List("TypesToProcess")).Order(StringComparer.Ordinal));
        Assert.All(s_manifest.List("FormatsToProcess"), static file => Assert.EndsWith(".Format.ps1xml", file));
    }

    [Fact]
    public void Imported_from_the_root_of_a_clone_it_has_its_help()
    {
        string manifest = Path.Combine(Repository.Find().Root, "Nanonets.psd1").Replace("'", "''", StringComparison.Ordinal);
        string shown = Surface.Show(
            $"Remove-Module Nanonets; Import-Module '{manifest}'; (Get-Help Send-NanonetsDocument).Synopsis; Get-Help about_Nanonets");
        Assert.Contains("Uploads documents to a Nanonets model.", shown);
        Assert.Contains("about_Nanonets_Journal", shown);
    }

    [Fact]
    public void Has_one_version_with_the_assemblies_and_the_changelog()
    {
        string version = s_manifest.Version;
        string root = Repository.Find().Root;
        Assert.Equal(version, Surface.Module.GetName().Version!.ToString(3));
        foreach (string assembly in Directory.GetFiles(Surface.Folder, "Nanonets.*.dll", SearchOption.AllDirectories))
            Assert.Equal(version, AssemblyName.GetAssemblyName(assembly).Version!.ToString(3));

        // The newest section is either this version's or what is not yet published.
        string newest = File.ReadLines(Path.Combine(root, "CHANGELOG.md"))
            .First(static line => line.StartsWith("## [", StringComparison.Ordinal));
        Assert.Contains(newest.Split('[', ']')[1], new[] { version, "Unreleased" });
    }

    [Fact]
    public void Says_what_a_gallery_shows()
    {
        Assert.Equal(Repository.ProjectUrl, s_manifest.Gallery["ProjectUri"]);
        Assert.StartsWith(Repository.ProjectUrl, (string)s_manifest.Gallery["LicenseUri"]!);
        Assert.NotEmpty((string)s_manifest.Gallery["ReleaseNotes"]!);
        Assert.Contains("PSEdition_Core", s_manifest.Tags);
        Assert.Contains("PSEdition_Desktop", s_manifest.Tags);

        // A tag with a space would be two tags in a gallery.
        Assert.All(s_manifest.Tags, static tag => Assert.DoesNotContain(' ', tag));
    }
}
