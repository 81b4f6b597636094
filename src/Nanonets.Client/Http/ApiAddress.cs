using System;

namespace Nanonets;

/// <summary>Makes one form of all ways to write the address of the API.</summary>
internal static class ApiAddress
{
    private const string VersionPath = "/api/v2/";

    /// <exception cref="ArgumentException">Not usable.</exception>
    public static Uri Normalize(Uri address)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != "https" && address.Scheme != "http"))
            throw new ArgumentException($"'{address}' is not an https address.", nameof(address));
        if (address.Scheme == "http" && !address.IsLoopback)
            throw new ArgumentException(
                $"'{address}' would send the API key in the clear. Use https; plain http is for this machine only.", nameof(address));
        if (address.UserInfo.Length > 0)
            throw new ArgumentException("The address contains a user name. Use -ApiKey for the key instead.", nameof(address));

        string path = address.AbsolutePath.TrimEnd('/') + "/";
        if (!path.EndsWith(VersionPath, StringComparison.OrdinalIgnoreCase))
            path = path.TrimEnd('/') + VersionPath;
        return new UriBuilder(address.Scheme, address.Host, address.Port, path).Uri;
    }
}
