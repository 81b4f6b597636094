using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using Nanonets.Binding;

namespace Nanonets.Completers;

/// <summary>Completes types of models, where a type that is not known must not be refused: it may come from the service.</summary>
public sealed class ModelTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        new CompletionWord(wordToComplete).Matches(
        [
            (ModelTypes.Ocr, "reads fields"), (ModelTypes.Classification, "tells pictures apart"), (ModelTypes.Localization, string.Empty),
            (ModelTypes.MultilabelClassification, string.Empty),
        ]);
}
