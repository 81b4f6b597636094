using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Nanonets.Help.Model;
using Nanonets.Help.Reading;

namespace Nanonets.Help.Writing;

/// <summary>Writes the reference: a page for each cmdlet and an index.</summary>
public static class MarkdownWriter
{
    /// <summary>Writes all pages.</summary>
    /// <param name="help">What they say.</param>
    /// <returns>File names and texts.</returns>
    public static IEnumerable<(string Name, string Text)> Write(ModuleHelp help)
    {
        var text = new MarkdownText(help.Cmdlets.Select(static cmdlet => cmdlet.Name).ToHashSet(StringComparer.Ordinal));
        var types = new OutputTypeWriter(help.OutputTypes, text);
        yield return ("README.md", Index(help, text));
        yield return (OutputTypeWriter.FileName, types.Write());
        foreach (CmdletHelp cmdlet in help.Cmdlets)
            yield return ($"{cmdlet.Name}.md", Page(cmdlet, text, types));
    }

    private static string Index(ModuleHelp help, MarkdownText text)
    {
        var page = new StringBuilder();
        page.Append("# Cmdlets\n\nThe same as `Get-Help <cmdlet> -Full`. Made from the source's documentation comments: change "
            + "those, not these pages. What the objects that they write hold: [output types](output-types.md).\n\n");
        page.Append("| cmdlet | |\n| --- | --- |\n");
        foreach (CmdletHelp cmdlet in help.Cmdlets)
            page.Append(CultureInfo.InvariantCulture, $"| [{cmdlet.Name}]({cmdlet.Name}.md) | {text.Cell(cmdlet.Synopsis)} |\n");
        return page.ToString();
    }

    private static string Page(CmdletHelp cmdlet, MarkdownText text, OutputTypeWriter outputTypes)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {cmdlet.Name}\n\n");
        Paragraphs(page, text, [cmdlet.Synopsis]);

        page.Append("## Syntax\n\n```powershell\n");
        page.AppendJoin("\n\n", cmdlet.Syntax.Select(syntax => SyntaxLine.Format(cmdlet.Name, syntax))).Append("\n```\n\n");

        if (cmdlet.Description.Count > 0)
        {
            page.Append("## Description\n\n");
            Paragraphs(page, text, cmdlet.Description);
        }

        page.Append("## Examples\n\n");
        foreach (ExampleHelp example in cmdlet.Examples)
        {
            Paragraphs(page, text, example.Remarks);
            page.Append(CultureInfo.InvariantCulture, $"```powershell\n{example.Code}\n```\n\n");
        }

        page.Append("## Parameters\n\n");
        foreach (ParameterHelp parameter in cmdlet.Parameters)
            Parameter(page, text, parameter);
        page.Append("The common parameters (`-Verbose`, `-ErrorAction`, `-ErrorVariable` and so on) work as everywhere.\n\n");

        Types(page, text, "Inputs", cmdlet.Inputs, outputTypes);
        Types(page, text, "Outputs", cmdlet.Outputs, outputTypes);
        Errors(page, text, cmdlet.Errors);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Parameter(StringBuilder page, MarkdownText text, ParameterHelp parameter)
    {
        page.Append(CultureInfo.InvariantCulture, $"### -{parameter.Name}\n\n");
        Paragraphs(page, text, parameter.Description);
        page.Append("| | |\n| --- | --- |\n");
        Row("Type", $"`{TypeName.Full(parameter.Type)}`");
        Row("Required", parameter.IsMandatory ? "yes" : "no");
        Row("Position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "by name");
        if (parameter.Default is { } value)
            Row("Default", $"`{value}`");
        if (parameter.Values.Count > 0)
            Row("Values", string.Join(", ", parameter.Values.Select(static value => $"`{value}`")));
        if (parameter.Range is { } range)
            Row("Limits", range);
        if (parameter.FromPipeline || parameter.FromPipelineByName)
            Row("Pipeline", string.Join(", ", Pipeline(parameter)));
        if (parameter.HasWildcards)
            Row("Wildcards", "yes");
        if (parameter.Aliases.Count > 0)
            Row("Aliases", string.Join(", ", parameter.Aliases.Select(static alias => $"`{alias}`")));
        page.Append('\n');

        void Row(string name, string value) => page.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
    }

    private static IEnumerable<string> Pipeline(ParameterHelp parameter)
    {
        if (parameter.FromPipeline)
            yield return "the object";
        if (parameter.FromPipelineByName)
            yield return "its property of this name";
    }

    private static void Types(StringBuilder page, MarkdownText text, string heading, IReadOnlyList<TypeHelp> types, OutputTypeWriter known)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {heading}\n\n");
        if (types.Count == 0)
            page.Append("None.\n\n");
        foreach (TypeHelp type in types)
        {
            string name = $"`{type.Name}`";
            string? link = known.LinkTo(type.Name.EndsWith("[]", StringComparison.Ordinal) ? type.Name[..^2] : type.Name);
            page.Append(link is null ? name : $"[{name}]({link})").Append("\n\n");
            Paragraphs(page, text, type.Description);
        }
    }

    private static void Errors(StringBuilder page, MarkdownText text, IReadOnlyList<ErrorHelp> errors)
    {
        if (errors.Count == 0)
            return;

        page.Append("## Errors\n\nThe id is the first part of `FullyQualifiedErrorId`.\n\n| id | when | what to do "
            + "|\n| --- | --- | --- |\n");
        foreach (ErrorHelp error in errors)
            page.Append(CultureInfo.InvariantCulture, $"| `{error.Id}` | {text.Cell(error.When)} | {text.Cell(error.Advice)} |\n");
        page.Append('\n');
    }

    private static void Paragraphs(StringBuilder page, MarkdownText text, IReadOnlyList<DocText> paragraphs)
    {
        foreach (DocText paragraph in paragraphs.Where(static paragraph => !paragraph.IsEmpty))
            page.Append(text.Paragraph(paragraph)).Append("\n\n");
    }
}
