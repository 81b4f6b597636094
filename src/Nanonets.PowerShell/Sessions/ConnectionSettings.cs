using System;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Nanonets.Sessions;

/// <summary>What Connect-Nanonets and the environment can say about a connection besides the key.</summary>
internal sealed class ConnectionSettings
{
    public string? BaseUri { get; init; }

    public int? TimeoutSec { get; init; }

    public int? IdleTimeoutSec { get; init; }

    public int? MaximumRetryCount { get; init; }

    public int? RetryIntervalSec { get; init; }

    public Uri? Proxy { get; init; }

    public ICredentials? ProxyCredential { get; init; }

    public bool NoProxy { get; init; }

    public X509Certificate2? Certificate { get; init; }

    /// <exception cref="ArgumentException">The address is no address, or would send the key in the clear.</exception>
    public NanonetsClientOptions ToOptions(string apiKey)
    {
        var options = new NanonetsClientOptions(apiKey);
        if (BaseUri is { Length: > 0 })
        {
            if (!Uri.TryCreate(BaseUri, UriKind.Absolute, out Uri? address))
                throw new ArgumentException($"'{BaseUri}' is not an address. An example is https://app.nanonets.com/api/v2.");
            options.BaseUri = address;
        }

        options.Proxy = Proxy;
        options.ProxyCredential = ProxyCredential;
        options.UseProxy = !NoProxy;
        options.Certificate = Certificate;
        if (TimeoutSec is { } timeout)
            options.Timeout = TimeSpan.FromSeconds(timeout);
        if (IdleTimeoutSec is { } idle)
            options.IdleTimeout = TimeSpan.FromSeconds(idle);
        if (MaximumRetryCount is { } retries)
            options.MaximumRetryCount = retries;
        if (RetryIntervalSec is { } interval)
            options.RetryInterval = TimeSpan.FromSeconds(interval);
        return options;
    }
}
