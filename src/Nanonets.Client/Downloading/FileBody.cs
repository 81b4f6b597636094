using System;
using System.Buffers;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Downloading;

/// <summary>
/// Writes a body to a stream, piece by piece. A failing stream is the caller's own business and not a failure of the host.
/// </summary>
internal sealed class FileBody(Stream destination) : IBodySink
{
    private const int PieceSize = 64 * 1024;

    private ExceptionDispatchInfo? _notWritten;

    /// <summary>Each try begins anew, so nothing of a failed one is left.</summary>
    public bool HasPassedOn => _notWritten is not null;

    public long Length { get; private set; }

    /// <summary>Throws what the stream threw.</summary>
    public void ThrowIfNotWritten() => _notWritten?.Throw();

    public async Task<long> ReadAsync(Stream body, Watchdog watchdog)
    {
        await WriteAsync(Empty).ConfigureAwait(false);
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        while (true)
        {
            int read = await body.ReadAsync(piece, 0, piece.Length, watchdog.Token).ConfigureAwait(false);
            if (read == 0)
                break;

            // A slow disk is no silence of the host.
            watchdog.Pause();
            await WriteAsync(() => destination.WriteAsync(piece, 0, read, watchdog.Token)).ConfigureAwait(false);
            watchdog.Moved();
            Length += read;
        }

        // Not after a failure: an edition's stream may go on writing from a buffer that it was told to give up.
        ArrayPool<byte>.Shared.Return(piece);
        return Length;
    }

    private Task Empty()
    {
        destination.SetLength(0);
        destination.Position = 0;
        return Task.CompletedTask;
    }

    private async Task WriteAsync(Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            _notWritten = ExceptionDispatchInfo.Capture(failure);
            throw;
        }
    }
}
