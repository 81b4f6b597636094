using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Management.Automation;
using Nanonets.Errors;
using Nanonets.Rows;

namespace Nanonets.Binding;

/// <summary>The columns that a parameter -Label asks for.</summary>
internal static class RowLabels
{
    /// <param name="labels">Labels and the names of their columns.</param>
    /// <param name="fail">Gets the error of a name that is taken.</param>
    public static List<RowLabel> Of(OrderedDictionary labels, Action<ErrorRecord> fail)
    {
        var columns = new List<RowLabel>(labels.Count);
        ColumnNames names = new ColumnNames().Reserve(ColumnNames.Fixed(RowKind.Table, bothKinds: true));
        foreach (DictionaryEntry pair in labels)
        {
            (string label, string column) = ((string)pair.Key, (string)pair.Value!);

            // A name of the caller's own choice must be free; a label that is called like a fixed column gets another name.
            if (!names.TryTake(column) && column != label)
                fail(ErrorTable.DuplicateColumn(column, label));
            columns.Add(RowLabel.Parse(label, column));
        }

        return columns;
    }
}
