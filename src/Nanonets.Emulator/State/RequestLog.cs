using System;
using System.Collections.Generic;
using System.Threading;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator;

/// <summary>The requests to the API, in the order of arrival: at least the newest hundred thousand.</summary>
public sealed class RequestLog
{
    private const int MostKept = 110_000;
    private const int KeptWhenFull = 100_000;

    /// <summary>Of how many requests, and of how many bytes, headers and answer are kept.</summary>
    private const int WholeRequests = 500;
    private const long WholeBytes = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly List<LoggedRequest> _requests = [];
    private readonly HashSet<LoggedRequest> _open = [];
    private readonly Queue<LoggedRequest> _whole = new();
    private long _wholeBytes;
    private int _steps;

    /// <summary>Beginnings and ends of requests so far; it goes on when they are forgotten.</summary>
    public int Steps
    {
        get
        {
            lock (_lock)
                return _steps;
        }
    }

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

    /// <summary>The newest, in the order of arrival.</summary>
    /// <param name="count">At most so many.</param>
    /// <returns>The requests.</returns>
    public IReadOnlyList<LoggedRequest> Newest(int count)
    {
        lock (_lock)
            return _requests[^Math.Min(count, _requests.Count)..];
    }

    /// <summary>The request that began at this step; null when it is not there any more.</summary>
    /// <param name="began">Its <see cref="LoggedRequest.Began"/>.</param>
    /// <returns>The request.</returns>
    public LoggedRequest? Find(int began)
    {
        lock (_lock)
            return _requests.Find(request => request.Began == began);
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
            _open.Clear();
            _whole.Clear();
            _wholeBytes = 0;
        }
    }

    internal void Add(LoggedRequest request)
    {
        lock (_lock)
        {
            request.Began = ++_steps;
            _requests.Add(request);
            _open.Add(request);
            if (_requests.Count > MostKept)
                _requests.RemoveRange(0, _requests.Count - KeptWhenFull);
        }
    }

    internal void End(LoggedRequest request, TimeSpan duration)
    {
        lock (_lock)
        {
            request.Ended = ++_steps;
            request.Duration = duration;
            _open.Remove(request);
            if (request.Details is null)
                return;

            _whole.Enqueue(request);
            _wholeBytes += request.Details.Bytes;
            while (_whole.Count > WholeRequests || _wholeBytes > WholeBytes)
            {
                LoggedRequest oldest = _whole.Dequeue();
                _wholeBytes -= oldest.Details!.Bytes;
                oldest.Details = null;
            }
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

    /// <summary>How long it took; null while it lasts.</summary>
    public TimeSpan? Duration { get; internal set; }

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

    /// <summary>What it was charged.</summary>
    public IReadOnlyList<Charge> Charges { get; internal set; } = [];

    /// <summary>The id that the emulator's page gave it, to find its own; null for requests of others.</summary>
    internal string? TryId { get; init; }

    /// <summary>Headers and answer; null when they are not kept any more.</summary>
    internal RequestDetails? Details { get; set; }
}
