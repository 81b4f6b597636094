using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Http;

namespace Nanonets.Inbox;

/// <summary>
/// A slip in -Label would send everything to review: it is said before anything is sent. The categories of a model are the labels of its
/// fields (documented). Whether they name the columns of its tables is not known, so that nothing is said about those; nor is anything
/// where a model names no categories.
/// </summary>
internal sealed class LabelCheck(InboxOptions options)
{
    /// <returns>Null when nothing is against sending to the model.</returns>
    public NanonetsException? ObjectionTo(NanonetsModel model)
    {
        string[] known = [.. model.Categories.Select(static category => category.Label).OfType<string>()];
        var unknown = new HashSet<string>(options.Labels.Select(static label => label.Label), StringComparer.OrdinalIgnoreCase);
        unknown.ExceptWith(known);
        if (options.Kind == RowKind.Table || known.Length == 0 || unknown.Count == 0)
            return null;

        string missing = string.Join(", ", options.Labels.Where(label => unknown.Contains(label.Label))
            .Select(static label => $"'{PlainText.OneLine(label.Label)}'"));
        string there = string.Join(", ", known.Select(PlainText.OneLine).OrderBy(static label => label, StringComparer.OrdinalIgnoreCase));
        return new NanonetsException(
            NanonetsErrorId.LabelNotFound,
            $"The model {options.ModelId} has no label {missing}. It has {there}. Nothing was sent.") { Scope = FatalFor.Model };
    }
}
