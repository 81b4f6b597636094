using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Nanonets.Completers;

/// <summary>Completes labels: those of the model, and those of the pages that this connection has fetched.</summary>
public sealed class LabelCompleter : ConnectionCompleter
{
    private protected override IEnumerable<(string Value, string ToolTip)> Values(NanonetsConnection connection, IDictionary? bound)
    {
        object? given = bound?["ModelId"];
        string? modelId = (given is PSObject wrapped ? wrapped.BaseObject : given) as string ?? connection.ModelId;
        IEnumerable<string> ofModel = connection.Known.Models().Where(model => model.ModelId == modelId)
            .SelectMany(static model => model.Categories)
            .Select(static category => category.Label).OfType<string>();
        return ofModel.Select(static label => (label, "label of the model"))
            .Concat(connection.Known.Labels.Select(static label => (label, "seen in this session")))
            .GroupBy(static label => label.Item1, StringComparer.OrdinalIgnoreCase).Select(static same => same.First());
    }
}
