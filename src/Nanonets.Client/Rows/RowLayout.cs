using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Rows;

/// <summary>The columns of one kind of row: names in order, and where each value comes from.</summary>
internal sealed class RowLayout
{
    private readonly List<(string Name, Func<DocumentValues, IReadOnlyDictionary<string, string?>, string?> Value)> _columns = [];
    private readonly IReadOnlyList<string> _first;

    private RowLayout(RowKind kind, RowOptions options)
    {
        Kind = kind;
        _first = ColumnNames.First(kind, options.HasBothKinds);
    }

    public RowKind Kind { get; }

    /// <summary>The columns that the caller asked for.</summary>
    public static RowLayout Of(RowKind kind, RowOptions options, IEnumerable<RowLabel> labels)
    {
        var layout = new RowLayout(kind, options);
        ColumnNames names = layout.NewNames();
        bool fieldsToo = kind == RowKind.Fields || !options.HasBothKinds;
        foreach (RowLabel label in labels)
        {
            bool field = fieldsToo && label.Scope != LabelScope.Table;
            bool cell = kind == RowKind.Table && label.Scope != LabelScope.Field;
            layout._columns.Add((names.Take(label.Name), (document, line) =>
                field && document.HasField(label.Label) ? document.Field(label.Label)
                : cell && line.TryGetValue(label.Label, out string? text) ? text : null));
        }

        return layout;
    }

    /// <summary>
    /// All columns that the documents have, in the order in which they come up. Columns of tables come first, since they tell the rows
    /// apart; where both have a name, it is the field's.
    /// </summary>
    public static RowLayout Of(RowKind kind, RowOptions options, IReadOnlyCollection<DocumentValues> documents)
    {
        var layout = new RowLayout(kind, options);
        ColumnNames names = layout.NewNames();
        if (kind == RowKind.Fields || !options.HasBothKinds)
        {
            foreach (string label in Distinct(documents.SelectMany(static document => document.Fields)))
                layout._columns.Add((names.Take(label), (document, _) => document.Field(label)));
        }

        if (kind == RowKind.Table)
        {
            layout._columns.InsertRange(0, [.. Distinct(
                documents.SelectMany(static document => document.Lines).SelectMany(static line => line.Values)).Select(OfLine)]);
        }

        (string, Func<DocumentValues, IReadOnlyDictionary<string, string?>, string?>) OfLine(string label) =>
            (names.Take(label), (_, line) => line.TryGetValue(label, out string? text) ? text : null);

        return layout;
    }

    /// <summary>The rows of a document.</summary>
    /// <param name="read">What becomes of a text.</param>
    /// <param name="name">What becomes of a column's name.</param>
    public IEnumerable<Row> Rows(DocumentValues document, RowOptions options, Func<string?, object?> read, Func<string, string> name)
    {
        RowColumn Column(string? text, string column) => new(name(column), read(text), text);
        IEnumerable<RowColumn> Fixed(IEnumerable<string> columns, int? line) =>
            columns.Select(column => new RowColumn(column, document.Fixed(column, Kind, line)));

        // A document without a table still has a row, unless its header row stands for it.
        bool hasLines = Kind == RowKind.Table && document.Lines.Count > 0;
        if (Kind == RowKind.Table && !hasLines && options.HasBothKinds)
            yield break;

        for (int i = 0; i < (hasLines ? document.Lines.Count : 1); i++)
        {
            int? line = hasLines ? i : null;
            var cells = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (KeyValuePair<string, string?> cell in hasLines ? document.Lines[i].Values : [])
                cells[cell.Key] = cell.Value;
            yield return new Row(Kind, [
                .. Fixed(_first, line),
                .. _columns.Select(column => Column(column.Value(document, cells), column.Name)),
                .. Fixed(ColumnNames.Last, line)]);
        }
    }

    private ColumnNames NewNames() => new ColumnNames().Reserve(_first.Concat(ColumnNames.Last));

    private static IEnumerable<string> Distinct(IEnumerable<KeyValuePair<string, string?>> values) =>
        values.Select(static value => value.Key).Distinct(StringComparer.OrdinalIgnoreCase);
}
