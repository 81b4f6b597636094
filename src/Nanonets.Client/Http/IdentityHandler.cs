using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Http;

/// <summary>Says who asks and what is wanted.</summary>
internal sealed class IdentityHandler(string userAgent, string accept, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        return base.SendAsync(request, cancellationToken);
    }
}
