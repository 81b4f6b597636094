using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Nanonets.Uploading;

namespace Nanonets;

/// <summary>Which call of the API reads the documents.</summary>
public enum UploadCall
{
    /// <summary>LabelFile or LabelUrls of an OCR model (documented).</summary>
    Ocr,

    /// <summary>LabelFile or LabelUrls of an image classification model: the answer has the classes at once, and no file can be asked for later (documented).</summary>
    Classification,

    /// <summary>FullText: plain text and words, without a model; the answer has them at once (documented).</summary>
    FullText,
}

/// <summary>An upload: one or several documents in one call of LabelFile, or of LabelUrls for addresses (documented).</summary>
public sealed class UploadRequest
{
    /// <summary>Most files in a call; the official wrapper sends as many (seen in client code).</summary>
    public const int MostFiles = 20;

    /// <summary>Describes an upload.</summary>
    /// <param name="modelId">The model that reads the files.</param>
    /// <param name="sources">1 to 20 documents whose names differ, since the answer tells them apart by name.</param>
    /// <exception cref="ArgumentException">No model, too few or too many files, or names that repeat, documents that travel in different ways, or more than one as base64 data.</exception>
    public UploadRequest(string modelId, IReadOnlyList<UploadSource> sources)
    {
        if (string.IsNullOrWhiteSpace(modelId))
            throw new ArgumentException("The model id is empty.", nameof(modelId));
        if (sources.Count is < 1 or > MostFiles)
            throw new ArgumentException($"A request holds 1 to {MostFiles} files.", nameof(sources));
        if (sources.Count > 1 && sources.Select(static source => source.FileName).Distinct(StringComparer.OrdinalIgnoreCase).Count() != sources.Count)
            throw new ArgumentException("The files of a request must have different names.", nameof(sources));
        if (sources.Count > 1 && (sources.Any(source => source.Form != sources[0].Form) || sources[0].Form == UploadForm.Base64))
            throw new ArgumentException("Files, addresses and base64 data cannot share a request.", nameof(sources));

        ModelId = modelId;
        Sources = sources;
    }

    /// <summary>A reading of plain text, which needs no model (POST OCR/FullText).</summary>
    /// <param name="sources">1 to 20 documents whose names differ.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentException">As of the constructor.</exception>
    public static UploadRequest ForText(IReadOnlyList<UploadSource> sources) => new("FullText", sources) { Call = UploadCall.FullText };

    /// <summary>The model that reads the files.</summary>
    public string ModelId { get; }

    /// <summary>The documents.</summary>
    public IReadOnlyList<UploadSource> Sources { get; }

    /// <summary>Free text that comes back with the results (API: request_metadata); one for all documents.</summary>
    public string? Metadata { get; init; }

    /// <summary>Pages to read, from 1 (API: pages_to_process); all when null or empty.</summary>
    public IReadOnlyList<int>? PagesToProcess { get; init; }

    /// <summary>Queued or waiting; the other calls than those of an OCR model always wait.</summary>
    public ProcessingMode Mode { get; init; }

    /// <summary>The call; default that of an OCR model.</summary>
    public UploadCall Call { get; init; }

    /// <summary>How its documents travel.</summary>
    internal UploadForm Form => Sources[0].Form;

    /// <summary>Whether the answer comes before the documents are read.</summary>
    internal bool IsQueued => Call == UploadCall.Ocr && Mode == ProcessingMode.Async;

    /// <summary>Path and query below the base address.</summary>
    internal string Target()
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
    internal IEnumerable<(string Name, string Value)> Fields()
    {
        // One of the other calls names its model in the form, one has none; neither is documented to take more.
        if (Call == UploadCall.Classification)
            yield return ("modelId", ModelId);
        if (Call != UploadCall.Ocr)
            yield break;
        if (!string.IsNullOrEmpty(Metadata))
            yield return ("request_metadata", Metadata!);
        if (PagesToProcess is { Count: > 0 } pages)
            yield return ("pages_to_process", string.Join(",", pages.Select(static page => page.ToString(CultureInfo.InvariantCulture))));
    }
}
