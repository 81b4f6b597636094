using System;
using Nanonets.Emulator.Documents.Formats;

namespace Nanonets.Emulator.Documents.Pictures;

/// <summary>
/// A PNG of a TIFF page, which browsers do not show: the real pixels where they are stored plainly or with LZW,
/// otherwise (fax and other compressions) an empty sheet of the right size with a frame.
/// </summary>
internal static class TiffPicture
{
    private const byte White = 255;
    private const byte FrameGrey = 128;
    private const int FrameWidth = 4;

    public static byte[] Draw(byte[] content, ReadPage page, int pageIndex)
    {
        var tiff = TiffFile.Read(content)?[pageIndex] ?? throw new ArgumentException("The content is not that of the document.", nameof(content));
        return TiffPixels.Read(content, tiff) is { } pixels
            ? PngWriter.Write(tiff.Size, pixels.Samples, pixels.CopyRow)
            : PngWriter.Write(new PixelSize(page.Width, page.Height), 1, (y, row) => FrameRow(y, page.Height, row));
    }

    private static void FrameRow(int y, int height, Span<byte> row)
    {
        var edge = Math.Min(FrameWidth, row.Length);
        row.Fill(y < FrameWidth || y >= height - FrameWidth ? FrameGrey : White);
        row[..edge].Fill(FrameGrey);
        row[^edge..].Fill(FrameGrey);
    }
}
