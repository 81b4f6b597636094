using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Listing;

/// <summary>
/// Reads a listing as it arrives and hands its pages out at once: all that one piece of the body completes, before the next piece is
/// awaited. Holds one piece, or one page where a page is larger.
/// </summary>
/// <typeparam name="T">What a page is read as.</typeparam>
/// <param name="read">Reads the JSON of a page; the bytes are its own only while it runs.</param>
/// <param name="take">Gets the pages that a piece completes.</param>
internal sealed class ListingBody<T>(Func<ReadOnlyMemory<byte>, T> read, Func<IReadOnlyList<T>, Task> take) : IBodySink
{
    /// <summary>Far above any page; as text and parsed it takes several times as much memory.</summary>
    internal const int LargestPage = 8 * 1024 * 1024;

    private const int PieceSize = 64 * 1024;

    private readonly ListingScanner _scanner = new();
    private readonly List<T> _found = [];
    private byte[] _buffer = new byte[PieceSize];
    private int _filled;
    private ExceptionDispatchInfo? _refusal;

    /// <summary>Pages handed out.</summary>
    public long PageCount { get; private set; }

    /// <summary>
    /// Whoever takes the pages keeps them to himself until the listing is whole: a failure in the middle may be tried again.
    /// </summary>
    public bool IsRepeatable { get; init; }

    public bool HasPassedOn => PageCount > 0 && !IsRepeatable;

    /// <summary>Whether both kinds of pages were listed, those of approved files and the others.</summary>
    public bool HasBothLists => _scanner.HasBothLists;

    public long? AnnouncedPageCount => _scanner.AnnouncedPageCount;

    /// <summary>Throws what the receiver of the pages threw: its own business, not a failure of the service.</summary>
    public void ThrowIfRefused() => _refusal?.Throw();

    public async Task<long> ReadAsync(Stream body, Watchdog watchdog)
    {
        long length = 0;
        while (true)
        {
            watchdog.Token.ThrowIfCancellationRequested();
            MakeRoom();
            int count = await body.ReadAsync(_buffer, _filled, Math.Min(PieceSize, _buffer.Length - _filled), watchdog.Token)
                .ConfigureAwait(false);
            if (count == 0)
                break;

            watchdog.Moved();
            _filled += count;
            length += count;
            await HandOutAsync(watchdog).ConfigureAwait(false);
        }

        if (!_scanner.IsComplete)
        {
            throw _scanner.HasEnded
                ? new InvalidDataException("it is no listing of pages.")
                : new EndOfStreamException("The listing ended early.");
        }

        return length;
    }

    private async Task HandOutAsync(Watchdog watchdog)
    {
        InvalidDataException? broken = FindPages();
        if (_found.Count > 0)
        {
            T[] pages = [.. _found];
            _found.Clear();

            // However long the receiver takes, the service is not silent meanwhile.
            watchdog.Pause();
            try
            {
                PageCount += pages.Length;
                await take(pages).ConfigureAwait(false);
            }
            catch (Exception refusal)
            {
                _refusal = ExceptionDispatchInfo.Capture(refusal);
                throw;
            }

            watchdog.Moved();
        }

        if (broken is not null)
            throw broken;
    }

    /// <summary>Parses the pages that are there.</summary>
    /// <returns>What ended the listing; the pages found before it are good.</returns>
    private InvalidDataException? FindPages()
    {
        try
        {
            while (_scanner.MoveNext(_buffer.AsSpan(0, _filled)))
                _found.Add(read(_buffer.AsMemory(_scanner.PageStart, _scanner.Position - _scanner.PageStart)));
            return null;
        }
        catch (InvalidDataException broken)
        {
            return broken;
        }
        catch (JsonException broken)
        {
            return new InvalidDataException("a page in it is no JSON.", broken);
        }
    }

    private void MakeRoom()
    {
        int done = _scanner.KeepFrom;
        if (done > 0)
        {
            Buffer.BlockCopy(_buffer, done, _buffer, 0, _filled - done);
            _filled -= done;
            _scanner.Discarded(done);
        }

        if (_filled < _buffer.Length)
            return;
        if (_buffer.Length >= LargestPage)
            throw new InvalidDataException($"a page in it is larger than {LargestPage / (1024 * 1024)} MB.");
        Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
