using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Nanonets.PowerShell.Tests.Conventions;

/// <summary>A using says one thing: which of our assemblies a name comes from. Only what scripts touch is in Nanonets itself.</summary>
public class NamespaceTests
{
    [Fact]
    public void No_namespace_stands_in_two_assemblies()
    {
        ILookup<string, string> assemblies = Assemblies.SelectMany(static file => Namespaces(file).Select(name => (name, file.Key)))
            .ToLookup(static pair => pair.name, static pair => pair.Key);
        Assert.Contains("Nanonets.Http", assemblies.Select(static same => same.Key));
        Assert.All(assemblies, static same => Assert.True(same.Count() == 1, $"{same.Key} stands in {string.Join(" and ", same)}."));
    }

    /// <summary>Our assemblies by name: the staged ones of PowerShell 7, and the tools that these tests use.</summary>
    private static Dictionary<string, string> Assemblies =>
        Directory.GetFiles(Surface.Folder, "Nanonets.*.dll", SearchOption.AllDirectories)
        .Concat(Directory.GetFiles(AppContext.BaseDirectory, "Nanonets.*.dll"))
        .Where(static file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal))
        .GroupBy(static file => Path.GetFileNameWithoutExtension(file))
        .ToDictionary(static same => same.Key, static same => same.First());

    private static IEnumerable<string> Namespaces(KeyValuePair<string, string> file)
    {
        using var image = new PEReader(File.OpenRead(file.Value));
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(handle => metadata.GetString(metadata.GetTypeDefinition(handle).Namespace)).Distinct()
            .Where(static name => name.StartsWith("Nanonets.", StringComparison.Ordinal))];
    }
}
