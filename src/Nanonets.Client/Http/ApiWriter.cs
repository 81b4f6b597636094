using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Http;

/// <summary>Whether a request that changes something may be sent again.</summary>
internal enum Repetition
{
    /// <summary>Done twice is the same as done once.</summary>
    Harmless,

    /// <summary>Done twice costs or creates twice: sent again only while it provably never arrived or was refused.</summary>
    OnlyUntilHandedOver,
}

/// <summary>A request that changes something.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query relative to the base address.</param>
/// <param name="Subject">What it is about, for messages.</param>
/// <param name="Action">What it does, as in "It is not known whether … was carried out".</param>
/// <param name="Repetition">Whether it may be sent again.</param>
internal sealed record ApiCall(HttpMethod Method, string Target, RequestSubject Subject, string Action, Repetition Repetition);

/// <summary>
/// Sends requests that change something. What they answer is not documented, so the status alone decides. Whether to try again depends on
/// what is proven: see <see cref="Repetition"/>.
/// </summary>
internal sealed class ApiWriter(ApiTransport transport)
{
    /// <param name="content">Makes the body of a try; null for an empty one.</param>
    /// <returns>The answer, a success; its body may be anything.</returns>
    /// <exception cref="NanonetsException">It failed for good, or (RequestAmbiguous) it is not known whether it was carried
    /// out.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ApiAnswer> SendAsync(
        ApiCall call, Func<ITrackedContent>? content, IRequestObserver? observer, CancellationToken cancellationToken)
    {
        bool doubtful = false;
        for (int attempt = 1; ; attempt++)
        {
            bool handedOver;
            TryResult result;
            using (ITrackedContent body = content?.Invoke() ?? ApiBody.Empty())
            {
                result = await transport.TryAsync(call.Method, call.Target, body, TimeSpan.Zero, attempt, cancellationToken)
                    .ConfigureAwait(false);
                handedOver = body.LastByteHandedOver;
                if (body.OwnFailure is { } own)
                {
                    observer?.RequestCompleted(result.Trace);
                    throw own;
                }
            }

            bool again = attempt <= MaximumRetries(result, call.Repetition == Repetition.Harmless || !handedOver);
            if (again)
                result.Trace.RetryDelay = transport.RetryDelay.After(attempt, result.Answer?.RetryAfter);
            observer?.RequestCompleted(result.Trace);
            cancellationToken.ThrowIfCancellationRequested();

            if (result.Answer is { IsSuccess: true } done)
                return done;

            // A delete whose answer was lost, and now there is no such file: that was it.
            if (doubtful && call.Method == HttpMethod.Delete && result.Answer is { StatusCode: 404 } gone)
                return gone;

            bool proven = !handedOver || result.Answer is { StatusCode: < 500 };
            if (!again)
                throw proven || call.Repetition == Repetition.Harmless ? Failure(result, call, attempt) : Ambiguous(result, call, attempt);

            doubtful |= !proven;
            await transport.Clock.Delay(result.Trace.RetryDelay!.Value, cancellationToken).ConfigureAwait(false);
        }
    }

    private int MaximumRetries(TryResult result, bool isHarmless) => result.Answer?.StatusCode switch
    {
        // Refused before anything was done, whatever the request is.
        429 => transport.MaximumRetryCount,
        502 or 503 or 504 when isHarmless => transport.MaximumRetryCount,

        // A server error may be one of this request: once more, not again and again.
        500 when isHarmless => Math.Min(1, transport.MaximumRetryCount),
        null when isHarmless => result.Failure!.ErrorId is NanonetsErrorId.ConnectionFailed or NanonetsErrorId.RequestTimedOut
            or NanonetsErrorId.InvalidResponse
            ? transport.MaximumRetryCount
            : 0,
        _ => 0,
    };

    private static NanonetsException Failure(TryResult result, ApiCall call, int attempt) =>
        result.Failure ?? Refusal.Explain(result.Answer!, call.Subject, attempt);

    private static NanonetsException Ambiguous(TryResult result, ApiCall call, int attempt)
    {
        NanonetsException cause = Failure(result, call, attempt);
        return new NanonetsException(
            NanonetsErrorId.RequestAmbiguous,
            $"The outcome of {call.Action} is unknown. The request was sent completely, but no valid answer came. {cause.Message}",
            cause)
        {
            StatusCode = cause.StatusCode,
            Reason = cause.Reason,
            Advice = cause.Advice,
            Attempts = attempt,
        };
    }
}
