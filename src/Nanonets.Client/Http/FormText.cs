using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;

namespace Nanonets.Http;

/// <summary>Pairs as an ordinary URL-encoded form; a name may come several times.</summary>
internal static class FormText
{
    public const string ContentType = "application/x-www-form-urlencoded";

    public static byte[] Encode(IEnumerable<(string Name, string Value)> pairs) =>
        Encoding.ASCII.GetBytes(string.Join("&", pairs.Select(static pair => $"{pair.Name}={WebUtility.UrlEncode(pair.Value)}")));
}
