using System;
using System.Collections.Generic;
using System.Net.Http.Headers;

namespace Nanonets.Http;

/// <summary>An allow-list: a header that is not on it shows that it was there, not what it says.</summary>
internal static class HeaderRedaction
{
    public const string Redacted = "REDACTED";

    private static readonly HashSet<string> s_shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Content-Length", "Content-Type", "Date", "Retry-After", "Server", "User-Agent", "X-Request-Id", "Transfer-Encoding",
    };

    public static Dictionary<string, string> Apply(params HttpHeaders?[] sources)
    {
        var shown = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (HttpHeaders? source in sources)
        {
            if (source is null)
                continue;
            foreach (KeyValuePair<string, IEnumerable<string>> header in source)
                shown[header.Key] = s_shown.Contains(header.Key) ? string.Join(", ", header.Value) : Redacted;
        }

        return shown;
    }
}
