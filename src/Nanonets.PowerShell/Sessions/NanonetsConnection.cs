using System;
using System.Management.Automation;
using Nanonets.Completers;
using Nanonets.Journaling;

namespace Nanonets;

/// <summary>
/// A connection to the Nanonets service: address, key and limits. Made by Connect-Nanonets without any network traffic;
/// passed to other runspaces with <c>-Connection $using:connection</c>. The key cannot be read back.
/// </summary>
public sealed class NanonetsConnection
{
    internal NanonetsConnection(NanonetsClientOptions options, string? modelId, ConnectionSource source)
    {
        Client = new NanonetsClient(options);
        Known = new KnownValues(Client);
        BaseUri = Client.BaseUri;
        ModelId = modelId;
        Source = source;
        TimeoutSec = (int)options.Timeout.TotalSeconds;
        IdleTimeoutSec = (int)options.IdleTimeout.TotalSeconds;
        MaximumRetryCount = options.MaximumRetryCount;
        RetryIntervalSec = (int)options.RetryInterval.TotalSeconds;
        Proxy = options.Proxy;
        UsesProxy = options.UseProxy;
        CertificateThumbprint = options.Certificate?.Thumbprint;
    }

    /// <summary>Address of the API, with its version.</summary>
    public Uri BaseUri { get; }

    /// <summary>The default model for cmdlets without -ModelId: the id of a trained model, a UUID.</summary>
    public string? ModelId { get; }

    /// <summary>
    /// The journal that uploads are entered in: its full path, or the address of its database without a password; null when there is none.
    /// </summary>
    public string? Journal => JournalLocation?.Name;

    /// <summary>The limit of pages a minute that was given; null when it is learned.</summary>
    public int? PagesPerMinute { get; internal init; }

    /// <summary>The least time before an upload whose answer was lost is sent again, once it is proven missing.</summary>
    public TimeSpan ResendAfter { get; internal init; } = TimeSpan.FromMinutes(10);

    /// <summary>Seconds until the answer's headers; waiting uploads (-ProcessingType Sync) get at least 600.</summary>
    public int TimeoutSec { get; }

    /// <summary>Seconds of silence, while sending or reading a body, after which a request is given up.</summary>
    public int IdleTimeoutSec { get; }

    /// <summary>How often a request that can be repeated without harm is repeated.</summary>
    public int MaximumRetryCount { get; }

    /// <summary>Seconds before the first repetition; later ones wait longer.</summary>
    public int RetryIntervalSec { get; }

    /// <summary>The proxy that was given; null for the system's, or for none.</summary>
    public Uri? Proxy { get; }

    /// <summary>Whether a proxy may be used; false after Connect-Nanonets -NoProxy.</summary>
    public bool UsesProxy { get; }

    /// <summary>Thumbprint of the client certificate; null when there is none.</summary>
    public string? CertificateThumbprint { get; }

    /// <summary>Where the connection comes from: Connect-Nanonets or the environment.</summary>
    public ConnectionSource Source { get; }

    internal NanonetsClient Client { get; }

    /// <summary>The journal, with what is needed to log on to it.</summary>
    internal JournalLocation? JournalLocation { get; init; }

    /// <summary>User name and password for journals in databases; null for none.</summary>
    internal PSCredential? JournalCredential { get; init; }

    /// <summary>What this connection has seen, for completion.</summary>
    internal KnownValues Known { get; }

    /// <summary>The address; never the key.</summary>
    /// <returns>The address of the API.</returns>
    public override string ToString() => BaseUri.ToString();
}

/// <summary>Where a connection comes from.</summary>
public enum ConnectionSource
{
    /// <summary>Connect-Nanonets.</summary>
    Cmdlet,

    /// <summary>The environment variables NANONETS_API_KEY, NANONETS_MODEL_ID and NANONETS_BASE_URI.</summary>
    Environment,
}
