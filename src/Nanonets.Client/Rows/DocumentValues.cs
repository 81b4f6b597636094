using System;
using System.Collections.Generic;

namespace Nanonets.Rows;

/// <summary>What a document has for its rows, taken out of its pages.</summary>
internal sealed class DocumentValues
{
    private readonly DocumentPages<Prediction[]> _document;
    private readonly Dictionary<string, string?> _fields = new(StringComparer.OrdinalIgnoreCase);

    public DocumentValues(DocumentPages<Prediction[]> document, RowOptions options)
    {
        _document = document;
        Fields = DocumentFields.Of(document, options.Repeated);
        Lines = DocumentLines.Of(document);
        foreach (KeyValuePair<string, string?> field in Fields)
            _fields[field.Key] = field.Value;
    }

    public IReadOnlyList<KeyValuePair<string, string?>> Fields { get; }

    public IReadOnlyList<DocumentLine> Lines { get; }

    public bool HasField(string label) => _fields.ContainsKey(label);

    public string? Field(string label) => _fields.TryGetValue(label, out string? text) ? text : null;

    /// <summary>The value of a column that every row has.</summary>
    /// <param name="line">Which line of the document, from 0; null where there is none.</param>
    public object? Fixed(string column, RowKind kind, int? line) => column switch
    {
        ColumnNames.RowType => kind.ToString(),
        ColumnNames.RequestFileId => _document.RequestFileId,
        ColumnNames.SourcePath => _document.SourcePath,
        ColumnNames.DuplicateOf => _document.DuplicateOf,
        ColumnNames.Input => _document.Input,
        ColumnNames.Table => line is { } index ? Lines[index].Table : null,
        ColumnNames.Line => line is { } index ? index + 1 : null,
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
    };
}
