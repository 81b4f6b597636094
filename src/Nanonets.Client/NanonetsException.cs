using System;
using Nanonets.Http;

namespace Nanonets;

/// <summary>
/// A call that failed: what happened, what the service said, how often it was tried, and whether trying again can help.
/// Holds neither the key nor a signed address.
/// </summary>
public sealed class NanonetsException : Exception
{
    internal NanonetsException(NanonetsErrorId errorId, string message, Exception? innerException = null)
        : base(PlainText.Printable(message), innerException) => ErrorId = errorId;

    /// <summary>What went wrong.</summary>
    public NanonetsErrorId ErrorId { get; }

    /// <summary>The HTTP status; null when no answer came.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>The short cause in the service's words (API: errors[0].reason).</summary>
    public string? Reason { get; internal init; }

    /// <summary>The advice in the service's words (API: errors[0].message), without markup.</summary>
    public string? Advice { get; internal init; }

    /// <summary>How many tries were made.</summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsRetryable =>
        ErrorId is NanonetsErrorId.RateLimited or NanonetsErrorId.ServiceUnavailable or NanonetsErrorId.ConnectionFailed
        or NanonetsErrorId.RequestTimedOut or NanonetsErrorId.ResultTimedOut or NanonetsErrorId.SourceUnavailable
        or NanonetsErrorId.SourceChanged;

    /// <summary>How long the service asks to wait, where it says so (Retry-After).</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>The body of the answer as one line of plain text; null when there was none.</summary>
    internal string? BodyText { get; init; }

    /// <summary>What a wait had seen of the file when it ended; null when nothing.</summary>
    internal FileResult? LastSeen { get; init; }

    /// <summary>What it is fatal for where its id alone does not say so.</summary>
    internal FatalFor? Scope { get; init; }

    /// <summary>What would fail in the same way if it were tried after this.</summary>
    internal FatalFor FatalFor => Scope ?? ErrorId switch
    {
        NanonetsErrorId.PermissionDenied or NanonetsErrorId.ModelNotFound or NanonetsErrorId.ModelNotReady => FatalFor.Model,
        NanonetsErrorId.ApiKeyRejected or NanonetsErrorId.QuotaExhausted or NanonetsErrorId.TlsFailed or NanonetsErrorId.ConnectionFailed
            or NanonetsErrorId.JournalUnavailable => FatalFor.Run,
        _ => FatalFor.Document,
    };
}

/// <summary>How far a failure reaches.</summary>
internal enum FatalFor
{
    /// <summary>This document, or this request, only.</summary>
    Document,

    /// <summary>Everything that goes to the same model.</summary>
    Model,

    /// <summary>Everything.</summary>
    Run,
}
