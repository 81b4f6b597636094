using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Rows;

/// <summary>
/// Page results to flat rows. With columns fixed by the caller rows leave as soon as a document is whole; without, when all documents are known, since every row has every column.
/// </summary>
internal sealed class RowConverter
{
    /// <summary>How many documents may be unfinished before the oldest is taken for whole.</summary>
    internal const int OpenDocuments = 32;

    private readonly RowOptions _options;
    private readonly DocumentGrouper _documents;
    private readonly CultureReader? _culture;
    private readonly RowLayout[]? _layouts;

    public RowConverter(RowOptions options)
    {
        _options = options;
        _culture = options.Culture is { } culture ? new CultureReader(culture) : null;
        _documents = new DocumentGrouper(options.Labels is null ? null : OpenDocuments);
        if (options.Labels is { } labels)
            _layouts = [.. Kinds.Select(kind => RowLayout.Of(kind, options, labels))];
    }

    /// <summary>Documents that were pending or could not be read.</summary>
    public int UnreadDocuments { get; private set; }

    private IEnumerable<RowKind> Kinds => new[] { RowKind.Fields, RowKind.Table }.Where(_options.Kinds.Contains);

    /// <summary>Adds a page.</summary>
    /// <returns>The rows that are ready by that.</returns>
    public IEnumerable<Row> Add(PageResult page) => _documents.Add(page).SelectMany(document => Rows(_layouts!, Values(document)));

    /// <summary>No further page comes.</summary>
    public IEnumerable<Row> Complete()
    {
        IEnumerable<DocumentValues> rest = _documents.Rest().Select(Values);
        if (_layouts is { } layouts)
            return rest.SelectMany(document => Rows(layouts, document));

        List<DocumentValues> all = [.. rest];
        RowLayout[] found = [.. Kinds.Select(kind => RowLayout.Of(kind, _options, all))];
        return all.SelectMany(document => Rows(found, document));
    }

    private DocumentValues Values(DocumentPages document)
    {
        if (document.IsUnread)
            UnreadDocuments++;
        return new DocumentValues(document, _options);
    }

    private IEnumerable<Row> Rows(RowLayout[] layouts, DocumentValues document) =>
        layouts.SelectMany(layout => layout.Rows(document, _options, Read, Name)).Select(Guarded);

    private object? Read(string? text) => _culture is null ? text : _culture.Read(text);

    private string Name(string name) => _options.SpreadsheetSafe ? SpreadsheetText.Guard(name) : name;

    private Row Guarded(Row row) => !_options.SpreadsheetSafe ? row : row with
    {
        Columns = [.. row.Columns.Select(static column => new KeyValuePair<string, object?>(column.Key, column.Value is string text ? SpreadsheetText.Guard(text) : column.Value))],
    };
}
