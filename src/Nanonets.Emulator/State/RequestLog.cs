using System;
using System.Collections.Generic;
using System.Threading;

namespace Nanonets.Emulator;

/// <summary>Every request to the API, in the order of arrival.</summary>
public sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<LoggedRequest> _requests = [];

    /// <summary>All requests so far.</summary>
    public IReadOnlyList<LoggedRequest> All
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        lock (_lock)
            _requests.Clear();
    }

    internal void Add(LoggedRequest request)
    {
        lock (_lock)
            _requests.Add(request);
    }
}

/// <summary>A request. Filled in as it goes on; credentials are never kept.</summary>
public sealed class LoggedRequest
{
    /// <summary>Name of the route, such as LabelFile; null when none matches.</summary>
    public string? Route { get; internal set; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; internal init; } = string.Empty;

    /// <summary>Path with query.</summary>
    public string Target { get; internal init; } = string.Empty;

    /// <summary>When it came in.</summary>
    public DateTimeOffset ReceivedAt { get; internal init; }

    /// <summary>The answer's status; null while there is none, or when the connection was cut.</summary>
    public int? Status { get; internal set; }

    /// <summary>Whether an Authorization header was there.</summary>
    public bool HasAuthorization { get; internal init; }

    /// <summary>The client's User-Agent.</summary>
    public string? UserAgent { get; internal init; }

    /// <summary>Size of the body as announced.</summary>
    public long? ContentLength { get; internal init; }

    /// <summary>Names of the file parts.</summary>
    public IReadOnlyList<string> FileNames { get; internal set; } = [];

    /// <summary>Other form fields.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; internal set; } = new Dictionary<string, string>();
}
