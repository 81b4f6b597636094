using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Nanonets.Http;

/// <summary>Explains an answer that is no success: what it means here, what the service itself says, what to do.</summary>
internal static class Refusal
{
    /// <summary>Statuses by which the service settles a request, when the body is its own.</summary>
    private static readonly HashSet<int> s_settling = [400, 401, 402, 403, 404, 409, 413, 415, 422];

    /// <summary>Whether the answer proves that the upload was refused, and so not billed.</summary>
    public static bool IsProven(ApiAnswer answer) =>
        answer.StatusCode == 429 || (s_settling.Contains(answer.StatusCode) && ServiceError.Read(answer).IsServices);

    /// <param name="what">What the request was about.</param>
    public static NanonetsException Explain(ApiAnswer answer, RequestSubject what, int attempts)
    {
        ServiceError said = ServiceError.Read(answer);
        NanonetsErrorId id = IdOf(answer.StatusCode, said, what);
        return new NanonetsException(id, Message(id, answer, said, what))
        {
            StatusCode = answer.StatusCode,
            Reason = said.Reason,
            Advice = said.Advice,
            Attempts = attempts,
            RetryAfter = answer.RetryAfter,
            BodyText = PlainText.OneLine(Encoding.UTF8.GetString(answer.Body.Slice(0, Math.Min(answer.Body.Length, 4096)).ToArray()))
                is { Length: > 0 } text ? text : null,
        };
    }

    private static NanonetsErrorId IdOf(int status, ServiceError said, RequestSubject what) => status switch
    {
        400 when Says(said, "File missing") => NanonetsErrorId.FileMissing,
        400 when Says(said, "Incorrect image") => NanonetsErrorId.IncorrectImage,
        401 => NanonetsErrorId.ApiKeyRejected,
        402 => NanonetsErrorId.QuotaExhausted,
        403 => NanonetsErrorId.PermissionDenied,
        404 when what.PageId is not null && !Says(said, "Model does not exist") => NanonetsErrorId.PageNotFound,
        404 when what.RequestFileId is not null && !Says(said, "Model does not exist") => NanonetsErrorId.DocumentNotFound,
        404 when what.ModelId.Length > 0 => NanonetsErrorId.ModelNotFound,
        407 => NanonetsErrorId.ConnectionFailed,
        409 => NanonetsErrorId.ModelNotReady,
        413 => NanonetsErrorId.DocumentTooLarge,
        415 => NanonetsErrorId.UnsupportedFile,
        429 => NanonetsErrorId.RateLimited,
        >= 500 => NanonetsErrorId.ServiceUnavailable,
        >= 300 and < 400 or < 300 => NanonetsErrorId.InvalidResponse,
        _ => NanonetsErrorId.RequestRejected,
    };

    private static bool Says(ServiceError said, string reason) =>
        said.Reason?.IndexOf(reason, StringComparison.OrdinalIgnoreCase) >= 0;

    private static string Message(NanonetsErrorId id, ApiAnswer answer, ServiceError said, RequestSubject what)
    {
        string meaning = id switch
        {
            NanonetsErrorId.ApiKeyRejected => "The service rejects the API key.",
            NanonetsErrorId.ConnectionFailed => "The proxy requires a user name and a password, or rejects those given.",
            NanonetsErrorId.PermissionDenied => $"The API key has no permission to use model {what.ModelId}.",
            NanonetsErrorId.QuotaExhausted when Says(said, "Paid feature") => "This needs a paid plan.",
            NanonetsErrorId.QuotaExhausted => "The quota of this account is used up.",
            NanonetsErrorId.ModelNotFound => $"There is no model {what.ModelId} in this account.",
            NanonetsErrorId.DocumentNotFound => $"There is no file {what.RequestFileId} in model {what.ModelId}.",
            NanonetsErrorId.PageNotFound => $"There is no page {what.PageId} in model {what.ModelId}.",
            NanonetsErrorId.ModelNotReady => $"Model {what.ModelId} is not ready.",
            NanonetsErrorId.FileMissing => "The service found no file in the request.",
            NanonetsErrorId.IncorrectImage =>
                $"The service cannot read {what.Document ?? "the document"}: it is not a valid picture or PDF, or it needs a password.",
            NanonetsErrorId.DocumentTooLarge => $"{what.Document ?? "The document"} is too large for the service.",
            NanonetsErrorId.UnsupportedFile => $"The service does not accept the type of {what.Document ?? "the document"}.",
            NanonetsErrorId.RateLimited => RateLimited(answer),
            NanonetsErrorId.ServiceUnavailable => "The service failed.",
            NanonetsErrorId.InvalidResponse when answer.StatusCode is >= 300 and < 400 =>
                "The service redirects to another address. The redirect is not followed, since it would carry the API key along.",
            NanonetsErrorId.InvalidResponse => "The answer does not come from the Nanonets service.",
            _ => "The service refuses the request.",
        };
        string status = string.Format(CultureInfo.InvariantCulture, "{0} {1}", answer.StatusCode, answer.ReasonPhrase).TrimEnd();
        return said.Reason is null
            ? $"{meaning} (HTTP {status}.)"
            : $"{meaning} (HTTP {status}: {string.Join(" - ", Parts(said))}.)";
    }

    private static IEnumerable<string> Parts(ServiceError said)
    {
        yield return said.Reason!.TrimEnd('.');
        if (said.Advice is not null && said.Advice != said.Reason)
            yield return said.Advice.TrimEnd('.');
    }

    private static string RateLimited(ApiAnswer answer) => answer.RetryAfter is { } wait
        ? string.Format(
            CultureInfo.InvariantCulture,
            "Too many pages a minute for this model. The service asks to wait {0:0} s.", Math.Ceiling(wait.TotalSeconds))
        : "Too many pages a minute for this model.";
}

/// <summary>What a request was about, for messages.</summary>
internal readonly record struct RequestSubject(
    string ModelId, string? RequestFileId = null, string? PageId = null, string? Document = null);
