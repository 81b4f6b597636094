using System;
using Nanonets.Client.Tests.Sending.Simulation;
using Nanonets.Documents;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Sending.Admission;
using Nanonets.Uploading;

namespace Nanonets.Client.Tests.Sending;

/// <summary>What follows from what one request proved, as a table.</summary>
public class RetryDecisionTests
{
    private static readonly DateTimeOffset s_noon = new(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly Document s_document = new(new MemorySource("a.pdf", "%PDF-1.7 a"));

    [Theory]
    [InlineData("Accepted", null, "Done Accepted")]
    [InlineData("NotSent", null, "Again")]
    [InlineData("NotSent", NanonetsErrorId.OperationCanceled, "Done Cancelled")]
    [InlineData("NotSent", NanonetsErrorId.SourceUnavailable, "Done NotSent")]
    [InlineData("NotSent", NanonetsErrorId.SourceChanged, "Done NotSent")]
    [InlineData("NotSent", NanonetsErrorId.DocumentTooLarge, "Done NotSent")]
    [InlineData("NotSent", NanonetsErrorId.RateLimited, "Again")]
    [InlineData("NotSent", NanonetsErrorId.PageBudgetReached, "Done Unsent")]
    [InlineData("NotSent", NanonetsErrorId.ApiKeyRejected, "Stop Run")]
    [InlineData("Refused", NanonetsErrorId.IncorrectImage, "Done Refused")]
    [InlineData("Refused", NanonetsErrorId.RequestRejected, "Done Refused")]
    [InlineData("Refused", NanonetsErrorId.RateLimited, "Again")]
    [InlineData("Refused", NanonetsErrorId.PermissionDenied, "Stop Model")]
    [InlineData("Refused", NanonetsErrorId.ModelNotFound, "Stop Model")]
    [InlineData("Refused", NanonetsErrorId.ModelNotReady, "Stop Model")]
    [InlineData("Refused", NanonetsErrorId.ApiKeyRejected, "Stop Run")]
    [InlineData("Refused", NanonetsErrorId.QuotaExhausted, "Stop Run")]
    [InlineData("Ambiguous", NanonetsErrorId.UploadAmbiguous, "Reconcile")]
    [InlineData("Ambiguous", NanonetsErrorId.RateLimited, "Reconcile")]
    [InlineData("Ambiguous", NanonetsErrorId.ApiKeyRejected, "Reconcile")]
    [InlineData("Ambiguous", NanonetsErrorId.OperationCanceled, "Done Cancelled")]
    public void What_is_proven_decides(string proven, NanonetsErrorId? error, string expected)
    {
        // Whatever was heard of the service, and however often it failed: this is not about the way to it.
        foreach (bool isThere in new[] { true, false })
        {
            foreach (int failures in new[] { 1, 100 })
                Assert.Equal(expected, Decide(Outcome(proven, error), failures, 2, new ServiceState(isThere, true)));
        }
    }

    [Theory]
    [InlineData(true, 1, 3, "Again after its own failure")]
    [InlineData(true, 2, 3, "Again after its own failure")]
    [InlineData(true, 3, 3, "Done NotSent")]
    [InlineData(true, 4, 3, "Done NotSent")]
    [InlineData(true, 1, 1, "Done NotSent")]
    [InlineData(true, 1, 0, "Done NotSent")]
    [InlineData(false, 1, 1, "Again")]
    [InlineData(false, 3, 3, "Again")]
    [InlineData(false, 100, 3, "Again")]
    public void A_transfer_that_breaks_is_the_documents_own_failure_only_while_the_service_is_there(
        bool isThere, int failures, int most, string expected)
    {
        foreach (NanonetsErrorId error in new[]
        {
            NanonetsErrorId.ConnectionFailed, NanonetsErrorId.RequestTimedOut,
            NanonetsErrorId.ServiceUnavailable, NanonetsErrorId.InvalidResponse,
        })
        {
            Assert.Equal(expected, Decide(Outcome("NotSent", error), failures, most, new ServiceState(isThere, HasAccepted: false)));
            Assert.Equal(expected, Decide(Outcome("NotSent", error), failures, most, new ServiceState(isThere, HasAccepted: true)));
        }
    }

    [Theory]
    [InlineData(false, true, 1, "Stop Run")]
    [InlineData(false, false, 1, "Stop Run")]
    [InlineData(true, false, 9, "Again")]
    [InlineData(true, true, 1, "Again after its own failure")]
    [InlineData(true, true, 2, "Done NotSent")]
    public void A_TLS_failure_ends_the_run_until_something_was_accepted(bool hasAccepted, bool isThere, int failures, string expected) =>
        Assert.Equal(expected, Decide(Outcome("NotSent", NanonetsErrorId.TlsFailed), failures, 2, new ServiceState(isThere, hasAccepted)));

    [Theory]
    [InlineData(null, null, "Again")]
    [InlineData(null, false, "Again")]
    [InlineData(null, true, "Stop Model")]
    [InlineData("Too many pages.", false, "Again")]
    [InlineData("The daily limit is reached.", false, "Stop Model")]
    [InlineData("The daily limit is reached.", null, "Stop Model")]
    [InlineData("This model was RETIRED.", false, "Stop Model")]
    [InlineData("The limit is set daily.", false, "Again")]
    public void A_refusal_for_the_number_of_pages_is_waited_for_unless_no_waiting_mends_it(string? body, bool? isHopeless, string expected)
    {
        RateLimit? limit = isHopeless is { } hopeless ? new RateLimit(TimeSpan.FromSeconds(30), null, hopeless) : null;
        var error = new NanonetsException(NanonetsErrorId.RateLimited, "Refused.") { BodyText = body };
        var outcome = new UploadOutcome(s_document, UploadClass.Refused, error);
        Assert.Equal(expected, Decide(outcome, 100, 1, new ServiceState(true, true, limit)));
    }

    [Theory]
    [InlineData("Accepted", null, "Accepted")]
    [InlineData("Ambiguous", NanonetsErrorId.UploadAmbiguous, "Ambiguous")]
    [InlineData("Ambiguous", NanonetsErrorId.OperationCanceled, "Ambiguous")]
    [InlineData("Ambiguous", NanonetsErrorId.RateLimited, "Ambiguous")]
    [InlineData("NotSent", null, "NotSent")]
    [InlineData("NotSent", NanonetsErrorId.ConnectionFailed, "NotSent")]
    [InlineData("NotSent", NanonetsErrorId.IncorrectImage, "NotSent")]
    [InlineData("Refused", NanonetsErrorId.IncorrectImage, "Refused")]
    [InlineData("Refused", NanonetsErrorId.RateLimited, "NotSent")]
    [InlineData("Refused", NanonetsErrorId.ModelNotFound, "NotSent")]
    [InlineData("Refused", NanonetsErrorId.ApiKeyRejected, "NotSent")]
    public void What_is_written_is_what_is_proven_of_the_document(string proven, NanonetsErrorId? error, string expected)
    {
        UploadChange change = RetryDecision.ChangeOf(Outcome(proven, error), s_noon);
        Assert.Equal((expected, s_noon), (change.GetType().Name, change.At));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void What_made_no_request_is_counted_as_none(bool wasPosted, int posts)
    {
        UploadOutcome outcome = Outcome("NotSent", NanonetsErrorId.SourceUnavailable) with { WasPosted = wasPosted };
        Assert.Equal(posts, Assert.IsType<UploadChange.NotSent>(RetryDecision.ChangeOf(outcome, s_noon)).Posts);
    }

    [Theory]
    [InlineData("Ambiguous", NanonetsErrorId.UploadAmbiguous, null, true)]
    [InlineData("Ambiguous", NanonetsErrorId.UploadAmbiguous, 500, true)]
    [InlineData("Ambiguous", NanonetsErrorId.UploadAmbiguous, 503, true)]
    [InlineData("Ambiguous", NanonetsErrorId.UploadAmbiguous, 499, false)]
    [InlineData("Ambiguous", NanonetsErrorId.UploadAmbiguous, 200, false)]
    [InlineData("Ambiguous", NanonetsErrorId.OperationCanceled, null, false)]
    [InlineData("NotSent", NanonetsErrorId.ServiceUnavailable, 503, false)]
    [InlineData("Refused", NanonetsErrorId.RateLimited, 429, false)]
    public void Only_a_lost_answer_of_a_service_that_fails_tells_of_an_outage(
        string proven, NanonetsErrorId error, int? status, bool expected)
    {
        var failure = new NanonetsException(error, "Lost.") { StatusCode = status };
        Assert.Equal(expected, RetryDecision.IsLostInOutage(new UploadOutcome(s_document, Enum.Parse<UploadClass>(proven), failure)));
    }

    private static UploadOutcome Outcome(string proven, NanonetsErrorId? error) =>
        new(s_document, Enum.Parse<UploadClass>(proven), error is { } id ? new NanonetsException(id, "It failed.") : null)
        {
            WasPosted = true,
        };

    private static string Decide(UploadOutcome outcome, int failures, int most, ServiceState service) =>
        RetryDecision.Of(outcome, failures, most, service) switch
    {
        RetryDecision.Done done => $"Done {done.Outcome.End}",
        RetryDecision.Again again => again.IsFailure ? "Again after its own failure" : "Again",
        RetryDecision.Stop stop => $"Stop {stop.Scope}",
        RetryDecision.Reconcile => "Reconcile",
        var other => other.ToString(),
    };
}
