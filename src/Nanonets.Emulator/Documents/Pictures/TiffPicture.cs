using System;
using BitMiracle.LibTiff.Classic;
using Nanonets.Emulator.Documents.Formats;

namespace Nanonets.Emulator.Documents.Pictures;

/// <summary>
/// A PNG of a TIFF page, which browsers do not show: an empty sheet of the right size with a frame where its pixels cannot be decoded.
/// </summary>
internal static class TiffPicture
{
    private const byte White = 255;
    private const byte FrameGrey = 128;
    private const int FrameWidth = 4;

    public static byte[] Draw(byte[] content, ReadPage page, int pageIndex)
    {
        var size = new PixelSize(page.Width, page.Height);
        return TiffFile.Pixels(content, pageIndex) is { } pixels
            ? PngWriter.Write(size, 3, (y, row) => CopyRow(pixels.AsSpan(y * size.Width, size.Width), row))
            : PngWriter.Write(size, 1, (y, row) => FrameRow(y, page.Height, row));
    }

    private static void CopyRow(ReadOnlySpan<int> pixels, Span<byte> row)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            row[3 * x] = (byte)Tiff.GetR(pixels[x]);
            row[(3 * x) + 1] = (byte)Tiff.GetG(pixels[x]);
            row[(3 * x) + 2] = (byte)Tiff.GetB(pixels[x]);
        }
    }

    private static void FrameRow(int y, int height, Span<byte> row)
    {
        var edge = Math.Min(FrameWidth, row.Length);
        row.Fill(y < FrameWidth || y >= height - FrameWidth ? FrameGrey : White);
        row[..edge].Fill(FrameGrey);
        row[^edge..].Fill(FrameGrey);
    }
}
