using System;
using System.Collections.Generic;
using Nanonets.Emulator.Documents.Formats;

namespace Nanonets.Emulator.Documents.Pictures;

/// <summary>The decoded pixels of a TIFF page: black and white, grey, or colour with or without transparency.</summary>
internal sealed class TiffPixels
{
    private const long NoCompression = 1;
    private const long Lzw = 5;
    private const long LargestPage = 200_000_000; // bytes of decoded pixels
    private readonly TiffPage _page;
    private readonly int _bytesPerRow;
    private readonly List<byte[]> _strips = [];

    private TiffPixels(TiffPage page)
    {
        _page = page;
        _bytesPerRow = (int)(((page.Size.Width * page.BitsPerSample * page.SamplesPerPixel) + 7) / 8);
    }

    /// <summary>Samples of a copied row: 1 for grey, 3 for colour.</summary>
    public int Samples => _page.SamplesPerPixel >= 3 ? 3 : 1;

    private bool ZeroIsWhite => _page.Photometric == 0;

    /// <returns>The pixels, or null if they are stored in a way that is not decoded here.</returns>
    public static TiffPixels? Read(byte[] content, TiffPage page)
    {
        var known = page is { IsPlainLayout: true, RowsPerStrip: > 0, Compression: NoCompression or Lzw } and
            ({ BitsPerSample: 1 or 8, SamplesPerPixel: 1, Photometric: 0 or 1, Predictor: 1 } or
             { BitsPerSample: 8, SamplesPerPixel: 3 or 4, Photometric: 2, Predictor: 1 or 2 });
        if (!known)
            return null;
        var pixels = new TiffPixels(page);
        return (long)pixels._bytesPerRow * page.Size.Height <= LargestPage && pixels.Decode(content) ? pixels : null;
    }

    public void CopyRow(int y, Span<byte> row)
    {
        var strip = _strips[(int)(y / _page.RowsPerStrip)];
        var source = strip.AsSpan((int)(y % _page.RowsPerStrip) * _bytesPerRow, _bytesPerRow);
        for (var x = 0; x < _page.Size.Width; x++)
        {
            if (Samples == 3)
                source.Slice(x * _page.SamplesPerPixel, 3).CopyTo(row[(x * 3)..]);
            else
                row[x] = Grey(source, x);
        }
    }

    private byte Grey(ReadOnlySpan<byte> source, int x)
    {
        var value = _page.BitsPerSample == 8 ? source[x] : (byte)((source[x / 8] & (0x80 >> (x % 8))) == 0 ? 0 : 255);
        return ZeroIsWhite ? (byte)~value : value;
    }

    private bool Decode(byte[] content)
    {
        long rowsLeft = _page.Size.Height;
        foreach (var (offset, length) in _page.Strips)
        {
            var rows = (int)Math.Min(_page.RowsPerStrip, rowsLeft);
            var packed = content.AsSpan((int)offset, (int)length);
            var strip = new byte[rows * _bytesPerRow];
            if (_page.Compression == Lzw ? !TiffLzw.Decode(packed, strip) : !packed[..Math.Min(packed.Length, strip.Length)].TryCopyTo(strip) || packed.Length < strip.Length)
                return false;
            if (_page.Predictor == 2)
                UndoDifferences(strip);
            _strips.Add(strip);
            rowsLeft -= rows;
        }

        return rowsLeft == 0;
    }

    /// <summary>Predictor 2 stores each sample as the difference to the pixel on its left.</summary>
    private void UndoDifferences(byte[] strip)
    {
        for (var start = 0; start < strip.Length; start += _bytesPerRow)
        {
            for (var i = start + _page.SamplesPerPixel; i < start + _bytesPerRow; i++)
                strip[i] += strip[i - _page.SamplesPerPixel];
        }
    }
}
