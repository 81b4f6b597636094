using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Rows;

/// <summary>
/// Page results to flat rows. With columns fixed by the caller rows leave as soon as a document is whole, where the number of its pages is
/// known; without, when all documents are known, since every row has every column.
/// </summary>
internal sealed class RowConverter
{
    /// <summary>Bytes that documents of unknown length may take, about.</summary>
    private const long MostKept = 256L * 1024 * 1024;

    private readonly RowOptions _options;
    private readonly DocumentGrouper<Prediction[]> _documents;
    private readonly CultureReader? _culture;
    private readonly RowLayout[]? _layouts;

    /// <param name="options">How rows are made.</param>
    /// <param name="tooLate">Hears of a page that came when the row of its document had to leave already, for want of memory; once for each
    /// document.</param>
    /// <param name="mostKept">Bytes that documents of unknown length may take, about.</param>
    public RowConverter(RowOptions options, Action<PageResult>? tooLate = null, long mostKept = MostKept)
    {
        _options = options;
        _culture = options.Culture is { } culture ? new CultureReader(culture) : null;
        _documents = new DocumentGrouper<Prediction[]>(options.Labels is not null, ValueSize.Of, mostKept, tooLate);
        if (options.Labels is { } labels)
            _layouts = [.. Kinds.Select(kind => RowLayout.Of(kind, options, labels))];
    }

    /// <summary>Documents that were pending or could not be read.</summary>
    public int UnreadDocuments { get; private set; }

    private IEnumerable<RowKind> Kinds => new[] { RowKind.Fields, RowKind.Table }.Where(_options.Kinds.Contains);

    /// <summary>Adds a page.</summary>
    /// <returns>The rows that are ready by that.</returns>
    public IEnumerable<Row> Add(PageResult page) =>
        _documents.Add(page, Needed(page)).SelectMany(document => Rows(_layouts!, Values(document)));

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

    /// <summary>What the rows show of a page. A table is kept whole: how a column is called depends on the others.</summary>
    private Prediction[] Needed(PageResult page) =>
        _options.Labels is not { } labels ? page.Prediction : [.. page.Prediction.Where(value => value.Type == PredictionType.Table
        ? _options.Kinds.Contains(RowKind.Table)
        : labels.Any(label => string.Equals(label.Label, DocumentFields.NameOf(value), StringComparison.OrdinalIgnoreCase)))];

    private DocumentValues Values(DocumentPages<Prediction[]> document)
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
        Columns = [.. row.Columns.Select(
            static column => column.Value is string text ? column with { Value = SpreadsheetText.Guard(text) } : column)],
    };
}
