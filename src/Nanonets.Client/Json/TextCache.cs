using System;
using System.Buffers.Binary;
using System.Text;

namespace Nanonets.Json;

/// <summary>
/// Remembers short texts by their bytes. Labels, states and names of models repeat on every page of a long listing: each is made once, not
/// a million times. A text that meets another of the same place drives it out, so memory stays flat.
/// </summary>
internal sealed class TextCache
{
    private const int Places = 512;
    private const int Longest = 64;

    private static readonly UTF8Encoding s_strict = new(false, true);

    private readonly (byte[] Bytes, string Text)[] _known = new (byte[], string)[Places];

    /// <summary>The text; null when it is too long to remember, or no valid UTF-8.</summary>
    public string? Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0)
            return string.Empty;
        if (utf8.Length > Longest)
            return null;

        ref (byte[] Bytes, string Text) place = ref _known[PlaceOf(utf8)];
        if (place.Bytes is { } bytes && utf8.SequenceEqual(bytes))
            return place.Text;

        byte[] own = utf8.ToArray();
        try
        {
            place = (own, s_strict.GetString(own));
            return place.Text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Rests on both ends: what differs in ids and labels is there.</summary>
    private static int PlaceOf(ReadOnlySpan<byte> utf8)
    {
        ulong mixed = (ulong)utf8.Length;
        if (utf8.Length >= sizeof(ulong))
        {
            mixed ^= BinaryPrimitives.ReadUInt64LittleEndian(utf8) * 0x9E3779B97F4A7C15;
            mixed ^= BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(utf8.Length - sizeof(ulong))) * 0xC2B2AE3D27D4EB4F;
        }
        else
        {
            foreach (byte one in utf8)
                mixed = (mixed * 31) + one;
            mixed *= 0x9E3779B97F4A7C15;
        }

        return (int)((mixed >> 32) % Places);
    }
}
