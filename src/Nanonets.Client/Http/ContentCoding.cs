using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace Nanonets.Http;

/// <summary>Compression of an answer. None is asked for, but there are gateways that compress all the same.</summary>
internal static class ContentCoding
{
    /// <returns>The body as it was before; null where nothing was done to it.</returns>
    /// <exception cref="InvalidDataException">It cannot be undone.</exception>
    public static Stream? Undo(IEnumerable<string> codings, Stream body)
    {
        Stream? decoded = null;
        foreach (string coding in codings.Reverse())
            decoded = Undo(coding.Trim().ToLowerInvariant(), decoded ?? body) ?? decoded;
        return decoded;
    }

#pragma warning disable CA1859 // Only on the older framework is there but one kind of stream.
    private static Stream? Undo(string coding, Stream body) => coding switch
    {
        "" or "identity" => null,
        "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
#if !NETSTANDARD2_0
        "deflate" => new ZLibStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
#endif
        _ => throw new InvalidDataException($"it is compressed as '{PlainText.OneLine(coding)}', which was not asked for."),
    };
#pragma warning restore CA1859
}
