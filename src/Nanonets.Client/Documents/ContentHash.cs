using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;

namespace Nanonets.Documents;

/// <summary>
/// Reads a document once for its hash: what the journal knows it by, and what it must still be when its last bytes leave.
/// </summary>
internal static class ContentHash
{
    private const int BufferSize = 128 * 1024;

    /// <exception cref="NanonetsException">It cannot be read.</exception>
    public static async Task<string> OfAsync(UploadSource source, CancellationToken cancellationToken)
    {
        // What the service fetches by itself is known by its address only.
        if (source is UrlSource url)
            return DocumentKey.Hex(DocumentKey.Sha256(Encoding.UTF8.GetBytes("url " + url.Address)));

        OpenedSource opened = source.Open();
        try
        {
            if (opened.TakeWhole() is { } whole)
            {
                opened.WholeHash ??= Of(whole, (int)opened.Length);
                opened.ReturnWhole();
                return opened.WholeHash;
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferSize];
            int read;
            while ((read = await opened.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
                hash.AppendData(buffer, 0, read);
            return DocumentKey.Hex(hash.GetHashAndReset());
        }
        catch (SourceFailure failure)
        {
            throw failure.ToException();
        }
        finally
        {
            source.Keep(opened);
        }
    }

    /// <summary>Of the original that the service has stored; it is fetched through its signed address, which is free.</summary>
    /// <exception cref="NanonetsException">It cannot be fetched.</exception>
    public static async Task<string> OfOriginalAsync(
        NanonetsClient client, string modelId, string requestFileId, IRequestObserver? observer, CancellationToken cancellationToken)
    {
        FileResult file = await client.GetFileResultAsync(modelId, requestFileId, observer, cancellationToken).ConfigureAwait(false);
        SignedUrl address = file.Pages.Select(static page => page.SignedUrls?.OriginalFile?.Original)
            .FirstOrDefault(static address => address is not null)
            ?? throw new NanonetsException(NanonetsErrorId.AddressRejected, "The service has no address for the original.");
        using var content = new HashingStream();
        await client.DownloadAsync(address, content, observer, cancellationToken).ConfigureAwait(false);
        return content.Hash();
    }

    /// <summary>The same of the first bytes of a buffer.</summary>
    public static string Of(byte[] buffer, int count)
    {
#if NETSTANDARD2_0
        using var sha = SHA256.Create();
        return DocumentKey.Hex(sha.ComputeHash(buffer, 0, count));
#else
        return DocumentKey.Hex(SHA256.HashData(buffer.AsSpan(0, count)));
#endif
    }

    /// <summary>Takes a download and keeps its hash only.</summary>
    private sealed class HashingStream : Stream
    {
        private IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => SetLength(value);
        }

        public string Hash() => DocumentKey.Hex(_hash.GetHashAndReset());

        public override void Flush()
        {
            // Nothing is kept back.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        /// <summary>A download that is tried again begins anew.</summary>
        public override void SetLength(long value)
        {
            if (value == _length)
                return;
            if (value != 0)
                throw new NotSupportedException();
            _hash.Dispose();
            (_hash, _length) = (IncrementalHash.CreateHash(HashAlgorithmName.SHA256), 0);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            _hash.AppendData(buffer, offset, count);
            _length += count;
        }

        /// <summary>At once: the base class would change threads for each piece.</summary>
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(buffer, offset, count);
            return Task.CompletedTask;
        }

#if !NETSTANDARD2_0
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _hash.AppendData(buffer.Span);
            _length += buffer.Length;
            return default;
        }
#endif

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
