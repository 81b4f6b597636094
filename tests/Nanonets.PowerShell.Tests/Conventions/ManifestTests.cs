using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using Nanonets.Help;

namespace Nanonets.PowerShell.Tests.Conventions;

public class ManifestTests
{
    private static readonly Hashtable s_manifest = Read(Path.Combine(Surface.Folder, "Nanonets.psd1"));

    [Fact]
    public void Exports_exactly_the_cmdlets_there_are_by_name_and_in_order()
    {
        string[] exported = List("CmdletsToExport");
        string[] existing = [.. Surface.Module.GetTypes().Select(static type => type.GetCustomAttribute<CmdletAttribute>()).OfType<CmdletAttribute>()
            .Select(static cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}").Order(StringComparer.Ordinal)];
        Assert.Equal(existing, exported);
        Assert.Equal(existing, Surface.Cmdlets.Select(static cmdlet => cmdlet.Name));
        Assert.Empty(List("FunctionsToExport"));
        Assert.Empty(List("AliasesToExport"));
        Assert.Empty(List("VariablesToExport"));
    }

    [Fact]
    public void Lists_every_format_and_types_file_there_is()
    {
        string[] files = [.. Directory.GetFiles(Surface.Folder, "*.ps1xml").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(files, List("FormatsToProcess").Concat(List("TypesToProcess")).Order(StringComparer.Ordinal));
        Assert.All(List("FormatsToProcess"), static file => Assert.EndsWith(".Format.ps1xml", file));
    }

    [Fact]
    public void Has_one_version_with_the_assemblies_and_the_changelog()
    {
        string version = (string)s_manifest["ModuleVersion"]!;
        string root = Repository.Find().Root;
        Assert.Equal(version, Surface.Module.GetName().Version!.ToString(3));
        foreach (string assembly in Directory.GetFiles(Surface.Folder, "Nanonets.*.dll", SearchOption.AllDirectories))
            Assert.Equal(version, AssemblyName.GetAssemblyName(assembly).Version!.ToString(3));

        // The newest section is either this version's or what is not yet published.
        string newest = File.ReadLines(Path.Combine(root, "CHANGELOG.md")).First(static line => line.StartsWith("## [", StringComparison.Ordinal));
        Assert.Contains(newest.Split('[', ']')[1], new[] { version, "Unreleased" });
    }

    [Fact]
    public void Says_what_a_gallery_shows()
    {
        var data = (Hashtable)((Hashtable)s_manifest["PrivateData"]!)["PSData"]!;
        Assert.Equal(Repository.ProjectUrl, data["ProjectUri"]);
        Assert.StartsWith(Repository.ProjectUrl, (string)data["LicenseUri"]!);
        Assert.NotEmpty((string)data["ReleaseNotes"]!);
        Assert.Contains("PSEdition_Core", ((object[])data["Tags"]!).Cast<string>());
        Assert.Contains("PSEdition_Desktop", ((object[])data["Tags"]!).Cast<string>());

        // A tag with a space would be two tags in a gallery.
        Assert.All(((object[])data["Tags"]!).Cast<string>(), static tag => Assert.DoesNotContain(' ', tag));
    }

    private static string[] List(string key) => [.. ((object[])s_manifest[key]!).Cast<string>()];

    /// <summary>Reads the table without running it, but for the choice of the root module.</summary>
    private static Hashtable Read(string path)
    {
        ScriptBlockAst file = Parser.ParseFile(path, out _, out ParseError[] errors);
        Assert.Empty(errors);
        var table = (HashtableAst)file.Find(static node => node is HashtableAst, false)!;
        var result = new Hashtable();
        foreach ((ExpressionAst key, StatementAst value) in table.KeyValuePairs.Where(static pair => pair.Item1.ToString() != "RootModule"))
            result[key.SafeGetValue()] = value.Find(static node => node is ExpressionAst, false) is ExpressionAst expression ? expression.SafeGetValue() : null;
        return result;
    }
}
