using System;
using System.Net;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;

namespace Nanonets;

/// <summary>How a client reaches the service. The key can be set, not read.</summary>
internal sealed class NanonetsClientOptions
{
    private static readonly string s_version =
        typeof(NanonetsClientOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0] ?? "0";

    private Uri? _proxy;
    private X509Certificate2? _certificate;
    private Uri _baseUri = new("https://app.nanonets.com/api/v2/");

    /// <summary>Options with the defaults of the public service.</summary>
    /// <param name="apiKey">The API key of the account.</param>
    /// <exception cref="ArgumentException">The key is empty or cannot travel in a header.</exception>
    public NanonetsClientOptions(string apiKey)
    {
        if (string.IsNullOrWhiteSpace(apiKey))
            throw new ArgumentException("The API key is empty.", nameof(apiKey));
        foreach (char character in apiKey)
        {
            if (char.IsControl(character) || character == ':')
                throw new ArgumentException(
                    "The API key contains an invalid character. Copy it again from the account page.", nameof(apiKey));
        }

        ApiKey = apiKey;
    }

    /// <summary>
    /// Address of the API, with or without <c>/api/v2</c>; default <c>https://app.nanonets.com/api/v2/</c>. Plain http is taken on loopback
    /// only.
    /// </summary>
    /// <exception cref="ArgumentException">Not an http address, or one that would send the key in the clear.</exception>
    public Uri BaseUri
    {
        get => _baseUri;
        set => _baseUri = ApiAddress.Normalize(value);
    }

    /// <summary>
    /// Time until the headers of an answer, counted from the last byte sent; default 100 seconds, for waiting uploads at least 600.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Silence, while sending or reading a body, after which a request is given up; default 60 seconds.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request is repeated that can be repeated without harm; default 4.</summary>
    public int MaximumRetryCount { get; set; } = 4;

    /// <summary>Time before the first repetition, doubled for each further one; default 1 second.</summary>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What the client calls itself.</summary>
    public string UserAgent { get; set; } = $"Nanonets-PowerShell/{s_version}";

    /// <summary>The proxy to use; null (default) for the system's. See also <see cref="UseProxy"/>.</summary>
    /// <exception cref="ArgumentException">Not an http address, or one that holds a password.</exception>
    public Uri? Proxy
    {
        get => _proxy;
        set
        {
            if (value is not null && (!value.IsAbsoluteUri || (value.Scheme != "http" && value.Scheme != "https")))
                throw new ArgumentException(
                    "The address of a proxy is http or https, for example http://proxy.example.com:8080.", nameof(value));
            if (value?.UserInfo.Length > 0)
                throw new ArgumentException("The address of the proxy contains a user name. Use -ProxyCredential instead.", nameof(value));
            _proxy = value;
        }
    }

    /// <summary>What the proxy, given or the system's, is told when it asks who calls; null (default) for nothing.</summary>
    public ICredentials? ProxyCredential { get; set; }

    /// <summary>Whether any proxy is used; default true.</summary>
    public bool UseProxy { get; set; } = true;

    /// <summary>A certificate, with its private key, by which this machine shows who it is; null (default) for none.</summary>
    /// <exception cref="ArgumentException">It has no private key.</exception>
    public X509Certificate2? Certificate
    {
        get => _certificate;
        set => _certificate = value is null || value.HasPrivateKey
            ? value
            : throw new ArgumentException("The certificate has no private key, so it cannot be used.", nameof(value));
    }

    internal string ApiKey { get; }

    /// <summary>Never the key.</summary>
    /// <returns>The address.</returns>
    public override string ToString() => BaseUri.ToString();
}
