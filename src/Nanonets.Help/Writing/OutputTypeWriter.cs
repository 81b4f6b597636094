using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Nanonets.Help.Model;
using Nanonets.Help.Reading;

namespace Nanonets.Help.Writing;

/// <summary>Writes the page of the reference about the objects that cmdlets write.</summary>
internal sealed class OutputTypeWriter(IReadOnlyList<OutputTypeHelp> types, MarkdownText text)
{
    public const string FileName = "output-types.md";

    private const string Introduction = """
        # Output types

        The objects that cmdlets write, and what they hold. Made from the source's documentation comments: change those, not this page.

        The column API names the member of the service's JSON that a property is read from; of several, the first that is there counts.
        Properties without an entry there are found out by the module itself. Members of the JSON without a property are in `Raw`.
        *Recorded* and *documented* say how a fact about the service is known: from a real answer, or from the vendor's documentation.


        """;

    /// <summary>Where a type is described, seen from another page of the reference; null for types that are not ours.</summary>
    public string? LinkTo(string fullName) =>
        types.FirstOrDefault(type => type.Type.FullName == fullName) is { } known ? $"{FileName}#{Anchor(known.Type)}" : null;

    public string Write()
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        page.AppendJoin(", ", types.Select(static type => $"[{type.Type.Name}](#{Anchor(type.Type)})")).Append("\n\n");
        foreach (OutputTypeHelp type in types)
            Write(page, type);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private void Write(StringBuilder page, OutputTypeHelp type)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {type.Type.Name}\n\n");
        foreach (DocText paragraph in type.Description)
            page.Append(text.Paragraph(paragraph)).Append("\n\n");
        string by = type.WrittenBy.Count == 0
            ? string.Empty
            : $", written by {string.Join(", ", type.WrittenBy.Select(static cmdlet => $"[{cmdlet}]({cmdlet}.md)"))}";
        page.Append(CultureInfo.InvariantCulture, $"`[{type.Type.FullName}]`{by}.\n\n");

        bool hasApi = type.Members.Any(static member => member.Api.Count > 0);
        string[] columns = type.Type.IsEnum ? ["value", "meaning"] : hasApi ? ["property", "type", "API", "meaning"]
            : ["property", "type", "meaning"];
        page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", columns)} |\n");
        page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", columns.Select(static _ => "---"))} |\n");
        foreach (MemberHelp member in type.Members)
        {
            string[] cells =
            [
                $"`{member.Name}`",
                .. member.Type is { } held ? [NameOf(held)] : Array.Empty<string>(),
                .. hasApi ? [string.Join(", ", member.Api.Select(static name => $"`{name}`"))] : Array.Empty<string>(),
                text.Cell(member.Description),
            ];
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");
        }

        page.Append('\n');
    }

    private string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return NameOf(value);
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[]";
        return types.Any(known => known.Type == type) ? $"[{type.Name}](#{Anchor(type)})" : $"`{TypeName.Short(type)}`";
    }

    private static string Anchor(Type type) => type.Name.ToLowerInvariant();
}
