using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using Nanonets.Help.Model;

namespace Nanonets.Help.Reading;

/// <summary>
/// The types of ours that reach users: what cmdlets declare to write, and all that their properties lead to. The API's members are the
/// <c>value</c> elements of the properties' comments.
/// </summary>
internal sealed class OutputTypeReader(XmlDocumentation documentation, IReadOnlyList<CmdletInfo> cmdlets)
{
    /// <summary>Each type once: what most cmdlets write comes first, and what such types hold follows.</summary>
    public IEnumerable<OutputTypeHelp> Read()
    {
        var found = new HashSet<Type>();
        var queue = new Queue<Type>(cmdlets.SelectMany(Written).GroupBy(static type => type)
            .OrderByDescending(static same => same.Count()).Select(static same => same.Key));
        while (queue.TryDequeue(out Type? type))
        {
            foreach (Type argument in type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments())
                queue.Enqueue(argument);
            if (type.Namespace?.StartsWith(nameof(Nanonets), StringComparison.Ordinal) != true || type.IsArray || !found.Add(type))
                continue;

            yield return new OutputTypeHelp(
                type,
                DocTextReader.Paragraphs(documentation.Of(type)?.Element("summary")),
                [.. cmdlets.Where(cmdlet => Written(cmdlet).Contains(type)).Select(static cmdlet => cmdlet.Name)],
                [.. type.IsEnum ? Values(type) : Properties(type).Select(Member)]);
            foreach (PropertyInfo property in type.IsEnum ? [] : Properties(type))
                queue.Enqueue(property.PropertyType);
        }
    }

    private static IEnumerable<Type> Written(CmdletInfo cmdlet) => cmdlet.OutputType.Select(static output => output.Type).OfType<Type>();

    /// <summary>As they are declared, without indexers.</summary>
    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static property => property.GetIndexParameters().Length == 0).OrderBy(static property => property.MetadataToken);

    private MemberHelp Member(PropertyInfo property)
    {
        XElement? comment = documentation.Of(property);
        string[] api = ((string?)comment?.Element("value") ?? string.Empty).Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new MemberHelp(property.Name, property.PropertyType, api, Text(comment));
    }

    private IEnumerable<MemberHelp> Values(Type type) => Enum.GetNames(type)
        .Select(name => new MemberHelp(name, null, [], Text(documentation.Of($"F:{type.FullName}.{name}"))));

    private static DocText Text(XElement? comment) =>
        comment?.Element("summary") is { } summary ? DocTextReader.Paragraph(summary) : DocText.Empty;
}
