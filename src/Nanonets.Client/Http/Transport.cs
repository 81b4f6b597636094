using System;
using System.Net.Http;

namespace Nanonets.Http;

/// <summary>The HTTP stack of each edition, with everything off that sends by itself: redirects, cookies, Expect.</summary>
internal static class Transport
{
    /// <summary>A service may close an idle connection at any time; an upload begun on one that is just being closed is ambiguous.</summary>
    private static readonly TimeSpan s_idleConnection = TimeSpan.FromSeconds(15);

#if NETSTANDARD2_0
    public static HttpMessageHandler Create(Uri baseUri)
    {
        System.Net.ServicePoint endpoint = System.Net.ServicePointManager.FindServicePoint(baseUri);
        endpoint.Expect100Continue = false;
        endpoint.MaxIdleTime = (int)s_idleConnection.TotalMilliseconds;

        // Windows PowerShell allows two connections to a host unless told otherwise: only ours is changed.
        endpoint.ConnectionLimit = Math.Max(endpoint.ConnectionLimit, 64);
        return new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
    }
#else
    public static HttpMessageHandler Create(Uri baseUri) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionIdleTimeout = s_idleConnection,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        ActivityHeadersPropagator = null,
    };
#endif
}
