using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Emulator.Resources;

/// <summary>Fetches documents that an upload names by address: from this machine only, so that a test never reaches the network.</summary>
internal sealed class UrlFetcher : IDisposable
{
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>The name under which an address is stored: its last path segment (recorded once).</summary>
    public static string NameOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
            && Uri.UnescapeDataString(uri.Segments[^1].TrimEnd('/')) is { Length: > 0 } name ? name : address;

    /// <returns>Null when there is nothing to be had at the address, or it is not on this machine.</returns>
    public async Task<UploadedPart?> FetchAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || !uri.IsLoopback)
            return null;

        try
        {
            using HttpResponseMessage response = await _http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength > UploadForm.LargestKept)
                return null;
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var content = new MemoryStream();
            await body.CopyToAsync(content, cancellationToken);
            return UploadedPart.Of(NameOf(address), content.ToArray());
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
