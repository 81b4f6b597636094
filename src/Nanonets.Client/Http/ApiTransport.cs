using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Http;

/// <summary>One try of one request: sends it, watches it, reads the whole answer, and says what happened without throwing.</summary>
internal sealed class ApiTransport : IDisposable
{
    private readonly HttpClient _http;
    private readonly NanonetsClientOptions _options;
    private Address? _lastAddress;

    public ApiTransport(NanonetsClientOptions options, HttpMessageHandler transport, Clock clock)
        : this(options, new IdentityHandler(
            options.UserAgent, "application/json", new AuthenticationHandler(options.ApiKey, options.BaseUri, transport)), clock, true)
    {
    }

    private ApiTransport(NanonetsClientOptions options, HttpMessageHandler handler, Clock clock, bool ownsHandler)
    {
        _options = options;
        Clock = clock;
        ServerTime = new ServerTime(clock);
        RetryDelay = new RetryDelay(clock, options.RetryInterval, static () => Jitter.Next());
        _http = new HttpClient(handler, ownsHandler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Requests to any host, without the key, over the same connections; what is shown of an address has no query.</summary>
    public static ApiTransport WithoutKey(NanonetsClientOptions options, HttpMessageHandler transport, Clock clock) =>
        new(options, new IdentityHandler(options.UserAgent, "*/*", transport), clock, false);

    public Clock Clock { get; }

    public RetryDelay RetryDelay { get; }

    public ServerTime ServerTime { get; }

    public int MaximumRetryCount => _options.MaximumRetryCount;

    /// <param name="target">Path and query relative to the base address; or an absolute address, which may be a secret.</param>
    /// <param name="patience">Least time until the headers; the connection's own time-out when that is longer.</param>
    /// <param name="attempt">Which try, from 1.</param>
    /// <param name="sink">Takes the body of a success as it comes; null to have it collected.</param>
    public async Task<TryResult> TryAsync(
        HttpMethod method, string target, IWatchedContent? content, TimeSpan patience, int attempt, CancellationToken cancellationToken,
        IBodySink? sink = null)
    {
        TimeSpan headers = patience > _options.Timeout ? patience : _options.Timeout;
        using var watchdog = new Watchdog(Clock, headers, _options.IdleTimeout, cancellationToken);
        content?.Watch(watchdog);

        // The content belongs to the caller, who opened its files.
        Address address = AddressOf(target);
        var request = new HttpRequestMessage(method, address.Full) { Content = content as HttpContent, Version = HttpVersion.Version11 };
#if !NETSTANDARD2_0
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
#endif
        TimeSpan started = Clock.Elapsed;
        HttpResponseMessage? response = null;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, watchdog.Token).ConfigureAwait(false);
            TimeSpan duration = Clock.Elapsed - started;
            ServerTime.Learn(response.Headers.Date);
            ReadOnlyMemory<byte> body = await ReadAsync(
                response, watchdog, response.IsSuccessStatusCode ? sink : null).ConfigureAwait(false);
            var answer = new ApiAnswer
            {
                StatusCode = (int)response.StatusCode,
                ReasonPhrase = response.ReasonPhrase,
                Body = body,
                RetryAfter = RetryDelay.Asked(response),
                Date = response.Headers.Date,
                ContentType = response.Content.Headers.ContentType?.MediaType,
            };
            return new TryResult(Trace(request, address.Shown, response, duration, attempt, null), answer, null);
        }
        catch (Exception failure) when (failure is ObjectDisposedException or not InvalidOperationException)
        {
            NanonetsException explained = cancellationToken.IsCancellationRequested
                ? new NanonetsException(NanonetsErrorId.OperationCanceled, "The request was cancelled.", failure)
                : TransportFailure.Explain(
                    failure, request.RequestUri!, watchdog.HasExpired, headers, Transport.ProxyTo(_options), response is not null);
            explained.Attempts = attempt;
            return new TryResult(
                Trace(request, address.Shown, response, Clock.Elapsed - started, attempt, explained.ErrorId.ToString()), null, explained);
        }
        finally
        {
            response?.Dispose();
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, Watchdog watchdog, IBodySink? sink)
    {
        watchdog.Moved();
#if NETSTANDARD2_0
        using Stream body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);

        // The framework's response stream does not listen to the token: closing it ends a silent read.
        using CancellationTokenRegistration close = watchdog.Token.Register(body.Dispose);
#else
        using Stream body = await response.Content.ReadAsStreamAsync(watchdog.Token).ConfigureAwait(false);
#endif
        using Stream? decoded = ContentCoding.Undo(response.Content.Headers.ContentEncoding, body);
        long? announced = decoded is null ? response.Content.Headers.ContentLength : null;
        if (sink is not null)
        {
            EnsureWhole(announced, await sink.ReadAsync(decoded ?? body, watchdog).ConfigureAwait(false));
            return default;
        }

        ReadOnlyMemory<byte> answer = await AnswerBody.ReadAsync(decoded ?? body, announced, watchdog).ConfigureAwait(false);
        EnsureWhole(announced, answer.Length);
        return answer;
    }

    private static void EnsureWhole(long? announced, long length)
    {
        if (announced > length)
            throw new EndOfStreamException("The answer ended early.");
    }

    /// <summary>A run of uploads has one address: the last one is remembered.</summary>
    private Address AddressOf(string target)
    {
        Address? last = _lastAddress;
        if (last?.Target != target)
            _lastAddress = last = new Address(target, new Uri(_options.BaseUri, target), Shown(target));
        return last;
    }

    /// <summary>Only the address of the service itself may show its query: others are signed there.</summary>
    private static string Shown(string target) =>
        Uri.TryCreate(target, UriKind.Absolute, out Uri? address) && address.Scheme.StartsWith("http", StringComparison.Ordinal)
        ? address.GetLeftPart(UriPartial.Path)
        : target;

    private static RequestTrace Trace(
        HttpRequestMessage request, string target, HttpResponseMessage? response, TimeSpan duration, int attempt, string? failure) =>
            new(request, response)
        {
            Method = request.Method.Method,
            Target = target,
            StatusCode = (int?)response?.StatusCode,
            ReasonPhrase = response?.ReasonPhrase,
            Duration = duration,
            Attempt = attempt,
            Failure = failure,
        };

    /// <summary>An address to send to.</summary>
    /// <param name="Target">As it was asked for.</param>
    /// <param name="Full">The whole of it.</param>
    /// <param name="Shown">What may be shown of it.</param>
    private sealed record Address(string Target, Uri Full, string Shown);
}

/// <summary>Takes the body of an answer as it comes, and tells the watchdog.</summary>
internal interface IBodySink
{
    /// <summary>Whether the caller has got something already, so that the request must not be repeated.</summary>
    bool HasPassedOn { get; }

    /// <returns>How many bytes it was.</returns>
    /// <exception cref="InvalidDataException">The body is not what was asked for.</exception>
    Task<long> ReadAsync(Stream body, Watchdog watchdog);
}

/// <summary>A request body that tells the watchdog when it moves.</summary>
internal interface IWatchedContent
{
    void Watch(Watchdog watchdog);
}
