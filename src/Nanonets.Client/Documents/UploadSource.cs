using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Http;

namespace Nanonets;

/// <summary>
/// A document to upload, wherever it comes from: a file, a stream, base64 text, or an address that the service fetches. It is opened only
/// while it is sent. Shows itself without what must stay secret, such as the query of a signed address.
/// </summary>
public abstract class UploadSource
{
    private protected UploadSource(string fileName, string? sourcePath) => (FileName, SourcePath) = (fileName, sourcePath);

    /// <summary>
    /// The name the service knows it by: the last part of a path or address, or as given. Sent in UTF-8; base64 data travels without it.
    /// </summary>
    public string FileName { get; }

    /// <summary>
    /// Where it comes from, as its page results say it: the full path of a file, an address without its query. Null for streams and base64
    /// data.
    /// </summary>
    public string? SourcePath { get; }

    /// <summary>Its size in bytes as far as it is known before it is opened; null for a file and for an address.</summary>
    public virtual long? Length => null;

    /// <summary>How it travels.</summary>
    internal abstract UploadForm Form { get; }

    /// <summary>What an answer may call it.</summary>
    internal virtual IEnumerable<string> AnswerNames => [FileName];

    /// <summary>SHA-256 of its content, once a journal asked for it: what is sent must still be that.</summary>
    internal string? ContentHash { get; set; }

    /// <summary>Names a local file.</summary>
    /// <param name="fullPath">A full path.</param>
    /// <returns>The file; it need not exist yet.</returns>
    /// <exception cref="ArgumentException">The path is empty or not a full one.</exception>
    public static UploadSource FromPath(string fullPath) =>
        Path.IsPathRooted(fullPath)
            ? new FileSource(fullPath)
            : throw new ArgumentException($"'{fullPath}' is not a full path.", nameof(fullPath));

    /// <summary>
    /// Takes a stream from where it stands. One that can seek is used as it is and stays the caller's to close; any other is copied to a
    /// temporary file that only this account can read and that is gone with the source, so that it can be measured and sent again.
    /// </summary>
    /// <param name="stream">The document. It must not be used elsewhere while it is sent.</param>
    /// <param name="fileName">The name it is sent with.</param>
    /// <param name="cancellationToken">Cancels the copying.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ArgumentException">The stream cannot be read, or there is no name.</exception>
    /// <exception cref="NanonetsException">The stream cannot be read to its end, or the copy cannot be written.</exception>
    public static async Task<UploadSource> FromStreamAsync(Stream stream, string fileName, CancellationToken cancellationToken = default)
    {
        EnsureName(fileName);
        if (!stream.CanRead)
            throw new ArgumentException(
                $"The stream of '{fileName}' cannot be read. It is closed, or open for writing only.", nameof(stream));
        return stream.CanSeek
            ? new StreamSource(stream, fileName, UploadForm.File)
            : new StreamSource(
                await SpoolFile.CopyAsync(stream, fileName, cancellationToken).ConfigureAwait(false), fileName, UploadForm.File);
    }

    /// <summary>Takes a document as base64 text; it is sent as the API's <c>base64_data</c> (documented).</summary>
    /// <param name="data">Base64, with or without line breaks and a <c>data:…;base64,</c> in front.</param>
    /// <param name="fileName">What messages call it; it does not travel with the data.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ArgumentException">There is no name.</exception>
    /// <exception cref="FormatException">Not base64.</exception>
    public static UploadSource FromBase64(string data, string fileName)
    {
        EnsureName(fileName);
        string bare = data.TrimStart();
        if (bare.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            && bare.IndexOf(";base64,", StringComparison.OrdinalIgnoreCase) is > 0 and int mark)
            bare = bare.Substring(mark + ";base64,".Length);
        return new StreamSource(new MemoryStream(Convert.FromBase64String(bare), false), fileName, UploadForm.Base64);
    }

    /// <summary>Names a document that the service fetches by itself (POST …/LabelUrls/).</summary>
    /// <param name="address">An https address the service can reach; plain http is taken on loopback only, for an emulator.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ArgumentException">No such address.</exception>
    public static UploadSource FromUri(Uri address) => new UrlSource(address);

    /// <summary>Where it comes from, or what it is called, to be shown: without control characters.</summary>
    /// <returns>Path, address without query, or name.</returns>
    public override string ToString() => PlainText.Printable(SourcePath ?? FileName);

    /// <summary>Opens it for one try.</summary>
    /// <exception cref="NanonetsException">It cannot be sent: missing, unreadable, empty.</exception>
    internal abstract OpenedSource Open();

    /// <summary>Opens it for a look at its beginning and its size, before it is known whether it is sent.</summary>
    /// <exception cref="NanonetsException">It cannot be sent: missing, unreadable, empty.</exception>
    internal virtual OpenedSource OpenToLook() => Open();

    /// <summary>Takes back what was opened for a look, so that the next <see cref="Open"/> need not look again; or closes it.</summary>
    internal virtual void Keep(OpenedSource opened) => opened.Dispose();

    /// <summary>Lets go of what <see cref="Keep"/> kept: its turn will not come soon, or not at all. It can still be opened.</summary>
    internal virtual void Forget()
    {
    }

    /// <summary>Lets go of what was kept to send it: it cannot be opened any more.</summary>
    internal virtual void Release()
    {
    }

    private static void EnsureName(string fileName)
    {
        if (string.IsNullOrWhiteSpace(fileName))
            throw new ArgumentException("The document has no name.", nameof(fileName));
    }
}
