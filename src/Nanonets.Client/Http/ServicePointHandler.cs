#if NETSTANDARD2_0
using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Http;

/// <summary>
/// Sets what the .NET Framework keeps for a host, or for the proxy before it, and not for a client. Before each request: the host of a
/// download is not known earlier, and the framework forgets hosts that were idle.
/// </summary>
internal sealed class ServicePointHandler(HttpMessageHandler inner, Func<IWebProxy?> proxy, TimeSpan idleConnection)
    : DelegatingHandler(inner)
{
    /// <summary>Above any -ThrottleLimit. Windows PowerShell allows two connections to a host unless told otherwise.</summary>
    private const int LeastConnections = 64;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ServicePoint endpoint = ServicePointManager.FindServicePoint(request.RequestUri, proxy());
        endpoint.Expect100Continue = false;
        endpoint.ConnectionLeaseTimeout = (int)Transport.ConnectionLifetime.TotalMilliseconds;
        endpoint.MaxIdleTime = (int)idleConnection.TotalMilliseconds;
        endpoint.ConnectionLimit = Math.Max(endpoint.ConnectionLimit, LeastConnections);
        return base.SendAsync(request, cancellationToken);
    }
}
#endif
