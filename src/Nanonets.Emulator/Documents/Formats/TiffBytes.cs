using System;
using System.Buffers.Binary;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>Numbers at positions of a TIFF in its own byte order; null where the file ends before them.</summary>
internal readonly struct TiffBytes(byte[] content)
{
    private readonly bool _littleEndian = content[0] == (byte)'I';

    public long Length => content.Length;

    public long? UInt8(long position) => Has(position, 1) ? content[position] : null;

    public long? UInt16(long position)
    {
        if (!Has(position, 2))
            return null;
        var bytes = content.AsSpan((int)position, 2);
        return _littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public long? UInt32(long position)
    {
        if (!Has(position, 4))
            return null;
        var bytes = content.AsSpan((int)position, 4);
        return _littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private bool Has(long position, int count) => position >= 0 && position <= content.Length - count;
}
