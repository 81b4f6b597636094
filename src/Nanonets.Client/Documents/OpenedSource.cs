using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Documents;

/// <summary>A document opened for one try, with what it looked like then: one that changes while it is sent must not be accepted.</summary>
internal abstract class OpenedSource(UploadSource source) : IDisposable
{
    private long _read;

    public UploadSource Source { get; } = source;

    /// <summary>Bytes from the start to the end of the document.</summary>
    public long Length { get; protected init; }

    /// <summary>Whether its content is of a type the service is known to take.</summary>
    public bool HasKnownType => KnownType is not null;

    /// <summary>SHA-256 of the content that <see cref="TakeWhole"/> gives, where somebody computed it.</summary>
    public string? WholeHash { get; set; }

    /// <summary>By its content, else by its name.</summary>
    public string ContentType => KnownType ?? MediaType.OfName(Source.FileName);

    protected string? KnownType { get; init; }

    /// <summary>The content; null where there is none on this side.</summary>
    protected Stream? Content { get; init; }

    /// <summary>Reads on, into the buffer from an offset, at most so many bytes.</summary>
    /// <returns>Number of bytes; 0 at the end.</returns>
    /// <exception cref="SourceFailure">Fewer bytes than there were when it was opened, or it can no longer be read.</exception>
    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        int wanted = (int)Math.Min(count, Length - _read);
        if (wanted == 0)
            return 0;

        try
        {
            int read = await Content!.ReadAsync(buffer, offset, wanted, cancellationToken).ConfigureAwait(false);
            _read += read;
            return read > 0 ? read : throw Changed("became shorter");
        }
        // A stream from elsewhere may throw anything; whatever it is, it is not the network.
        catch (Exception unreadable) when (unreadable is not (OperationCanceledException or SourceFailure))
        {
            throw new SourceFailure(
                Source, NanonetsErrorId.SourceUnavailable, $"'{Source}' can no longer be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>
    /// The whole content in a buffer that may be longer, where it was small enough to be read when it was opened; null for any other.
    /// Whoever takes it must not change it, and returns it.
    /// </summary>
    /// <exception cref="ObjectDisposedException">It is closed, or somebody else works with it.</exception>
    public virtual byte[]? TakeWhole() => null;

    /// <summary>Whoever took the content is done with it. Not to be called after a failed write, which may still read from it.</summary>
    public virtual void ReturnWhole()
    {
    }

    /// <summary>Called before the last bytes of the body leave.</summary>
    /// <exception cref="SourceFailure">It is not the document any more that was opened.</exception>
    public abstract void EnsureUnchanged();

    public abstract void Dispose();

    /// <summary>What says that it is not the document any more that was opened.</summary>
    public SourceFailure Changed(string how) =>
        new(Source, NanonetsErrorId.SourceChanged, $"'{Source}' {how} while it was sent; the upload was not completed.", null);
}

/// <summary>
/// Ends a body because of the document it comes from. Kept apart from failures of the network, which concern all documents of a request.
/// </summary>
internal sealed class SourceFailure(UploadSource source, NanonetsErrorId errorId, string message, Exception? innerException)
    : Exception(message, innerException)
{
    public UploadSource UploadSource { get; } = source;

    public NanonetsException ToException() => new(errorId, Message, InnerException);
}
