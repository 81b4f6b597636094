using System;
using System.Text.RegularExpressions;
using Nanonets.Journaling;
using Nanonets.Sending.Admission;
using Nanonets.Uploading;

namespace Nanonets.Sending;

/// <summary>What is known of the service when an upload has ended.</summary>
/// <param name="IsThere">It answers: a failure is the document's own.</param>
/// <param name="HasAccepted">It has accepted something in this run.</param>
/// <param name="Limit">After a refusal for the number of pages: what it means.</param>
internal readonly record struct ServiceState(bool IsThere, bool HasAccepted, RateLimit? Limit = null);

/// <summary>
/// What follows from what a request proved about a document: the one place that decides about trying again. A pure function of what is
/// proven, how often the document has failed by itself, and what was heard of the service.
/// </summary>
internal abstract record RetryDecision
{
    private static readonly Regex s_finalLimit = new("retired|daily limit", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The document has ended.</summary>
    internal sealed record Done(SendingOutcome Outcome) : RetryDecision;

    /// <summary>It is sent again; the pace and the breaker say when, at the earliest after a while.</summary>
    internal sealed record Again(bool IsFailure) : RetryDecision;

    /// <summary>It may have been accepted: that is found out first.</summary>
    internal sealed record Reconcile : RetryDecision;

    /// <summary>Nothing more is sent to the model, or at all.</summary>
    internal sealed record Stop(NanonetsException Why, FatalFor Scope) : RetryDecision;

    /// <summary>What is written in the journal, before anything else follows.</summary>
    public static UploadChange ChangeOf(UploadOutcome outcome, DateTimeOffset at) => outcome.Class switch
    {
        UploadClass.Accepted => new UploadChange.Accepted(
            at, 1, outcome.Pages.Length > 0 ? outcome.Pages[0].RequestFileId ?? string.Empty : string.Empty,
            Math.Max(outcome.Pages.Length, outcome.TextPages.Length)),
        UploadClass.Ambiguous => new UploadChange.Ambiguous(at, 1, outcome.Error!.Message),
        UploadClass.Refused when IsItsOwn(outcome.Error!) =>
            new UploadChange.Refused(at, 1, outcome.Error!.ErrorId.ToString(), outcome.Error.Message)
            {
                IsLastWord = outcome.Document.IsProvenMissing,
            },
        _ => new UploadChange.NotSent(at, outcome.Posts),
    };

    /// <param name="outcome">What is proven.</param>
    /// <param name="failures">How often the document has failed by itself, this time included.</param>
    /// <param name="mostTries">How often it may.</param>
    /// <param name="service">What was heard of the service.</param>
    public static RetryDecision Of(UploadOutcome outcome, int failures, int mostTries, ServiceState service)
    {
        if (outcome.Class == UploadClass.Accepted)
            return new Done(new SendingOutcome(SendingEnd.Accepted) { Pages = outcome.Pages, TextPages = outcome.TextPages });
        if (outcome.Error is not { } error)
            return new Again(IsFailure: false);
        if (error.ErrorId == NanonetsErrorId.OperationCanceled)
            return new Done(new SendingOutcome(SendingEnd.Cancelled, error));
        if (outcome.Class == UploadClass.Ambiguous)
            return new Reconcile();
        if (error.ErrorId == NanonetsErrorId.RateLimited)
            return OfLimit(error, service.Limit);
        if (error.ErrorId == NanonetsErrorId.PageBudgetReached)
            return new Done(new SendingOutcome(SendingEnd.Unsent, error));
        if (IsTransport(outcome, service.HasAccepted))
            return !service.IsThere || failures < mostTries
                ? new Again(service.IsThere)
                : new Done(new SendingOutcome(SendingEnd.NotSent, error));
        return error.FatalFor != FatalFor.Document
            ? new Stop(error, error.FatalFor)
            : new Done(new SendingOutcome(outcome.Class == UploadClass.Refused ? SendingEnd.Refused : SendingEnd.NotSent, error));
    }

    /// <summary>
    /// Whether an upload failed on its way, which may be an outage. After something was accepted a failed TLS handshake is one too.
    /// </summary>
    public static bool IsTransport(UploadOutcome outcome, bool hasAccepted) => outcome.Class == UploadClass.NotSent
        && (outcome.Error?.ErrorId switch
    {
        NanonetsErrorId.ConnectionFailed or NanonetsErrorId.RequestTimedOut or NanonetsErrorId.ServiceUnavailable
            or NanonetsErrorId.InvalidResponse => true,
        NanonetsErrorId.TlsFailed => hasAccepted,
        _ => false,
    });

    /// <summary>
    /// Whether an upload that may have arrived tells of an outage. Foreign answers below 500 are about the document, or the way it took.
    /// </summary>
    public static bool IsLostInOutage(UploadOutcome outcome) =>
        outcome is { Class: UploadClass.Ambiguous, Error: { StatusCode: null or >= 500 } error }
            && error.ErrorId != NanonetsErrorId.OperationCanceled;

    private static RetryDecision OfLimit(NanonetsException refusal, RateLimit? limit)
    {
        if (refusal.BodyText is { } body && s_finalLimit.IsMatch(body))
            return new Stop(
                Explained(refusal, $"The service takes no more pages for this model. It says: \"{refusal.BodyText}\"."), FatalFor.Model);
        return limit is { IsHopeless: true }
            ? new Stop(Explained(refusal, $"The service has taken no page for this model in 15 minutes. {refusal.Message}"), FatalFor.Model)
            : new Again(IsFailure: false);
    }

    /// <summary>Whether a refusal is about the document and nothing else.</summary>
    private static bool IsItsOwn(NanonetsException refusal) =>
        refusal.ErrorId != NanonetsErrorId.RateLimited && refusal.FatalFor == FatalFor.Document;

    private static NanonetsException Explained(NanonetsException refusal, string message) =>
        new(NanonetsErrorId.RateLimited, message, refusal)
    {
        StatusCode = refusal.StatusCode,
        Reason = refusal.Reason,
        Advice = refusal.Advice,
        RetryAfter = refusal.RetryAfter,
    };
}
