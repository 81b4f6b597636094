using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Http;

/// <summary>
/// Adds the key to each try, as the user name of HTTP Basic with an empty password (documented), and only for the host it belongs to.
/// </summary>
internal sealed class AuthenticationHandler(string apiKey, Uri baseUri, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly AuthenticationHeaderValue _credential = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(apiKey + ":")));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri target = request.RequestUri!;
        if (Uri.Compare(target, baseUri, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new InvalidOperationException($"The API key belongs to {baseUri.Host} and is not sent to {target.Host}.");

        request.Headers.Authorization = _credential;
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // What is traced or held by an exception afterwards has no key in it.
            request.Headers.Authorization = null;
        }
    }
}
