using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Binding;
using Nanonets.Uploading;

namespace Nanonets.Sending;

/// <summary>The documents of one request: equal in model, metadata and pages, with distinct names, since the answer tells them apart by name.</summary>
internal sealed class UploadBatch
{
    private readonly List<UploadItem> _items = [];
    private HashSet<string>? _names;

    public required string ModelId { get; init; }

    public string? Metadata { get; init; }

    public int[]? PagesToProcess { get; init; }

    public ProcessingMode Mode { get; init; }

    public UploadCall Call { get; init; }

    public IReadOnlyList<UploadItem> Items => _items;

    /// <summary>Adds the document when it may share this request.</summary>
    /// <param name="limit">Most documents in a request.</param>
    public bool TryAdd(UploadItem item, int limit)
    {
        if (_items.Count > 0 && (IsFull(limit) || _items[0].Source.Form != item.Source.Form))
            return false;
        if (_items.Count > 0 && !Names().Add(item.Source.FileName))
            return false;

        _items.Add(item);
        return true;
    }

    /// <summary>Whether it should go now: base64 data travels alone (documented as one field).</summary>
    public bool IsFull(int limit) => _items.Count >= limit || _items[0].Source.Form == UploadForm.Base64;

    /// <summary>Whether documents sent with these values belong into the same request.</summary>
    public bool Suits(UploadBatch other) =>
        ModelId == other.ModelId && Metadata == other.Metadata && Mode == other.Mode && Call == other.Call
        && (PagesToProcess ?? []).SequenceEqual(other.PagesToProcess ?? []);

    /// <summary>The batch as the core takes it.</summary>
    public UploadJob ToJob() => new(ModelId, _items.ConvertAll<SendingDocument>(static item => new ItemDocument(item)))
    {
        Metadata = Metadata,
        MetadataIsObject = MarkedText.ObjectMetadata.Has(Metadata),
        PagesToProcess = PagesToProcess,
        Mode = Mode,
        Call = Call,
    };

    /// <summary>The item that a document of a batch's job stands for.</summary>
    public static UploadItem ItemOf(SendingDocument document) => ((ItemDocument)document).Item;

    /// <summary>The names in it; most batches have one document and need none.</summary>
    private HashSet<string> Names() => _names ??= new HashSet<string>(_items.Select(static item => item.Source.FileName), StringComparer.OrdinalIgnoreCase);

    private sealed class ItemDocument(UploadItem item) : SendingDocument(item.Source, item.Bytes ?? 0, item.Pages)
    {
        public UploadItem Item => item;
    }
}
