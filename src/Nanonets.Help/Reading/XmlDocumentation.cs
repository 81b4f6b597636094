using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;

namespace Nanonets.Help.Reading;

/// <summary>The documentation comments that the compiler has collected, by the compiler's names for members.</summary>
public sealed class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocumentation(Dictionary<string, XElement> members) => _members = members;

    /// <summary>Reads the documentation files of our own assemblies.</summary>
    /// <param name="folder">Where they are.</param>
    /// <returns>All comments.</returns>
    /// <exception cref="FileNotFoundException">There are none: the solution was not built in this configuration.</exception>
    public static XmlDocumentation Load(string folder)
    {
        string[] files = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "Nanonets.*.xml").Order(StringComparer.Ordinal)] : [];
        if (files.Length == 0)
            throw new FileNotFoundException($"There is no documentation file in {folder}. Build first: dotnet build Nanonets.sln");

        var members = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (string file in files)
        {
            foreach (XElement member in XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("member"))
                members.TryAdd((string)member.Attribute("name")!, member);
        }

        return new XmlDocumentation(members);
    }

    /// <summary>The comment of a type; null when it has none.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The member element.</returns>
    public XElement? Of(Type type) => Of($"T:{NameOf(type)}");

    /// <summary>The comment of a property where the type's ancestry first declares it; null when it has none.</summary>
    /// <param name="property">The property.</param>
    /// <returns>The member element.</returns>
    public XElement? Of(PropertyInfo property) =>
        Of($"P:{NameOf(property.GetMethod!.GetBaseDefinition().DeclaringType!)}.{property.Name}");

    /// <summary>The comment of a member under the name that a cref has; null when it has none.</summary>
    /// <param name="name">The name, such as <c>F:Nanonets.NanonetsErrorId.FileMissing</c>.</param>
    /// <returns>The member element.</returns>
    public XElement? Of(string name) => _members.GetValueOrDefault(name);

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');
}
