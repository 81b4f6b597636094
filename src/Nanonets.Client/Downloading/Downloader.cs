using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Downloading;

/// <summary>Downloads through signed addresses: without the key, which belongs to the service and not to the storage host.</summary>
internal sealed class Downloader(ApiTransport storage)
{
    private readonly ApiReader _reader = new(storage);

    public async Task<DownloadedContent> RunAsync(
        SignedUrl address, Stream destination, IRequestObserver? observer, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address.Value, UriKind.Absolute, out Uri? uri)
            || !(uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)))
            throw new NanonetsException(NanonetsErrorId.AddressRejected, "The service returned an address that is not https.");

        FileBody? body = null;
        try
        {
            ApiAnswer answer = await _reader
                .StreamAsync(address.Value, new RequestSubject(string.Empty), () => body = new FileBody(destination), observer,
                    cancellationToken).ConfigureAwait(false);
            return new DownloadedContent(body!.Length, answer.ContentType);
        }
        catch (NanonetsException failure)
        {
            body?.ThrowIfNotWritten();
            throw failure.StatusCode is { } status ? Explain(failure, status, uri.Host) : failure;
        }
    }

    /// <summary>The words for the service itself would be wrong here.</summary>
    private static NanonetsException Explain(NanonetsException failure, int status, string host)
    {
        (NanonetsErrorId id, string message) = status switch
        {
            >= 500 => (NanonetsErrorId.ServiceUnavailable, $"{host} failed (HTTP {status})."),
            429 => (NanonetsErrorId.RateLimited, $"{host} asks to try again later (HTTP {status})."),
            _ => (NanonetsErrorId.AddressRejected,
                $"{host} rejects the address (HTTP {status}). It has expired, or the document was deleted."),
        };
        return new NanonetsException(id, message) { StatusCode = status, Attempts = failure.Attempts, RetryAfter = failure.RetryAfter };
    }
}
