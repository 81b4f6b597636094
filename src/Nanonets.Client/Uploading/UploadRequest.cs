using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Nanonets;

/// <summary>A local file to upload. It is opened only while it is sent.</summary>
public sealed class UploadFile
{
    private UploadFile(string sourcePath) => (SourcePath, FileName) = (sourcePath, Path.GetFileName(sourcePath));

    /// <summary>Full path of the file.</summary>
    public string SourcePath { get; }

    /// <summary>The name sent with it: the last part of the path, in UTF-8.</summary>
    public string FileName { get; }

    /// <summary>Names a file.</summary>
    /// <param name="fullPath">A full path.</param>
    /// <returns>The file; it need not exist yet.</returns>
    /// <exception cref="ArgumentException">The path is empty or not a full one.</exception>
    public static UploadFile FromPath(string fullPath) =>
        Path.IsPathRooted(fullPath) ? new UploadFile(fullPath) : throw new ArgumentException($"'{fullPath}' is no full path.", nameof(fullPath));
}

/// <summary>An upload by LabelFile: one or several files in one call (documented).</summary>
public sealed class UploadRequest
{
    /// <summary>Most files in a call; the official wrapper sends as many (seen in client code).</summary>
    public const int MostFiles = 20;

    /// <summary>Describes an upload.</summary>
    /// <param name="modelId">The model that reads the files.</param>
    /// <param name="files">1 to 20 files whose names differ, since the answer tells files apart by name.</param>
    /// <exception cref="ArgumentException">No model, too few or too many files, or names that repeat.</exception>
    public UploadRequest(string modelId, IReadOnlyList<UploadFile> files)
    {
        if (string.IsNullOrWhiteSpace(modelId))
            throw new ArgumentException("The model id is empty.", nameof(modelId));
        if (files.Count is < 1 or > MostFiles)
            throw new ArgumentException($"A request holds 1 to {MostFiles} files.", nameof(files));
        if (files.Select(static file => file.FileName).Distinct(StringComparer.OrdinalIgnoreCase).Count() != files.Count)
            throw new ArgumentException("The files of a request must have different names.", nameof(files));

        ModelId = modelId;
        Files = files;
    }

    /// <summary>The model that reads the files.</summary>
    public string ModelId { get; }

    /// <summary>The files.</summary>
    public IReadOnlyList<UploadFile> Files { get; }

    /// <summary>Free text that comes back with the results (API: request_metadata); one for all files.</summary>
    public string? Metadata { get; init; }

    /// <summary>Pages to read, from 1 (API: pages_to_process); all when null or empty.</summary>
    public IReadOnlyList<int>? PagesToProcess { get; init; }

    /// <summary>Queued or waiting.</summary>
    public ProcessingMode Mode { get; init; }
}

/// <summary>What is proven about an upload; never guessed from the kind of failure.</summary>
public enum UploadClass
{
    /// <summary>The last byte of the body was never handed over: the service cannot have the document.</summary>
    NotSent,

    /// <summary>The service refused it with an error of its own: not billed.</summary>
    Refused,

    /// <summary>The service answered with a page that names the file.</summary>
    Accepted,

    /// <summary>The whole body was handed over and none of the above came back: it may have been accepted and billed.</summary>
    Ambiguous,
}

/// <summary>What became of one file of an upload.</summary>
public sealed class FileUploadOutcome
{
    internal FileUploadOutcome(UploadFile file, UploadClass @class, int attempts, NanonetsException? error = null, PageResult[]? pages = null)
    {
        (File, Class, Attempts, Error, Pages) = (file, @class, attempts, error, pages ?? []);
    }

    /// <summary>The file.</summary>
    public UploadFile File { get; }

    /// <summary>What is proven.</summary>
    public UploadClass Class { get; }

    /// <summary>The pages when accepted, in page order.</summary>
    public PageResult[] Pages { get; }

    /// <summary>Why not, unless accepted.</summary>
    public NanonetsException? Error { get; }

    /// <summary>How many tries were made.</summary>
    public int Attempts { get; }
}
