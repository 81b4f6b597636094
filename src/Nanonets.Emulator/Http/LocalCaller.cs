using System;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace Nanonets.Emulator.Http;

/// <summary>
/// Who is let in. A browser on this machine runs pages from everywhere: none of them may reach the emulator under a name of its own that
/// leads to this machine, nor ask anything of it from another origin.
/// </summary>
internal static class LocalCaller
{
    private static readonly string[] s_names = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>Why a request is refused; null when it is not.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isPublic">Whether other origins may ask for it: files that say nothing, or whose address is their key.</param>
    public static ApiError? Refusal(HttpRequest request, bool isPublic)
    {
        if (!s_names.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return new ApiError(403, "Forbidden", "Not a name of this machine", "Connect to 127.0.0.1, localhost or [::1]");

        return !isPublic && IsForeign(request)
            ? new ApiError(403, "Forbidden", "Request of another origin", "Only the emulator's own page may ask from a browser")
            : null;
    }

    /// <summary>Browsers say where a request comes from; other clients say nothing.</summary>
    public static bool IsBrowser(HttpRequest request) => request.Headers.ContainsKey("Sec-Fetch-Site");

    private static bool IsForeign(HttpRequest request) =>
        (request.Headers.Origin is { Count: > 0 } origin && origin != $"{request.Scheme}://{request.Host}")
        || (IsBrowser(request) && request.Headers["Sec-Fetch-Site"].ToString() is not ("same-origin" or "none"));
}
