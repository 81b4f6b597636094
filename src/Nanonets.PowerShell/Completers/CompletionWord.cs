using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Nanonets.Completers;

/// <summary>
/// What was typed of an argument, and how an answer is written: in the quotes that the user began, else in quotes only where they are
/// needed.
/// </summary>
internal sealed class CompletionWord
{
    private static readonly char[] s_quotes = ['\'', '"'];
    private readonly char? _quote;
    private readonly string _typed;

    public CompletionWord(string? typed)
    {
        _quote = typed is { Length: > 0 } && s_quotes.Contains(typed[0]) ? typed[0] : null;
        _typed = (typed ?? string.Empty).Trim(s_quotes);
    }

    /// <summary>The answers that begin as typed, in any case.</summary>
    /// <param name="values">The values and what is shown beside each.</param>
    public IEnumerable<CompletionResult> Matches(IEnumerable<(string Value, string ToolTip)> values) => values
        .Where(value => value.Value.StartsWith(_typed, StringComparison.OrdinalIgnoreCase))
        .Select(value => new CompletionResult(Written(value.Value), value.Value, CompletionResultType.ParameterValue,
            value.ToolTip.Length > 0 ? value.ToolTip : value.Value));

    private string Written(string value) => _quote switch
    {
        '"' => '"' + value.Replace("`", "``").Replace("\"", "`\"").Replace("$", "`$") + '"',
        null when IsBareWord(value) => value,
        _ => '\'' + CodeGeneration.EscapeSingleQuotedStringContent(value) + '\'',
    };

    /// <summary>Letters, digits and a few signs: anything else means something to the language somewhere.</summary>
    private static bool IsBareWord(string value) =>
        value.Length > 0 && char.IsLetterOrDigit(value[0])
            && value.All(static character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.');
}
