using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Text;
using Nanonets.Emulator.Documents.Formats;

namespace Nanonets.Emulator.Documents.Pictures;

/// <summary>Writes grey and colour PNGs row by row, so that a large page needs no memory for its pixels.</summary>
internal static class PngWriter
{
    private const byte Grey = 0;
    private const byte Colour = 2;
    private static readonly uint[] s_checksums = MakeChecksums();

    /// <summary>Fills in one row; eight bits a sample.</summary>
    public delegate void RowSource(int y, Span<byte> row);

    /// <param name="size">The size in pixels.</param>
    /// <param name="samples">1 for grey, 3 for red, green and blue.</param>
    /// <param name="source">Is asked for each row from the top.</param>
    public static byte[] Write(PixelSize size, int samples, RowSource source)
    {
        using var png = new MemoryStream();
        png.Write(PngHeader.Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, size.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), size.Height);
        header[8] = 8;
        header[9] = samples == 1 ? Grey : Colour;
        WriteChunk(png, "IHDR", header);
        WriteChunk(png, "IDAT", Pixels(size, samples, source));
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Pixels(PixelSize size, int samples, RowSource source)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            var row = new byte[1 + (size.Width * samples)]; // each row starts with its filter, 0 for none
            for (var y = 0; y < size.Height; y++)
            {
                source(y, row.AsSpan(1));
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void WriteChunk(Stream png, string name, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Checksum(chunk.AsSpan(4, data.Length + 4)));
        png.Write(chunk);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
            checksum = s_checksums[(byte)(checksum ^ value)] ^ (checksum >> 8);
        return ~checksum;
    }

    private static uint[] MakeChecksums()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
            table[i] = value;
        }

        return table;
    }
}
