using System;
using System.Collections.Generic;
using System.Net.Http;
using Nanonets.Http;

namespace Nanonets;

/// <summary>Sees the requests of a call. Called from any thread.</summary>
internal interface IRequestObserver
{
    /// <summary>A try has ended.</summary>
    /// <param name="trace">What can be shown of it.</param>
    void RequestCompleted(RequestTrace trace);

    /// <summary>Bytes of an upload were handed over; negative when those of a failed try are taken back.</summary>
    /// <param name="delta">Number of bytes.</param>
    void BodyBytesSent(long delta);
}

/// <summary>One try of a request, redacted: of the headers only those on a list show their value.</summary>
internal sealed class RequestTrace
{
    private readonly HttpRequestMessage? _request;
    private readonly HttpResponseMessage? _response;
    private IReadOnlyDictionary<string, string>? _requestHeaders;
    private IReadOnlyDictionary<string, string>? _responseHeaders;

    internal RequestTrace()
    {
    }

    /// <summary>Headers are looked at only when somebody asks for them.</summary>
    internal RequestTrace(HttpRequestMessage request, HttpResponseMessage? response) => (_request, _response) = (request, response);

    /// <summary>The HTTP method.</summary>
    public string Method { get; internal init; } = string.Empty;

    /// <summary>Path and query relative to the base address.</summary>
    public string Target { get; internal init; } = string.Empty;

    /// <summary>The status; null when no answer came.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>The reason phrase.</summary>
    public string? ReasonPhrase { get; internal init; }

    /// <summary>From start until headers, or until it failed.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>Which try, from 1.</summary>
    public int Attempt { get; internal init; }

    /// <summary>How long until the next try; null when this was the last.</summary>
    public TimeSpan? RetryDelay { get; internal set; }

    /// <summary>Why no answer came.</summary>
    public string? Failure { get; internal init; }

    /// <summary>Request headers.</summary>
    public IReadOnlyDictionary<string, string> RequestHeaders =>
        _requestHeaders ??= HeaderRedaction.Apply(_request?.Headers, _request?.Content?.Headers);

    /// <summary>Response headers.</summary>
    public IReadOnlyDictionary<string, string> ResponseHeaders =>
        _responseHeaders ??= HeaderRedaction.Apply(_response?.Headers, _response?.Content?.Headers);
}
