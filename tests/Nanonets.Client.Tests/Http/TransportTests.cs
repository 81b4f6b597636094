using System;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nanonets.Http;

namespace Nanonets.Client.Tests.Http;

/// <summary>What a connection's settings mean for the HTTP stack.</summary>
public class TransportTests
{
    [Fact]
    public void Nothing_is_sent_by_the_stack_itself_and_the_proxy_is_the_systems()
    {
        using SocketsHttpHandler handler = Create(_ => { });
        Assert.Equal((false, false, true, null), (handler.AllowAutoRedirect, handler.UseCookies, handler.UseProxy, handler.Proxy));
        Assert.Equal(TimeSpan.FromSeconds(15), handler.PooledConnectionIdleTimeout);
        Assert.Null(handler.SslOptions.ClientCertificates);
    }

    [Fact]
    public void A_proxy_of_ones_own_has_its_credential()
    {
        var credential = new NetworkCredential("clerk", "p");
        using SocketsHttpHandler handler = Create(
            options => (options.Proxy, options.ProxyCredential) = (new Uri("http://proxy.example.com:8080"), credential));
        WebProxy proxy = Assert.IsType<WebProxy>(handler.Proxy);
        Assert.Equal((new Uri("http://proxy.example.com:8080"), credential), (proxy.Address, proxy.Credentials));
    }

    [Fact]
    public void The_systems_proxy_can_be_shown_who_calls_or_be_left_out()
    {
        using SocketsHttpHandler shown = Create(options => options.ProxyCredential = CredentialCache.DefaultCredentials);
        Assert.Equal((true, CredentialCache.DefaultCredentials), (shown.UseProxy, shown.DefaultProxyCredentials));
        using SocketsHttpHandler direct = Create(options => options.UseProxy = false);
        Assert.False(direct.UseProxy);
    }

    [Fact]
    public void A_certificate_needs_its_private_key()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=machine", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 whole = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        using SocketsHttpHandler handler = Create(options => options.Certificate = whole);
        Assert.Same(whole, Assert.Single(handler.SslOptions.ClientCertificates!));

        using X509Certificate2 half = X509Certificate2.CreateFromPem(whole.ExportCertificatePem());
        Assert.Throws<ArgumentException>(() => Create(options => options.Certificate = half));
    }

    private static SocketsHttpHandler Create(Action<NanonetsClientOptions> configure)
    {
        var options = new NanonetsClientOptions("key");
        configure(options);
        return Assert.IsType<SocketsHttpHandler>(Transport.Create(options));
    }
}
