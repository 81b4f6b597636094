using System;
using System.Buffers;
using System.Collections.Generic;

namespace Nanonets.Http;

/// <summary>
/// Collects the body of an answer in pieces that are joined only when it is whole: one that never ends takes no more memory than the limit, and a small one costs a single copy.
/// </summary>
internal sealed class BodyBuffer
{
    private const int FirstPiece = 16 * 1024;
    private const int LargestPiece = 1024 * 1024;

    private readonly List<byte[]> _full = [];
    private readonly byte[] _first;
    private byte[] _piece;
    private int _fullBytes;

    public BodyBuffer() => _piece = _first = ArrayPool<byte>.Shared.Rent(FirstPiece);

    /// <summary>Bytes so far.</summary>
    public int Length => _fullBytes + Filled;

    /// <summary>Where the next bytes go.</summary>
    public byte[] Piece => _piece;

    /// <summary>How much of the piece is filled.</summary>
    public int Filled { get; private set; }

    /// <summary>Bytes were put into the piece.</summary>
    public void Took(int count)
    {
        Filled += count;
        if (Filled < _piece.Length)
            return;

        _full.Add(_piece);
        _fullBytes += Filled;
        _piece = new byte[Math.Min(_piece.Length * 2, LargestPiece)];
        Filled = 0;
    }

    /// <summary>The whole body; the buffer is used up.</summary>
    public byte[] Take()
    {
        byte[] body = new byte[Length];
        int position = 0;
        foreach (byte[] full in _full)
        {
            Buffer.BlockCopy(full, 0, body, position, full.Length);
            position += full.Length;
        }

        Buffer.BlockCopy(_piece, 0, body, position, Filled);

        // Not after a failure, when a read that was given up may still write into it.
        ArrayPool<byte>.Shared.Return(_first);
        return body;
    }
}
