using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Completers;

/// <summary>Completes ids of models, with type, state and labels beside them.</summary>
public sealed class ModelIdCompleter : ConnectionCompleter
{
    private protected override IEnumerable<(string Value, string ToolTip)> Values(NanonetsConnection connection, IDictionary? bound)
    {
        List<(string Value, string ToolTip)> values =
            [.. connection.Known.Models().Select(static model => (model.ModelId!, Describe(model)))];
        if (connection.ModelId is { Length: > 0 } usual && values.All(value => value.Value != usual))
            values.Add((usual, "the connection's model"));
        return values.Concat(connection.Known.ModelIds.Where(id => values.All(value => value.Value != id))
            .Select(static id => (id, "seen in this session")));
    }

    private static string Describe(NanonetsModel model)
    {
        string labels = string.Join(", ", model.Categories.Take(4).Select(static category => category.Label))
            + (model.Categories.Length > 4 ? ", …" : string.Empty);
        return string.Join(" - ",
            new[] { model.ModelType, model.State?.ToString() ?? model.Status, labels }.Where(static part => !string.IsNullOrEmpty(part)));
    }
}
