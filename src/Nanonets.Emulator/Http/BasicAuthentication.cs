using System;
using System.Security.Cryptography;
using System.Text;

namespace Nanonets.Emulator.Http;

/// <summary>HTTP Basic as documented: the key is the user name, the password is empty, the colon is inside the encoded text.</summary>
internal static class BasicAuthentication
{
    public static bool Accepts(string? header, string apiKey)
    {
        const string scheme = "Basic ";
        if (header is null || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return false;

        Span<byte> given = stackalloc byte[512];
        return Convert.TryFromBase64String(header[scheme.Length..].Trim(), given, out int length)
            && CryptographicOperations.FixedTimeEquals(given[..length], Encoding.UTF8.GetBytes(apiKey + ":"));
    }
}
