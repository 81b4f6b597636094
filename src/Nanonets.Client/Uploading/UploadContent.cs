using System;
using System.Buffers;
using System.Buffers.Text;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Http;
using Nanonets.Journaling;

namespace Nanonets.Uploading;

/// <summary>
/// The body of an upload on its way: streamed from its sources, its length known beforehand. The last bytes are held back until the
/// journal has confirmed the claim, where that can be lost, and every document is still what it was when it was opened. The moment they
/// leave is remembered: before it, the service cannot have the document; after it, nobody may send this body again.
/// </summary>
internal sealed class UploadContent : HttpContent, ITrackedContent
{
    /// <summary>A multiple of three, so that base64 needs no padding within a document.</summary>
    private const int BufferSize = 126 * 1024;

    private readonly UploadBody _body;
    private readonly IRequestObserver? _observer;
    private OpenedSource? _owned;
    private Watchdog? _watchdog;
    private long _bytesSent;
    private NanonetsException? _unconfirmed;

    public UploadContent(UploadBody body, IRequestObserver? observer)
    {
        (_body, _observer) = (body, observer);
        // It is well-formed, and not taken apart and put together again.
        Headers.TryAddWithoutValidation("Content-Type", body.ContentType);
    }

    /// <summary>A body of some fields and one document, which is closed with it.</summary>
    public static UploadContent Owning(IEnumerable<(string Name, string Value)> fields, OpenedSource file, IRequestObserver? observer) =>
        new(MultipartBody.Create(fields, [file]), observer) { _owned = file };

    /// <summary>Whether the body's last byte was handed to the network, or is just being handed over.</summary>
    public bool LastByteHandedOver { get; private set; }

    /// <summary>What in the documents ended the body; null when nothing did.</summary>
    public SourceFailure? SourceFailure { get; private set; }

    /// <inheritdoc/>
    public NanonetsException? OwnFailure => SourceFailure?.ToException() ?? _unconfirmed;

    /// <summary>Asked before the last bytes leave; null where there is nothing to ask.</summary>
    public ClaimConfirmation? Confirmation { get; init; }

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
        try
        {
            foreach (BodyPart part in _body.Parts)
            {
                await WriteAsync(stream, part.Header, part.Header.Length, stop).ConfigureAwait(false);
                if (part.Source is { } source)
                    await CopyAsync(source, part.AsBase64, stream, stop).ConfigureAwait(false);
            }

            await stream.FlushAsync(stop).ConfigureAwait(false);
            // A slow journal, disk or share is no silence of the service. The next write goes on with the watch.
            _watchdog?.Pause();
            await (Confirmation?.AskAsync(stop) ?? Task.CompletedTask).ConfigureAwait(false);
            foreach (BodyPart part in _body.Parts)
                part.Source?.EnsureUnchanged();
            stop.ThrowIfCancellationRequested();
            if (Confirmation is { IsYoung: false })
                throw ClaimConfirmation.TooOld();
        }
        catch (SourceFailure failure)
        {
            SourceFailure = failure;
            throw;
        }
        catch (NanonetsException unconfirmed)
        {
            _unconfirmed = unconfirmed;
            throw;
        }

        LastByteHandedOver = true;
        await WriteAsync(stream, _body.Closing, _body.Closing.Length, stop).ConfigureAwait(false);
        await stream.FlushAsync(stop).ConfigureAwait(false);
        _watchdog?.AwaitHeaders();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _owned?.Dispose();
        base.Dispose(disposing);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    private Task CopyAsync(OpenedSource source, bool asBase64, Stream stream, CancellationToken stop) =>
        !asBase64 && source.TakeWhole() is { } whole
            ? WriteWholeAsync(source, whole, stream, stop)
            : CopyInPiecesAsync(source, asBase64, stream, stop);

    private async Task WriteWholeAsync(OpenedSource source, byte[] whole, Stream stream, CancellationToken stop)
    {
        EnsureIsWhatIsKnown(
            source, source.WholeHash ?? (source.Source.ContentHash is null ? null : ContentHash.Of(whole, (int)source.Length)));
        await WriteAsync(stream, whole, (int)source.Length, stop).ConfigureAwait(false);
        source.ReturnWhole();
    }

    private async Task CopyInPiecesAsync(OpenedSource source, bool asBase64, Stream stream, CancellationToken stop)
    {
        byte[] content = ArrayPool<byte>.Shared.Rent(BufferSize);
        using IncrementalHash? hash = source.Source.ContentHash is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] text = asBase64 ? new byte[Base64.GetMaxEncodedToUtf8Length(BufferSize)] : [];
        int read;
        while ((read = await FillAsync(source, content, stop).ConfigureAwait(false)) > 0)
        {
            hash?.AppendData(content, 0, read);
            if (asBase64)
            {
                Base64.EncodeToUtf8(content.AsSpan(0, read), text, out _, out int written);
                await WriteAsync(stream, text, written, stop).ConfigureAwait(false);
            }
            else
            {
                await WriteAsync(stream, content, read, stop).ConfigureAwait(false);
            }
        }

        // Not after a failure: an edition's stream may go on reading from the buffer of a write it was told to give up.
        ArrayPool<byte>.Shared.Return(content);
        EnsureIsWhatIsKnown(source, hash is null ? null : DocumentKey.Hex(hash.GetHashAndReset()));
    }

    /// <summary>A document that a journal knows by its hash must still be that document.</summary>
    private static void EnsureIsWhatIsKnown(OpenedSource source, string? hash)
    {
        if (source.Source.ContentHash is { } known && hash != known)
            throw source.Changed("was rewritten");
    }

    /// <summary>
    /// Reads until <see cref="BufferSize"/> is full or the document ends: a stream may hand out its bytes in any portions.
    /// </summary>
    private async Task<int> FillAsync(OpenedSource source, byte[] buffer, CancellationToken stop)
    {
        int filled = 0;
        int read;
        _watchdog?.Pause();
        while (filled < BufferSize && (read = await source.ReadAsync(buffer, filled, BufferSize - filled, stop).ConfigureAwait(false)) > 0)
            filled += read;
        _watchdog?.Moved();
        return filled;
    }

    private async Task WriteAsync(Stream stream, byte[] bytes, int count, CancellationToken stop)
    {
        await (_watchdog?.WriteAsync(stream, bytes, count, stop) ?? stream.WriteAsync(bytes, 0, count, stop)).ConfigureAwait(false);
        Interlocked.Add(ref _bytesSent, count);
        _observer?.BodyBytesSent(count);
    }
}
