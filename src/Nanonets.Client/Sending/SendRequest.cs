using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Nanonets.Documents;
using Nanonets.Uploading;

namespace Nanonets.Sending;

/// <summary>Which call of the API reads the documents.</summary>
internal enum UploadCall
{
    /// <summary>LabelFile or LabelUrls of an OCR model (documented).</summary>
    Ocr,

    /// <summary>
    /// LabelFile or LabelUrls of an image classification model: the answer has the classes at once, and no file can be asked for later
    /// (documented).
    /// </summary>
    Classification,

    /// <summary>FullText: plain text and words, without a model; the answer has them at once (documented).</summary>
    FullText,
}

/// <summary>
/// What travels together: one or several documents in one call, equal in model, metadata and pages. Each of them has an outcome of its own.
/// </summary>
internal sealed class SendRequest
{
    /// <summary>Most files in a call; the official wrapper sends as many (seen in client code).</summary>
    public const int MostFiles = 20;

    /// <summary>Stands for the model in a call that needs none.</summary>
    private const string NoModel = "FullText";

    private readonly List<Document> _documents = [];
    private string? _sharedTagId;

    /// <param name="modelId">The model that reads the documents.</param>
    /// <param name="documents">Documents whose names differ, since the answer tells them apart by name; more can be added.</param>
    /// <exception cref="ArgumentException">No model, too many documents, names that repeat, or documents that cannot share a
    /// call.</exception>
    public SendRequest(string modelId, params IReadOnlyList<Document> documents)
    {
        if (string.IsNullOrWhiteSpace(modelId))
            throw new ArgumentException("The model id is empty.", nameof(modelId));

        ModelId = modelId;
        foreach (Document document in documents)
        {
            if (!TryAdd(document, MostFiles))
                throw new ArgumentException($"A request holds up to {MostFiles} documents that travel in the same way and have different "
                    + "names; base64 data travels alone.", nameof(documents));
        }
    }

    /// <summary>A reading of plain text, which needs no model (POST OCR/FullText).</summary>
    public static SendRequest ForText(params IReadOnlyList<Document> documents) => new(NoModel, documents) { Call = UploadCall.FullText };

    public string ModelId { get; }

    public IReadOnlyList<Document> Documents => _documents;

    /// <summary>The user's own metadata (API: request_metadata); null for none.</summary>
    public string? Metadata { get; init; }

    /// <summary>Whether the metadata is a JSON object that we made, to which the tag may be added.</summary>
    public bool MetadataIsObject { get; init; }

    /// <summary>Pages to read, from 1 (API: pages_to_process); all when null or empty.</summary>
    public IReadOnlyList<int>? PagesToProcess { get; init; }

    /// <summary>Queued or waiting; the other calls than those of an OCR model always wait.</summary>
    public ProcessingType Mode { get; init; }

    public UploadCall Call { get; init; }

    /// <summary>The tag's id when several documents travel under one metadata.</summary>
    public string SharedTagId => _sharedTagId ??= UploadTag.RandomId();

    /// <summary>Whether one tag stands for several documents, so that the name decides among them.</summary>
    public bool SharesTag => _documents.Count > 1;

    /// <summary>Whether the service keeps a file that can be found again.</summary>
    public bool LeavesFile => Call == UploadCall.Ocr;

    /// <summary>How the documents travel.</summary>
    public UploadForm Form => _documents[0].Source.Form;

    /// <summary>Whether the answer comes before the documents are read.</summary>
    public bool IsQueued => Call == UploadCall.Ocr && Mode == ProcessingType.Async;

    /// <summary>Adds a document when it may share this request.</summary>
    /// <param name="limit">Most documents in it.</param>
    public bool TryAdd(Document document, int limit)
    {
        if (_documents.Count > 0
            && (IsFull(limit) || Form != document.Source.Form || _documents.Exists(other => HasSameName(other, document))))
            return false;

        _documents.Add(document);
        return true;
    }

    /// <summary>Whether it should go now: base64 data travels alone (documented as one field).</summary>
    public bool IsFull(int limit) => _documents.Count >= limit || Form == UploadForm.Base64;

    /// <summary>Whether documents sent with these values belong into the same request.</summary>
    public bool Suits(SendRequest other) =>
        ModelId == other.ModelId && Metadata == other.Metadata && Mode == other.Mode && Call == other.Call
        && (PagesToProcess ?? []).SequenceEqual(other.PagesToProcess ?? []);

    /// <summary>The metadata as an attempt sends it.</summary>
    /// <param name="attempt">The number of the attempt.</param>
    /// <param name="tagsText">Whether the user wants the tag in front of a text.</param>
    /// <returns>The metadata, and the tag that it carries; null when the user's own text is sent untouched.</returns>
    public (string Metadata, string? Tag) TaggedMetadata(int attempt, bool tagsText)
    {
        var tag = new UploadTag(_documents[0].TagId, attempt);
        (string metadata, bool isTagged) = tag.Attach(
            Metadata, MetadataIsObject ? MetadataKind.Object : tagsText ? MetadataKind.TaggedText : MetadataKind.Text);
        return (metadata, isTagged ? tag.ToString() : null);
    }

    /// <summary>Path and query below the base address.</summary>
    public string Target()
    {
        string last = Form == UploadForm.Url ? "LabelUrls" : "LabelFile";
        return Call switch
        {
            UploadCall.Classification => $"ImageCategorization/{last}/",
            UploadCall.FullText => "OCR/FullText",
            _ => $"OCR/Model/{Uri.EscapeDataString(ModelId)}/{last}/?async={(IsQueued ? "true" : "false")}",
        };
    }

    /// <summary>Fields in the words of the API, as far as there are any.</summary>
    /// <param name="metadata">The metadata as it is sent.</param>
    public IEnumerable<(string Name, string Value)> Fields(string? metadata)
    {
        // One of the other calls names its model in the form, one has none; neither is documented to take more.
        if (Call == UploadCall.Classification)
            yield return ("modelId", ModelId);
        if (Call != UploadCall.Ocr)
            yield break;
        if (!string.IsNullOrEmpty(metadata))
            yield return ("request_metadata", metadata!);
        if (PagesToProcess is { Count: > 0 } pages)
            yield return ("pages_to_process", string.Join(",", pages.Select(static page => page.ToString(CultureInfo.InvariantCulture))));
    }

    private static bool HasSameName(Document one, Document other) =>
        string.Equals(one.Source.FileName, other.Source.FileName, StringComparison.OrdinalIgnoreCase);
}
