using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Nanonets.Http;

/// <summary>Explains why no answer came, in words for the person who has to mend it.</summary>
internal static class TransportFailure
{
    /// <param name="failure">What was thrown.</param>
    /// <param name="baseUri">Where the request went.</param>
    /// <param name="expired">Whether the watchdog ended it.</param>
    /// <param name="patience">How long was waited for headers.</param>
    /// <param name="proxy">The proxy between this machine and there; null for none.</param>
    /// <param name="hadHeaders">Whether the answer had begun.</param>
    public static NanonetsException Explain(Exception failure, Uri baseUri, bool expired, TimeSpan patience, Uri? proxy, bool hadHeaders)
    {
        if (Find<NanonetsException>(failure) is { } own)
            return own;
        if (expired)
        {
            return new(NanonetsErrorId.RequestTimedOut, hadHeaders
                ? $"{baseUri.Host} stopped in the middle of its answer."
                : $"{baseUri.Host} did not answer in {patience.TotalSeconds:0} s, or the connection was silent for too long.", failure);
        }

        if (failure is InvalidDataException)
            return new(NanonetsErrorId.InvalidResponse, $"The answer of {baseUri.Host} cannot be used: {failure.Message}", failure);
        if (Find<AuthenticationException>(failure) is { } tls)
            return new(NanonetsErrorId.TlsFailed, $"A secure connection to {baseUri.Host} cannot be established: {Sentence(tls)}", failure);
        if (hadHeaders)
            return new(NanonetsErrorId.InvalidResponse,
                $"The answer of {baseUri.Host} broke off: {Sentence(failure.GetBaseException())}", failure);
        if (IsNoHttp(failure))
        {
            return new(
                NanonetsErrorId.InvalidResponse,
                $"The answer of {baseUri.Authority} cannot be used. Its header is too large, or it is not HTTP: "
                    + Sentence(failure.GetBaseException()), failure);
        }

        if (proxy is not null)
        {
            return new(
                NanonetsErrorId.ConnectionFailed,
                $"The proxy {proxy.Authority} on the way to {baseUri.Authority} cannot be used: {Cause(failure)}", failure);
        }

        return new(NanonetsErrorId.ConnectionFailed, $"{baseUri.Authority} cannot be reached: {Cause(failure)}", failure);
    }

    /// <summary>Something has answered, but not so that the HTTP stack could read it.</summary>
#if NETSTANDARD2_0
    private static bool IsNoHttp(Exception failure) =>
        Find<WebException>(failure)?.Status is WebExceptionStatus.ServerProtocolViolation or WebExceptionStatus.MessageLengthLimitExceeded;
#else
    private static bool IsNoHttp(Exception failure) =>
        Find<HttpRequestException>(
            failure)?.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse;
#endif

    private static string Cause(Exception failure)
    {
        if (Find<SocketException>(failure) is { } socket)
        {
            return socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "the name cannot be resolved.",
                SocketError.ConnectionRefused => "the connection was refused.",
                SocketError.NetworkUnreachable or SocketError.HostUnreachable => "the network has no route to it.",
                SocketError.TimedOut => "the connection timed out.",
                _ => Sentence(socket),
            };
        }

        return Find<WebException>(failure) is { } web ? Sentence(web) : Sentence(failure.GetBaseException());
    }

    private static string Sentence(Exception failure) => PlainText.OneLine(failure.Message).TrimEnd('.') + ".";

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is T found)
                return found;
        }

        return null;
    }
}
