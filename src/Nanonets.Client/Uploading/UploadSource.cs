using System;
using System.IO;
using Nanonets.Uploading;

namespace Nanonets;

/// <summary>A document to upload, wherever it comes from. It is opened only while it is sent.</summary>
public abstract class UploadSource
{
    private protected UploadSource(string fileName, string? sourcePath) => (FileName, SourcePath) = (fileName, sourcePath);

    /// <summary>The name the service knows it by; for a file the last part of its path. Sent in UTF-8.</summary>
    public string FileName { get; }

    /// <summary>Where it comes from, as its page results say it: the full path of a file.</summary>
    public string? SourcePath { get; }

    /// <summary>What messages call it.</summary>
    internal virtual string DisplayName => SourcePath ?? FileName;

    /// <summary>Names a local file.</summary>
    /// <param name="fullPath">A full path.</param>
    /// <returns>The file; it need not exist yet.</returns>
    /// <exception cref="ArgumentException">The path is empty or not a full one.</exception>
    public static UploadSource FromPath(string fullPath) =>
        Path.IsPathRooted(fullPath) ? new FileSource(fullPath) : throw new ArgumentException($"'{fullPath}' is no full path.", nameof(fullPath));

    /// <summary>Where it comes from.</summary>
    /// <returns>Path or name.</returns>
    public override string ToString() => DisplayName;

    /// <summary>Opens it for one try.</summary>
    /// <exception cref="NanonetsException">It cannot be sent: missing, unreadable, empty.</exception>
    internal abstract OpenedSource Open();
}
