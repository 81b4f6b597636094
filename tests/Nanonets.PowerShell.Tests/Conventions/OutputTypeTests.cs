using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;

namespace Nanonets.PowerShell.Tests.Conventions;

/// <summary>What the objects keep to that reach users.</summary>
public class OutputTypeTests
{
    private static IEnumerable<XElement> Views => Directory.GetFiles(Surface.Folder, "*.Format.ps1xml").Order(StringComparer.Ordinal)
        .SelectMany(static file => XDocument.Load(file).Descendants("View"));

    [Fact]
    public void Each_has_a_view()
    {
        HashSet<string> viewed =
            [.. Views.SelectMany(static view => view.Element("ViewSelectedBy")!.Elements("TypeName")).Select(static name => name.Value)];
        Assert.All(Surface.OutputTypes.Where(static type => !IsMap(type)),
            type => Assert.True(viewed.Contains(type.FullName!), $"{type} has no view in a format file."));
    }

    [Fact]
    public void Views_fit_a_hundred_columns() =>
        Assert.All(Views.Where(static view => view.Descendants("TableControl").Any()), static view =>
    {
        XElement[] columns = [.. view.Descendants("TableColumnHeader")];
        int widths = columns.Sum(static column => (int?)column.Element("Width") ?? 10);
        Assert.True(widths + columns.Length - 1 <= 100, $"{view.Element("Name")!.Value} takes {widths + columns.Length - 1} columns.");
    });

    /// <summary>Format-List of a page would be pages long with the JSON as it came.</summary>
    [Fact]
    public void What_keeps_its_json_has_a_list_without_it()
    {
        XElement[] types = [.. XDocument.Load(Path.Combine(Surface.Folder, "Nanonets.Types.ps1xml")).Descendants("Type")];
        Assert.All(Surface.OutputTypes.Where(static type => type.GetProperty("Raw") is not null), type =>
        {
            string[] shown = [.. types.Where(known => known.Element("Name")!.Value == type.FullName).Descendants("ReferencedProperties")
                .Elements("Name").Select(static name => name.Value)];
            Assert.NotEmpty(shown);
            Assert.DoesNotContain("Raw", shown);
            Assert.All(shown, name => Assert.NotNull(type.GetProperty(name)));
        });
    }

    [Fact]
    public void The_reference_describes_every_property_and_value() => Assert.All(Surface.TypeHelp, static type =>
    {
        Assert.NotEmpty(type.Description);
        Assert.NotEmpty(type.Members);
        Assert.All(type.Members, member => Assert.False(member.Description.IsEmpty, $"{type.Type} {member.Name}"));
    });

    [Fact]
    public void Views_are_for_types_there_are()
    {
        Assembly[] own = [Surface.Module, .. Surface.OutputTypes.Select(static type => type.Assembly).Distinct()];
        Assert.All(Views.SelectMany(static view => view.Element("ViewSelectedBy")!.Elements("TypeName")), name =>
            Assert.True(Array.Exists(own, assembly => assembly.GetType(name.Value) is not null)
                || !name.Value.StartsWith("Nanonets.", StringComparison.Ordinal), name.Value));
    }

    [Fact]
    public void None_can_be_made_from_any_custom_object() => Assert.All(
        Surface.OutputTypes.Where(static type => type.IsClass), static type => Assert.Null(type.GetConstructor(Type.EmptyTypes)));

    [Fact]
    public void None_can_be_changed_by_a_script() => Assert.All(
        Surface.OutputTypes.SelectMany(static type => type.GetProperties()),
        static property => Assert.True(
            property.SetMethod is not { IsPublic: true } || IsInit(property.SetMethod), $"{property.DeclaringType} {property.Name}"));

    [Fact]
    public void Reserved_names_mean_the_same_everywhere() =>
        Assert.All(Surface.OutputTypes.SelectMany(static type => type.GetProperties()), static property =>
    {
        // These would bind by property name to the wrong parameter of our own cmdlets or of others.
        Assert.DoesNotContain(property.Name, new[] { "Path", "Uri", "Url", "Name", "FullName", "LiteralPath", "PSPath" });
        if (property.Name is "SourcePath" or "RequestFileId" or "ModelId" or "Id")
            Assert.True(property.PropertyType == typeof(string), $"{property.DeclaringType} {property.Name}");
    });

    private static bool IsMap(Type type) => typeof(System.Collections.IEnumerable).IsAssignableFrom(type);

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Any(static modifier => modifier.Name == "IsExternalInit");
}
