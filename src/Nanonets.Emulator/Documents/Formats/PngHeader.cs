using System;
using System.Buffers.Binary;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>Reads the size of a PNG and checks that the file is whole.</summary>
internal static class PngHeader
{
    private const int ChunkOverhead = 12; // length, name and checksum

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool Matches(ReadOnlySpan<byte> content) => content.StartsWith(Signature);

    public static PixelSize? Read(ReadOnlySpan<byte> content)
    {
        var rest = content[Signature.Length..];
        if (rest.Length < ChunkOverhead + 13 || Length(rest) != 13 || !rest.Slice(4, 4).SequenceEqual("IHDR"u8))
            return null;
        var size = PixelSize.Plausible(BinaryPrimitives.ReadUInt32BigEndian(rest[8..]), BinaryPrimitives.ReadUInt32BigEndian(rest[12..]));
        return ReachesEnd(rest) ? size : null;
    }

    /// <summary>A picture has pixel data and an end; a file cut short has lost at least the end.</summary>
    private static bool ReachesEnd(ReadOnlySpan<byte> rest)
    {
        var hasPixels = false;
        while (rest.Length >= ChunkOverhead && Length(rest) <= rest.Length - ChunkOverhead)
        {
            var name = rest.Slice(4, 4);
            if (name.SequenceEqual("IEND"u8))
                return hasPixels;
            hasPixels |= name.SequenceEqual("IDAT"u8);
            rest = rest[(ChunkOverhead + (int)Length(rest))..];
        }

        return false;
    }

    private static uint Length(ReadOnlySpan<byte> chunk) => BinaryPrimitives.ReadUInt32BigEndian(chunk);
}
