using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Nanonets.Sending;

/// <summary>The files of one request: equal in model, metadata and pages, with distinct names, since the answer tells files apart by name.</summary>
internal sealed class UploadBatch
{
    private readonly List<FileInfo> _files = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public required string ModelId { get; init; }

    public string? Metadata { get; init; }

    public int[]? PagesToProcess { get; init; }

    public ProcessingMode Mode { get; init; }

    public IReadOnlyList<FileInfo> Files => _files;

    /// <summary>Adds the file when it may share this request.</summary>
    /// <param name="limit">Most files in a request.</param>
    public bool TryAdd(FileInfo file, int limit)
    {
        if (_files.Count >= limit || !_names.Add(file.Name))
            return false;

        _files.Add(file);
        return true;
    }

    /// <summary>Whether files sent with these values belong into the same request.</summary>
    public bool Suits(UploadBatch other) =>
        ModelId == other.ModelId && Metadata == other.Metadata && Mode == other.Mode
        && (PagesToProcess ?? []).SequenceEqual(other.PagesToProcess ?? []);

    public UploadRequest ToRequest() => new(ModelId, [.. _files.Select(static file => UploadFile.FromPath(file.FullName))])
    {
        Metadata = Metadata,
        PagesToProcess = PagesToProcess,
        Mode = Mode,
    };
}
