using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nanonets.Help.Model;

namespace Nanonets.Help.Reading;

/// <summary>Turns the XML of documentation comments into paragraphs and code.</summary>
internal static partial class DocTextReader
{
    /// <summary>The paragraphs of a summary, remarks or example: its para elements, or all its text as one.</summary>
    public static IReadOnlyList<DocText> Paragraphs(XElement? element)
    {
        if (element is null)
            return [];

        IReadOnlyList<XElement> paragraphs = [.. element.Elements("para")];
        DocText[] texts = paragraphs.Count == 0 ? [Paragraph(element)] : [.. paragraphs.Select(Paragraph)];
        return [.. texts.Where(static text => !text.IsEmpty)];
    }

    /// <summary>An element's text as one paragraph: line breaks of the source are spaces.</summary>
    public static DocText Paragraph(XElement element)
    {
        var runs = new List<DocRun>();
        foreach (XNode node in element.Nodes())
        {
            if (ToRun(node) is { Text.Length: > 0 } run)
                runs.Add(run);
        }

        if (runs.Count > 0)
        {
            runs[0] = runs[0] with { Text = runs[0].Text.TrimStart() };
            runs[^1] = runs[^1] with { Text = runs[^1].Text.TrimEnd() };
        }

        return new DocText([.. runs.Where(static run => run.Text.Length > 0)]);
    }

    /// <summary>Lines of code, without the indentation that all of them share.</summary>
    public static string Code(XElement? element)
    {
        if (element is null)
            return string.Empty;

        string[] lines = element.Value.Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n').Split('\n');

        // The compiler takes the comment's own indentation off, but the first line follows the tag directly.
        int shared = lines.Skip(1).Where(static line => line.Trim().Length > 0).Select(static line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty(0).Min();
        IEnumerable<string> unindented = lines.Select((line, i) => i == 0 ? line.Trim() : line[Math.Min(shared, line.Length)..].TrimEnd());
        return string.Join('\n', unindented).Trim();
    }

    private static DocRun? ToRun(XNode node) => node switch
    {
        XText text => new DocRun(Spaces().Replace(text.Value, " "), false),
        XElement { Name.LocalName: "c" } code => new DocRun(Spaces().Replace(code.Value, " ").Trim(), true),
        XElement { Name.LocalName: "paramref" or "typeparamref" } name => new DocRun((string)name.Attribute("name")!, true),
        XElement { Name.LocalName: "see" } see => See(see),
        XElement other => new DocRun(Spaces().Replace(other.Value, " "), false),
        _ => null,
    };

    private static DocRun See(XElement see)
    {
        if (see.Value.Trim() is { Length: > 0 } text)
            return new DocRun(text, false);
        if ((string?)see.Attribute("langword") is { } word)
            return new DocRun(word, true);
        if ((string?)see.Attribute("href") is { } address)
            return new DocRun(address, false);

        string name = ((string)see.Attribute("cref")!).Split('(')[0];
        return new DocRun(name[(name.LastIndexOf('.') + 1)..], true);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
