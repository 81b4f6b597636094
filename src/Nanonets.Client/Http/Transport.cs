using System;
using System.Net;
using System.Net.Http;

namespace Nanonets.Http;

/// <summary>The HTTP stack of each edition, with everything off that sends by itself: redirects, cookies, Expect.</summary>
internal static class Transport
{
    /// <summary>
    /// A service may close an idle connection at any time; an upload begun on one that is just being closed is ambiguous.
    /// </summary>
    private static readonly TimeSpan s_idleConnection = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A run of hours must see that the name of the service leads elsewhere: after this a connection takes no further request.
    /// </summary>
    internal static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

#if NETSTANDARD2_0
    public static HttpMessageHandler Create(NanonetsClientOptions options)
    {
        WebProxy? proxy = ProxyOf(options);
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            SslProtocols = System.Security.Authentication.SslProtocols.Tls12,
            UseProxy = UsesProxy(options),
            DefaultProxyCredentials = options.ProxyCredential,
        };
        if (proxy is not null)
            handler.Proxy = proxy;
        if (options.Certificate is { } certificate)
            handler.ClientCertificates.Add(certificate);
        return new ServicePointHandler(handler, () => options.UseProxy ? proxy ?? WebRequest.DefaultWebProxy : null, s_idleConnection);
    }
#else
    public static HttpMessageHandler Create(NanonetsClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionIdleTimeout = s_idleConnection,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = ConnectionLifetime,
            UseProxy = UsesProxy(options),
            Proxy = ProxyOf(options),
            DefaultProxyCredentials = options.ProxyCredential,
        };
        if (options.Certificate is { } certificate)
            handler.SslOptions.ClientCertificates = [certificate];
        return handler;
    }
#endif

    /// <summary>The address of the proxy between this machine and an address; null when there is none.</summary>
    public static Uri? ProxyTo(NanonetsClientOptions options)
    {
        if (!UsesProxy(options))
            return null;
#if NETSTANDARD2_0
        IWebProxy? proxy = ProxyOf(options) ?? WebRequest.DefaultWebProxy;
#else
        IWebProxy? proxy = ProxyOf(options) ?? HttpClient.DefaultProxy;
#endif
        return proxy is null || proxy.IsBypassed(options.BaseUri) || proxy.GetProxy(options.BaseUri) is not { } address
            || address == options.BaseUri ? null : address;
    }

    /// <summary>Plain http is for this machine only: the system's proxy would get the key in the clear, and leads nowhere useful.</summary>
    private static bool UsesProxy(NanonetsClientOptions options) =>
        options.UseProxy && (options.Proxy is not null || options.BaseUri.Scheme == "https");

    /// <summary>The proxy that was asked for; null for the system's.</summary>
    private static WebProxy? ProxyOf(NanonetsClientOptions options) =>
        options is { UseProxy: true, Proxy: { } address } ? new WebProxy(address) { Credentials = options.ProxyCredential } : null;
}
