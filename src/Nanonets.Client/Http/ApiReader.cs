using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Http;

/// <summary>
/// Reads by GET, which may be repeated freely: whether to try again is decided here, how long to wait by <see cref="RetryDelay"/>.
/// </summary>
internal sealed class ApiReader(ApiTransport transport)
{
    /// <param name="listAllowed">Whether the answer may be a JSON array too.</param>
    /// <returns>The answer, a JSON object.</returns>
    /// <exception cref="NanonetsException">It failed for good.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<JsonElement> GetAsync(
        string target, RequestSubject subject, IRequestObserver? observer, CancellationToken cancellationToken, bool listAllowed = false) =>
        (await RunAsync(target, subject, static () => null, listAllowed, observer, cancellationToken).ConfigureAwait(false)).Json();

    /// <summary>Reads an answer as it comes. A failure is tried again until the body has passed something on.</summary>
    /// <param name="newBody">Called for each try.</param>
    /// <returns>The answer, without its body.</returns>
    /// <exception cref="NanonetsException">It failed for good.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<ApiAnswer> StreamAsync(
        string target, RequestSubject subject, Func<IBodySink> newBody, IRequestObserver? observer, CancellationToken cancellationToken) =>
        RunAsync(target, subject, newBody, false, observer, cancellationToken);

    private async Task<ApiAnswer> RunAsync(
        string target, RequestSubject subject, Func<IBodySink?> newBody, bool listAllowed, IRequestObserver? observer,
        CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            IBodySink? body = newBody();
            TryResult result = await transport.TryAsync(HttpMethod.Get, target, null, TimeSpan.Zero, attempt, cancellationToken, body)
                .ConfigureAwait(false);
            bool valid = result.Answer is { IsSuccess: true } success
                && (body is not null || IsExpected(success.Json().ValueKind, listAllowed));
            bool again = !valid && body is not { HasPassedOn: true } && attempt <= MaximumRetries(result);
            if (again)
                result.Trace.RetryDelay = DelayAfter(attempt, result.Answer);
            observer?.RequestCompleted(result.Trace);
            cancellationToken.ThrowIfCancellationRequested();

            if (valid)
                return result.Answer!;
            if (!again)
                throw result.Failure ?? Refusal.Explain(result.Answer!, subject, attempt);
            await transport.Clock.Delay(result.Trace.RetryDelay!.Value, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsExpected(JsonValueKind kind, bool listAllowed) =>
        kind == JsonValueKind.Object || (listAllowed && kind == JsonValueKind.Array);

    private TimeSpan DelayAfter(int attempt, ApiAnswer? answer) => transport.RetryDelay.After(attempt, answer?.RetryAfter);

    private int MaximumRetries(TryResult result) => result.Answer?.StatusCode switch
    {
        // A server error may be one of this request: once more, not again and again.
        500 => Math.Min(1, transport.MaximumRetryCount),
        429 or 502 or 503 or 504 => transport.MaximumRetryCount,

        // A success that is no JSON is a broken answer, like one that broke off.
        >= 200 and < 300 => transport.MaximumRetryCount,
        not null => 0,
        null => result.Failure!.ErrorId is NanonetsErrorId.ConnectionFailed or NanonetsErrorId.RequestTimedOut
            or NanonetsErrorId.InvalidResponse
            ? transport.MaximumRetryCount
            : 0,
    };
}
