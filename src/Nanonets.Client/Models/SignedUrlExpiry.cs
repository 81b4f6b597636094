using System;
using System.Globalization;

namespace Nanonets;

/// <summary>
/// Reads the two recorded forms of expiry: <c>expires=&lt;unix seconds&gt;</c>, and <c>X-Amz-Date</c> with <c>X-Amz-Expires</c>.
/// </summary>
internal static class SignedUrlExpiry
{
    /// <summary>Last second of the year 9999: what lies beyond is no time.</summary>
    private const long LastSecond = 253402300799;

    public static DateTimeOffset? Read(string address)
    {
        if (long.TryParse(Parameter(address, "expires"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds <= LastSecond)
            return DateTimeOffset.FromUnixTimeSeconds(seconds);

        if (DateTimeOffset.TryParseExact(Parameter(address, "X-Amz-Date"), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out DateTimeOffset signed)
            && int.TryParse(Parameter(address, "X-Amz-Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out int lifetime)
            && signed.Year < 9900)
            return signed.AddSeconds(lifetime);
        return null;
    }

    private static string? Parameter(string address, string name)
    {
        int query = address.IndexOf('?');
        if (query < 0)
            return null;

        foreach (string pair in address.Substring(query + 1).Split('&'))
        {
            if (pair.StartsWith(name + "=", StringComparison.Ordinal))
                return pair.Substring(name.Length + 1);
        }

        return null;
    }
}
