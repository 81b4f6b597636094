using System;

namespace Nanonets.Emulator.Documents.Pictures;

/// <summary>TIFF's LZW: codes of 9 to 12 bits, highest bit first, each longer code coming one entry early.</summary>
internal static class TiffLzw
{
    private const int Clear = 256;
    private const int End = 257;
    private const int LargestCode = 4095;

    /// <returns>Whether the packed bytes fill the target exactly.</returns>
    public static bool Decode(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        // Every entry is a stretch of what was written already, so the dictionary is two numbers an entry.
        Span<int> starts = stackalloc int[LargestCode + 1];
        Span<int> lengths = stackalloc int[LargestCode + 1];
        var (written, next, width, previous) = (0, End + 1, 9, -1);
        var (bits, bitCount, position) = (0, 0, 0);
        while (written < target.Length)
        {
            for (; bitCount < width; bitCount += 8)
            {
                if (position == packed.Length)
                    return false;
                bits = ((bits << 8) | packed[position++]) & 0xFFFFFF;
            }

            var code = (bits >> (bitCount - width)) & ((1 << width) - 1);
            bitCount -= width;
            if (code == End)
                return false;
            if (code == Clear)
            {
                (next, width, previous) = (End + 1, 9, -1);
                continue;
            }

            var known = code < Clear || (code > End && code < next);
            if (!known && (code != next || previous < 0))
                return false;
            var length = known ? LengthOf(code, lengths) : LengthOf(previous, lengths) + 1;
            if (length > target.Length - written)
                return false;
            Copy(target, known ? code : previous, known ? length : length - 1, starts, written);
            if (!known)
                target[written + length - 1] = target[written];
            if (previous >= 0 && next <= LargestCode)
            {
                // The previous string plus the first byte of this one; the two stand next to each other in the output.
                starts[next] = written - LengthOf(previous, lengths);
                lengths[next] = LengthOf(previous, lengths) + 1;
                next++;
            }

            written += length;
            width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
            previous = code;
        }

        return true;
    }

    private static int LengthOf(int code, ReadOnlySpan<int> lengths) => code < Clear ? 1 : lengths[code];

    private static void Copy(Span<byte> target, int code, int length, ReadOnlySpan<int> starts, int written)
    {
        if (code < Clear)
            target[written] = (byte)code;
        else
            target.Slice(starts[code], length).CopyTo(target[written..]);
    }
}
