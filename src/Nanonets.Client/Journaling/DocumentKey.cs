using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Nanonets.Journaling;

/// <summary>
/// What makes two uploads the same: service, model, content, pages asked for, and the user's own metadata. Equal content with other
/// metadata is another upload, since the answer would carry the wrong words.
/// </summary>
/// <param name="Origin">Address of the service, such as <c>https://app.nanonets.com/api/v2/</c>.</param>
/// <param name="ModelId">The model.</param>
/// <param name="ContentHash">SHA-256 of the content in lower-case hexadecimal; something random where nobody asks for a journal.</param>
/// <param name="Pages">Pages asked for, as sent (<c>1,3</c>); empty for all.</param>
/// <param name="MetadataDigest">See <see cref="DigestOf"/>.</param>
internal sealed record DocumentKey(string Origin, string ModelId, string ContentHash, string Pages = "", string MetadataDigest = "")
{
    /// <summary>Digest of the user's own metadata, without our tag; empty for none. The metadata itself is never stored.</summary>
    public static string DigestOf(string? metadata)
    {
        if (string.IsNullOrEmpty(metadata))
            return string.Empty;

        return Hex(Sha256(Encoding.UTF8.GetBytes(metadata!)));
    }

    /// <summary>Pages in the form they are sent.</summary>
    public static string PagesOf(IReadOnlyList<int>? pages) =>
        pages is null ? string.Empty : string.Join(",", pages.Select(static page => page.ToString(CultureInfo.InvariantCulture)));

    /// <summary>SHA-256 of some bytes.</summary>
    public static byte[] Sha256(byte[] bytes)
    {
#if NETSTANDARD2_0
        using var sha = SHA256.Create();
        return sha.ComputeHash(bytes);
#else
        return SHA256.HashData(bytes);
#endif
    }

    /// <summary>Bytes as lower-case hexadecimal.</summary>
    public static string Hex(byte[] bytes)
    {
        const string digits = "0123456789abcdef";
        var text = new char[bytes.Length * 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            text[2 * i] = digits[bytes[i] >> 4];
            text[(2 * i) + 1] = digits[bytes[i] & 0xF];
        }

        return new string(text);
    }
}
