using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Uploading;

/// <summary>
/// The multipart body of an upload: streamed from disk, its length known beforehand. The closing boundary is held back until every
/// file is still what it was when it was opened, and the moment it leaves is remembered: before it, the service cannot have the
/// document; after it, nobody may send this body again.
/// </summary>
internal sealed class UploadContent : HttpContent, IWatchedContent
{
    private const int BufferSize = 80 * 1024;
    private static readonly Encoding s_utf8 = new UTF8Encoding(false);

    private readonly List<(byte[] Header, OpenedSource? File)> _parts = [];
    private readonly byte[] _closing;
    private readonly IRequestObserver? _observer;
    private Watchdog? _watchdog;
    private long _bytesSent;

    public UploadContent(UploadRequest request, IReadOnlyList<OpenedSource> files, IRequestObserver? observer)
        : this(request, files, observer, "----NanonetsPowerShell" + Guid.NewGuid().ToString("N"))
    {
    }

    internal UploadContent(UploadRequest request, IReadOnlyList<OpenedSource> files, IRequestObserver? observer, string boundary)
    {
        _observer = observer;
        if (!string.IsNullOrEmpty(request.Metadata))
            AddField(boundary, "request_metadata", request.Metadata!);
        if (request.PagesToProcess is { Count: > 0 } pages)
            AddField(boundary, "pages_to_process", string.Join(",", pages.Select(static page => page.ToString(CultureInfo.InvariantCulture))));
        foreach (OpenedSource file in files)
        {
            string header = $"{Delimiter(boundary)}Content-Disposition: form-data; name=\"file\"; filename=\"{Escape(file.Source.FileName)}\"\r\n"
                + $"Content-Type: {file.ContentType}\r\n\r\n";
            _parts.Add((s_utf8.GetBytes(header), file));
        }

        _closing = s_utf8.GetBytes($"\r\n--{boundary}--\r\n");
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
    }

    /// <summary>Whether the body's last byte was handed to the network, or is just being handed over.</summary>
    public bool LastByteHandedOver { get; private set; }

    /// <summary>What in the files ended the body; null when nothing did.</summary>
    public SourceFailure? SourceFailure { get; private set; }

    public void Watch(Watchdog watchdog) => _watchdog = watchdog;

    /// <summary>Takes the bytes of a try that did not arrive out of the progress.</summary>
    public void TakeBackBytes() => _observer?.BodyBytesSent(-Interlocked.Exchange(ref _bytesSent, 0));

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        // The HTTP stack may ask for a body twice (a proxy that wants a password, a connection that broke).
        if (LastByteHandedOver)
            throw new InvalidOperationException("This upload was handed over already and must not be sent again.");
        if (_bytesSent > 0)
            throw new IOException("This upload was begun already.");

        CancellationToken stop = _watchdog?.Token ?? CancellationToken.None;
        var buffer = new byte[BufferSize];
        try
        {
            foreach ((byte[] header, OpenedSource? file) in _parts)
            {
                await WriteAsync(stream, header, header.Length, stop).ConfigureAwait(false);
                int read;
                while (file is not null && (read = await file.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0)
                    await WriteAsync(stream, buffer, read, stop).ConfigureAwait(false);
            }

            await stream.FlushAsync(stop).ConfigureAwait(false);
            foreach ((_, OpenedSource? file) in _parts)
                file?.EnsureUnchanged();
        }
        catch (SourceFailure failure)
        {
            SourceFailure = failure;
            throw;
        }

        stop.ThrowIfCancellationRequested();
        LastByteHandedOver = true;
        await WriteAsync(stream, _closing, _closing.Length, stop).ConfigureAwait(false);
        await stream.FlushAsync(stop).ConfigureAwait(false);
        _watchdog?.AwaitHeaders();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _closing.Length + _parts.Sum(static part => part.Header.Length + (part.File?.Length ?? 0));
        return true;
    }

    private async Task WriteAsync(Stream stream, byte[] bytes, int count, CancellationToken stop)
    {
        await stream.WriteAsync(bytes, 0, count, stop).ConfigureAwait(false);
        _watchdog?.Moved();
        Interlocked.Add(ref _bytesSent, count);
        _observer?.BodyBytesSent(count);
    }

    private void AddField(string boundary, string name, string value) => _parts.Add((s_utf8.GetBytes(
        $"{Delimiter(boundary)}Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}"), null));

    /// <summary>Each delimiter belongs to the line end before it; the first part has none before it.</summary>
    private string Delimiter(string boundary) => (_parts.Count == 0 ? string.Empty : "\r\n") + $"--{boundary}\r\n";

    /// <summary>Names are raw UTF-8; what would end the quoted text is percent-encoded, as browsers do it.</summary>
    private static string Escape(string fileName) => fileName.Replace("\"", "%22").Replace("\r", "%0D").Replace("\n", "%0A");
}
