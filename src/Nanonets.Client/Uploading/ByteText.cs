using System;
using System.Buffers;
using System.Text;

namespace Nanonets.Uploading;

/// <summary>Puts text together as UTF-8 in a borrowed buffer.</summary>
internal sealed class ByteText : IDisposable
{
    private static readonly Encoding s_utf8 = new UTF8Encoding(false);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);
    private int _length;

    public ByteText Append(string text)
    {
        int most = _length + s_utf8.GetMaxByteCount(text.Length);
        if (most > _buffer.Length)
            Grow(most);
        _length += s_utf8.GetBytes(text, 0, text.Length, _buffer, _length);
        return this;
    }

    /// <summary>The text so far; the next one begins empty.</summary>
    public byte[] Take()
    {
        byte[] taken = _buffer.AsSpan(0, _length).ToArray();
        _length = 0;
        return taken;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Grow(int least)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(least);
        Buffer.BlockCopy(_buffer, 0, larger, 0, _length);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
