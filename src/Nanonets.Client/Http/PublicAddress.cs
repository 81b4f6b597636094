using System;
using System.Text.RegularExpressions;

namespace Nanonets.Http;

/// <summary>
/// Addresses as they may be shown. A signed address opens a document to anybody who reads it, and its signature is in the query.
/// </summary>
internal static class PublicAddress
{
    private static readonly Regex s_secret = new(
        @"(?<=https?://[^\s?#""'<>]{1,2000})[?#][^\s""'<>]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>The address without query, fragment, user name and password.</summary>
    public static string Of(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>The text with the queries of the addresses in it taken out.</summary>
    public static string In(string text) => text.IndexOf("://", StringComparison.Ordinal) < 0 ? text : s_secret.Replace(text, "?…");
}
