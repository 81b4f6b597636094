using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;

namespace Nanonets.Binding;

/// <summary>
/// Takes labels as names, as hashtables that rename (label = column), or both mixed, and makes one ordered map of them. A name alone is its
/// own column.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LabelTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var labels = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach ((string? label, string? column) in Pairs(inputData))
        {
            if (string.IsNullOrWhiteSpace(label))
                throw new ArgumentTransformationMetadataException("A label is empty.");
            if (!labels.Contains(label!))
                labels.Add(label!, string.IsNullOrWhiteSpace(column) ? label : column);
        }

        return labels;
    }

    private static IEnumerable<(string? Label, string? Column)> Pairs(object? given)
    {
        object? value = given is PSObject wrapped ? wrapped.BaseObject : given;
        return value switch
        {
            // A plain hashtable has no order of its own: by label it is at least the same every time.
            Hashtable renamed => Pairs((IDictionary)renamed).OrderBy(static pair => pair.Label, StringComparer.OrdinalIgnoreCase),
            IDictionary renamed => Pairs(renamed),
            IList list => list.Cast<object?>().SelectMany(Pairs),
            _ => [(LanguagePrimitives.ConvertTo<string>(given), null)],
        };
    }

    private static IEnumerable<(string? Label, string? Column)> Pairs(IDictionary renamed) => renamed.Cast<DictionaryEntry>()
        .Select(static pair => (LanguagePrimitives.ConvertTo<string?>(pair.Key), LanguagePrimitives.ConvertTo<string?>(pair.Value)));
}
