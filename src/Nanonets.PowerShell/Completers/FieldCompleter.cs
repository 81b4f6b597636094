using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Nanonets.Completers;

/// <summary>
/// Completes a hashtable of labels: the engine asks nobody for the keys within one, so each answer is a hashtable with one label, ready for
/// its text.
/// </summary>
public sealed class FieldCompleter : IArgumentCompleter
{
    private static readonly LabelCompleter s_labels = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        s_labels.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)
            .Select(static label => new CompletionResult(
                $"@{{ {Key(label)} = '' }}", label.ListItemText, CompletionResultType.ParameterValue, label.ToolTip));

    /// <summary>A key may stand without quotes where it is a plain name.</summary>
    private static string Key(CompletionResult label) =>
        label.ListItemText.All(static character => char.IsLetterOrDigit(character) || character == '_')
        && !char.IsDigit(label.ListItemText[0])
        ? label.ListItemText
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(label.ListItemText)}'";
}
