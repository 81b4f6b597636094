using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nanonets.Rows;

/// <summary>Gives columns names that differ: a name that is taken gets <c>_2</c>, <c>_3</c> and so on behind it.</summary>
internal sealed class ColumnNames
{
    public const string RequestFileId = "RequestFileId";
    public const string SourcePath = "SourcePath";
    public const string DuplicateOf = "DuplicateOf";
    public const string Input = "Input";
    public const string RowType = "RowType";
    public const string Table = "Table";
    public const string Line = "Line";

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The columns behind the values: where a row comes from. People look at them last.</summary>
    public static IReadOnlyList<string> Last { get; } = [SourcePath, RequestFileId, DuplicateOf];

    /// <summary>The columns before the values: what tells rows apart.</summary>
    public static IReadOnlyList<string> First(RowKind kind, bool bothKinds) => (kind, bothKinds) switch
    {
        (RowKind.Fields, false) => [Input],
        (RowKind.Fields, true) => [RowType, Input],
        (_, false) => [Input, Table, Line],
        _ => [RowType, Input, Table, Line],
    };

    /// <summary>The columns that rows have whatever was read: labels of the same name get another.</summary>
    public static IEnumerable<string> Fixed(RowKind kind, bool bothKinds) => First(kind, bothKinds).Concat(Last);

    /// <summary>Takes names that are fixed.</summary>
    public ColumnNames Reserve(IEnumerable<string> names)
    {
        _taken.UnionWith(names);
        return this;
    }

    /// <returns>Whether the name was free.</returns>
    public bool TryTake(string name) => _taken.Add(name);

    /// <summary>The name, or the next one that is free.</summary>
    public string Take(string name)
    {
        string free = name;
        for (int number = 2; !_taken.Add(free); number++)
            free = string.Format(CultureInfo.InvariantCulture, "{0}_{1}", name, number);
        return free;
    }
}
