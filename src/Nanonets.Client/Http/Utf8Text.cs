using System;
using System.Text;

namespace Nanonets.Http;

/// <summary>
/// JSON as bytes, from services and from proxies that re-encode: what is no UTF-8 becomes �, and a byte order mark in front is skipped.
/// </summary>
internal static class Utf8Text
{
    public static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> text)
    {
        if (text.Length >= 3 && text.Span.Slice(0, 3).SequenceEqual("\uFEFF"u8))
            text = text.Slice(3);
        return IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text.ToArray()));
    }

#if NETSTANDARD2_0
    private static readonly UTF8Encoding s_strict = new(false, true);

    private static bool IsValid(ReadOnlyMemory<byte> text)
    {
        try
        {
            _ = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(text, out ArraySegment<byte> bytes)
                ? s_strict.GetCharCount(bytes.Array!, bytes.Offset, bytes.Count)
                : s_strict.GetCharCount(text.ToArray());
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
#else
    private static bool IsValid(ReadOnlyMemory<byte> text) => System.Text.Unicode.Utf8.IsValid(text.Span);
#endif
}
