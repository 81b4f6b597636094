using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Http;

/// <summary>
/// Collects the body of an answer. Small ones are read side by side; of large ones only one at a time goes on, so that all answers
/// together, hostile ones too, take no more memory than one.
/// </summary>
internal static class AnswerBody
{
    /// <summary>Far above any answer of these calls. Listings, which may be larger, are not collected.</summary>
    private const int Largest = 48 * 1024 * 1024;

    /// <summary>So much of each is read without waiting for others.</summary>
    private const int Small = 64 * 1024;

    private static readonly SemaphoreSlim s_oneLarge = new(1, 1);

    /// <summary>
    /// The room that the last large answer has left, for the next one; the collector may have it. Belongs to who has the turn.
    /// </summary>
    private static readonly WeakReference<byte[]?> s_room = new(null);

    /// <param name="announced">How long it says to be; null when it does not.</param>
    /// <exception cref="InvalidDataException">It is too large.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, long? announced, Watchdog watchdog)
    {
        if (announced > Largest)
            throw TooLarge();
        if (announced is > 0 and <= Small and long length)
        {
            var whole = new byte[length];
            return whole.AsMemory(0, await FillAsync(stream, whole, 0, watchdog).ConfigureAwait(false));
        }

        byte[] first = ArrayPool<byte>.Shared.Rent(Small);
        int filled = await FillAsync(stream, first, 0, watchdog).ConfigureAwait(false);
        if (filled == first.Length)
            return await ReadLargeAsync(stream, first, watchdog).ConfigureAwait(false);

        byte[] body = first.AsSpan(0, filled).ToArray();

        // Not after a failure, when a read that was given up may still write into it.
        ArrayPool<byte>.Shared.Return(first);
        return body;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadLargeAsync(Stream stream, byte[] first, Watchdog watchdog)
    {
        // It is not the service that is slow now, it waits for its turn.
        watchdog.Pause();
        await s_oneLarge.WaitAsync(watchdog.Token).ConfigureAwait(false);
        byte[] room = s_room.TryGetTarget(out byte[]? left) ? left! : new byte[Largest];
        s_room.SetTarget(null);
        try
        {
            watchdog.Moved();
            Buffer.BlockCopy(first, 0, room, 0, first.Length);
            int filled = await FillAsync(stream, room, first.Length, watchdog).ConfigureAwait(false);
            if (filled == Largest)
            {
                s_room.SetTarget(room);
                throw TooLarge();
            }

            return filled > Largest / 2 ? room.AsMemory(0, filled) : Copy(room, filled);
        }
        finally
        {
            s_oneLarge.Release();
        }
    }

    /// <summary>What is not so large does not keep all the room.</summary>
    private static byte[] Copy(byte[] room, int filled)
    {
        byte[] body = room.AsSpan(0, filled).ToArray();
        s_room.SetTarget(room);
        return body;
    }

    private static async Task<int> FillAsync(Stream stream, byte[] room, int filled, Watchdog watchdog)
    {
        int read;
        while (filled < room.Length
            && (read = await stream.ReadAsync(room, filled, room.Length - filled, watchdog.Token).ConfigureAwait(false)) > 0)
        {
            watchdog.Moved();
            filled += read;
        }

        return filled;
    }

    private static InvalidDataException TooLarge() => new($"The answer is larger than {Largest / (1024 * 1024)} MB.");
}
