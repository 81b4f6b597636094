using System;
using System.Buffers.Binary;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>
/// Reads the stored size of a JPEG from its frame header. The EXIF orientation is not applied: boxes and sizes are those of the stored
/// pixels.
/// </summary>
internal static class JpegHeader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    public static bool Matches(ReadOnlySpan<byte> content) => content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    public static PixelSize? Read(ReadOnlySpan<byte> content)
    {
        PixelSize? size = null;
        var position = 2;
        while (position + 1 < content.Length && content[position] == 0xFF)
        {
            var marker = content[position + 1];
            if (marker == 0xFF)
            {
                position++; // fill byte
                continue;
            }

            if (marker == StartOfScan)
                return HasPixelsAndEnd(content[position..]) ? size : null;
            if (marker == EndOfImage)
                return null;
            position += 2;
            if (IsStandalone(marker))
                continue;
            if (position + 2 > content.Length)
                return null;
            int length = BinaryPrimitives.ReadUInt16BigEndian(content[position..]);
            if (length < 2 || position + length > content.Length)
                return null;
            if (IsFrameHeader(marker))
                size = FrameSize(content.Slice(position, length));
            position += length;
        }

        return null;
    }

    private static PixelSize? FrameSize(ReadOnlySpan<byte> frame) => frame.Length < 8
        ? null
        : PixelSize.Plausible(BinaryPrimitives.ReadUInt16BigEndian(frame[5..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));

    /// <summary>Some cameras append data after the picture, so the end marker is looked for in all that follows.</summary>
    private static bool HasPixelsAndEnd(ReadOnlySpan<byte> scan) => scan.LastIndexOf((ReadOnlySpan<byte>)[0xFF, EndOfImage]) > 0;

    private static bool IsStandalone(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD8);

    // C0-CF without the tables DHT (C4) and DAC (CC) and the reserved C8.
    private static bool IsFrameHeader(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
