using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Nanonets.Help.Model;

namespace Nanonets.Help.Writing;

/// <summary>
/// Turns paragraphs into Markdown: nothing in them is taken for markup, cmdlets are links, parameters and variables are code.
/// </summary>
internal sealed partial class MarkdownText(IReadOnlySet<string> cmdlets)
{
    public string Paragraph(DocText text) => string.Concat(text.Runs.Select(run => run.IsCode ? Code(run.Text) : Words(run.Text)));

    /// <summary>As the content of a table cell, where a bar would end it.</summary>
    public string Cell(DocText text) => Paragraph(text).Replace("|", "\\|", StringComparison.Ordinal);

    private string Code(string text) => cmdlets.Contains(text) ? Link(text) : $"`{text}`";

    private string Words(string text)
    {
        var result = new System.Text.StringBuilder();
        int position = 0;
        foreach (Match token in Tokens().Matches(text))
        {
            result.Append(Escape(text[position..token.Index]));
            result.Append(cmdlets.Contains(token.Value) ? Link(token.Value) : token.Value[0] is '-' or '$'
                ? $"`{token.Value}`"
                : Escape(token.Value));
            position = token.Index + token.Length;
        }

        return result.Append(Escape(text[position..])).ToString();
    }

    private static string Link(string cmdlet) => $"[{cmdlet}]({cmdlet}.md)";

    private static string Escape(string text) => Special().Replace(text, @"\$0");

    /// <summary>A cmdlet, a parameter with the value that is given to it, or a variable with its members.</summary>
    [GeneratedRegex(@"\b[A-Z][a-z]+-Nanonets\w*|(?<![\w-])-[A-Z]\w+(:\$\w+)?|\$\w+(\.\w+)*")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"[\\`*<\[\]]")]
    private static partial Regex Special();
}
