using System;
using System.Collections.Generic;
using System.Threading;

namespace Nanonets.Emulator;

/// <summary>Every request to the API, in the order of arrival.</summary>
public sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<LoggedRequest> _requests = [];
    private readonly HashSet<LoggedRequest> _open = [];
    private int _steps;

    /// <summary>All requests so far.</summary>
    public IReadOnlyList<LoggedRequest> All
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    /// <summary>Those that last: few, however long the log is.</summary>
    public IReadOnlyList<LoggedRequest> Open
    {
        get
        {
            lock (_lock)
                return [.. _open];
        }
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
            _open.Clear();
        }
    }

    internal void Add(LoggedRequest request)
    {
        lock (_lock)
        {
            request.Began = ++_steps;
            _requests.Add(request);
            _open.Add(request);
        }
    }

    internal void End(LoggedRequest request)
    {
        lock (_lock)
        {
            request.Ended = ++_steps;
            _open.Remove(request);
        }
    }
}

/// <summary>A request. Filled in as it goes on; credentials are never kept.</summary>
public sealed class LoggedRequest
{
    /// <summary>Name of the route, such as LabelFile; null when none matches.</summary>
    public string? Route { get; internal set; }

    /// <summary>Id of the model in the address; null when there is none.</summary>
    public string? Model { get; internal set; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; internal init; } = string.Empty;

    /// <summary>Path with query.</summary>
    public string Target { get; internal init; } = string.Empty;

    /// <summary>When it came in.</summary>
    public DateTimeOffset ReceivedAt { get; internal init; }

    /// <summary>
    /// Place in the order of all beginnings and ends of requests: two were in flight together when one began before the other ended.
    /// </summary>
    public int Began { get; internal set; }

    /// <summary>The same for its end, after the last byte of the answer or the cut; null while it lasts.</summary>
    public int? Ended { get; internal set; }

    /// <summary>What went wrong on purpose; null when nothing did.</summary>
    public FaultKind? Fault { get; internal set; }

    /// <summary>Whether it came on a connection that had carried a request before.</summary>
    public bool OnReusedConnection { get; internal init; }

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

    /// <summary>SHA-256 of the file parts, in lower-case hexadecimal.</summary>
    public IReadOnlyList<string> FileHashes { get; internal set; } = [];

    /// <summary>Other form fields.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; internal set; } = new Dictionary<string, string>();
}
