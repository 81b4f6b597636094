using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nanonets.Rows;

/// <summary>How rows are made.</summary>
internal sealed class RowOptions
{
    /// <summary>Which rows are wanted; both kinds together give header rows and line rows.</summary>
    public IReadOnlyCollection<RowKind> Kinds { get; init; } = [RowKind.Fields];

    /// <summary>The columns besides the ones that every row has; null for all that are found, known only at the end.</summary>
    public IReadOnlyList<RowLabel>? Labels { get; init; }

    public RepeatedLabel Repeated { get; init; }

    /// <summary>Converts numbers and dates as they are written there; null leaves everything as it was read.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>Keeps spreadsheets from taking text for formulas.</summary>
    public bool SpreadsheetSafe { get; init; }

    public bool HasBothKinds => Kinds.Contains(RowKind.Fields) && Kinds.Contains(RowKind.Table);
}

/// <summary>Where a label is looked for.</summary>
internal enum LabelScope
{
    /// <summary>A field of the document, else a column of its tables.</summary>
    Any,

    /// <summary>A field only.</summary>
    Field,

    /// <summary>A table column only.</summary>
    Table,
}

/// <summary>A column that the caller asked for.</summary>
internal sealed record RowLabel(string Label, string Name, LabelScope Scope)
{
    /// <summary>
    /// Reads a label as people write it: <c>total</c>, or <c>field.total</c> and <c>table.total</c> where it is the one and the other.
    /// </summary>
    /// <param name="name">Name of the column; null for the label itself.</param>
    public static RowLabel Parse(string label, string? name = null)
    {
        (string bare, LabelScope scope) = label switch
        {
            _ when Begins(label, "field.") => (label.Substring("field.".Length), LabelScope.Field),
            _ when Begins(label, "table.") => (label.Substring("table.".Length), LabelScope.Table),
            _ => (label, LabelScope.Any),
        };
        return new RowLabel(bare, string.IsNullOrWhiteSpace(name) ? label : name!, scope);
    }

    private static bool Begins(string label, string scope) =>
        label.Length > scope.Length && label.StartsWith(scope, StringComparison.OrdinalIgnoreCase);
}
