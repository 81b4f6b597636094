using System;
using System.Collections.Generic;
using System.IO;
using BitMiracle.LibTiff.Classic;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>Reads TIFF files, in their 32-bit and their 64-bit form, with LibTiff.</summary>
internal static class TiffFile
{
    private const int MaximumPages = 10_000;

    static TiffFile() => Tiff.SetErrorHandler(new Silence());

    public static bool Matches(ReadOnlySpan<byte> content) =>
        content.StartsWith("II*\0"u8) || content.StartsWith("MM\0*"u8) || content.StartsWith("II+\0"u8) || content.StartsWith("MM\0+"u8);

    /// <returns>The sizes of the pages, or null if any of them cannot be read: half a document is none.</returns>
    public static IReadOnlyList<PixelSize>? Read(byte[] content) => Open(content, static tiff =>
    {
        var sizes = new List<PixelSize>();
        do
        {
            if (IsThumbnailOrMask(tiff))
                continue;
            if (SizeOf(tiff) is not { } size || !HasItsPixels(tiff) || sizes.Count == MaximumPages)
                return null;
            sizes.Add(size);
        }
        while (tiff.ReadDirectory());
        return sizes.Count > 0 ? sizes : null;
    });

    /// <summary>Decodes a page.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="pageIndex">The page, from 0.</param>
    /// <returns>A number for each pixel, from the top, to be taken apart by LibTiff; null where it cannot be decoded.</returns>
    public static int[]? Pixels(byte[] content, int pageIndex) => Open(content, tiff =>
    {
        int index = 0;
        do
        {
            if (IsThumbnailOrMask(tiff) || index++ < pageIndex)
                continue;
            if (SizeOf(tiff) is not { } size)
                return null;
            var pixels = new int[size.Width * size.Height];
            return tiff.ReadRGBAImageOriented(size.Width, size.Height, pixels, Orientation.TOPLEFT) ? pixels : null;
        }
        while (tiff.ReadDirectory());
        return null;
    });

    private static T? Open<T>(byte[] content, Func<Tiff, T?> read)
        where T : class
    {
        try
        {
            using var tiff = Tiff.ClientOpen("upload", "r", new MemoryStream(content, false), new TiffStream());
            return tiff is null ? null : read(tiff);
        }
        catch (Exception)
        {
            // The library throws many kinds of exceptions, framework ones among them, for damaged files; all mean "unreadable" here.
            return null;
        }
    }

    private static PixelSize? SizeOf(Tiff tiff) => PixelSize.Plausible(Number(tiff, TiffTag.IMAGEWIDTH), Number(tiff, TiffTag.IMAGELENGTH));

    /// <summary>Bit 0 marks a reduced copy of another picture, bit 2 a transparency mask: neither is a page.</summary>
    private static bool IsThumbnailOrMask(Tiff tiff) => (Number(tiff, TiffTag.SUBFILETYPE) & 0b101) != 0;

    /// <summary>Whether all strips or tiles lie inside the file.</summary>
    private static bool HasItsPixels(Tiff tiff)
    {
        ulong[] offsets = Numbers(tiff, TiffTag.STRIPOFFSETS) ?? Numbers(tiff, TiffTag.TILEOFFSETS) ?? [];
        ulong[] lengths = Numbers(tiff, TiffTag.STRIPBYTECOUNTS) ?? Numbers(tiff, TiffTag.TILEBYTECOUNTS) ?? [];
        ulong end = (ulong)tiff.GetStream().Size(tiff.Clientdata());
        for (int i = 0; i < offsets.Length; i++)
        {
            ulong length = i < lengths.Length ? lengths[i] : 0;
            if (offsets[i] > end || length > end - offsets[i])
                return false;
        }

        return offsets.Length > 0;
    }

    private static int Number(Tiff tiff, TiffTag tag) => tiff.GetField(tag) is [var value, ..] ? value.ToInt() : 0;

    private static ulong[]? Numbers(Tiff tiff, TiffTag tag) => tiff.GetField(tag) is [var value, ..] ? value.Value as ulong[] : null;

    /// <summary>The library would write to the console of whoever hosts the emulator.</summary>
    private sealed class Silence : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }
    }
}
