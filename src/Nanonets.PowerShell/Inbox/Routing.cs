using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Nanonets.Documents;
using Nanonets.Errors;
using Nanonets.Http;
using Nanonets.Rows;
using Nanonets.Sending;

namespace Nanonets.Inbox;

/// <summary>
/// Whose fault decides where a document goes. Its own fault moves it to failed; what concerns all documents leaves it in the inbox, and so
/// does what passes by itself, and what may have been billed.
/// </summary>
internal static class Routing
{
    /// <summary>Of a document that could not be looked at, or is none that is sent.</summary>
    /// <param name="isOld">Whether it has not been changed for so long that nobody is writing to it any more.</param>
    public static Verdict OfContent(NanonetsException failure, bool isOld) => failure.ErrorId switch
    {
        NanonetsErrorId.EmptyFile when isOld => new Verdict(
            InboxState.Failed, $"{failure.Message} It has been empty for more than a day.", nameof(NanonetsErrorId.EmptyFile),
            InboxAdvice.StaysEmpty),
        NanonetsErrorId.UnsupportedFile => Verdict.Of(InboxState.Failed, failure),
        NanonetsErrorId.FileMissing => Verdict.Of(InboxState.Gone, failure),
        _ => Verdict.Of(InboxState.Waiting, failure),
    };

    /// <summary>Of a document that the service does not have.</summary>
    /// <param name="stopped">Why the run was stopped; null when it was not.</param>
    /// <param name="pageBudget">The most pages that a run may use; null for no limit.</param>
    public static Verdict OfSending(
        Document document, SendingOutcome outcome, NanonetsException? stopped, int? pageBudget) => outcome.End switch
    {
        SendingEnd.Refused => Verdict.Of(InboxState.Failed, outcome.Error!),
        SendingEnd.RefusedBefore => RefusedBefore(document),
        SendingEnd.Held => Verdict.Of(InboxState.Held, outcome.Error!),
        SendingEnd.Elsewhere => Verdict.Of(InboxState.Elsewhere, outcome.Error!),
        SendingEnd.NotSent => OfUnsent(outcome.Error!),
        SendingEnd.Unsent when outcome.Error is { ErrorId: NanonetsErrorId.PageBudgetReached } =>
            OverBudget(document.Pages, pageBudget!.Value),
        _ => (outcome.Error ?? stopped) is { } why
            ? Verdict.Of(InboxState.Unsent, why)
            : new Verdict(InboxState.Unsent, "The run ended before it was sent."),
    };

    /// <summary>Of a document for which the budget does not suffice, in this run or in any.</summary>
    public static Verdict OverBudget(int pages, int budget)
    {
        const string ErrorId = nameof(NanonetsErrorId.PageBudgetReached);
        string has = Text("It has about {0} {1}, more than", pages, pages == 1 ? "page" : "pages");
        return pages > budget
            ? new Verdict(
                InboxState.TooLarge, Text("{0} -PageBudget ({1}) allows in any run.", has, budget), ErrorId,
                Text("Raise -PageBudget to {0}, or take the document out of the inbox.", pages))
            : Verdict.Of(InboxState.Unsent, ErrorId, Text("{0} is left of -PageBudget ({1}) in this run.", has, budget));
    }

    /// <summary>Of a document whose result was asked for in vain.</summary>
    public static Verdict OfWaiting(NanonetsException failure) =>
        failure.ErrorId == NanonetsErrorId.ResultTimedOut || failure.IsRetryable || failure.FatalFor != FatalFor.Document
            ? Verdict.Of(InboxState.Pending, failure)
            : Verdict.Of(InboxState.Failed, failure);

    /// <summary>Of a document that was read.</summary>
    /// <param name="pages">Its pages, all finished.</param>
    /// <param name="hasValues">Whether anything that was asked for was found.</param>
    /// <param name="score">The lowest score of what was asked for; null when nothing of it has one.</param>
    /// <param name="minimum">What is below goes to review; null when scores do not matter.</param>
    public static Verdict OfPages(IReadOnlyCollection<PageResult> pages, bool hasValues, LowestScore? score, double? minimum)
    {
        if (pages.FirstOrDefault(static page => page.State == PageState.Failure) is { } failed)
        {
            return Verdict.Of(
                pages.All(static page => page.State == PageState.Failure) ? InboxState.Failed : InboxState.Review,
                nameof(NanonetsErrorId.DocumentFailed), ErrorTable.DocumentFailedText(failed, pages));
        }

        // A person's word counts more than the model's doubts.
        if (pages.All(static page => page.IsModerated == true))
            return new Verdict(InboxState.Done);
        if (!hasValues)
            return new Verdict(InboxState.Review, "Nothing was found for the labels that were asked for.", null, InboxAdvice.WithoutValues);
        return score is not null && score.Score < minimum
            ? new Verdict(
                InboxState.Review,
                Text("The score of {0} is {1:0.00}, below {2:0.##}.", PlainText.OneLine(score.Label), score.Score, minimum),
                null, InboxAdvice.Review)
            : new Verdict(InboxState.Done);
    }

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.InvariantCulture, format, values);

    private static Verdict RefusedBefore(Document document) => new(
        InboxState.Failed, $"It was refused before: {document.Entry.Message}",
        document.Entry.ErrorId ?? nameof(NanonetsErrorId.RequestRejected), InboxAdvice.Refused);

    /// <summary>Provably not sent: because of the file, which may be another the next time, or on its way.</summary>
    private static Verdict OfUnsent(NanonetsException failure) => failure.ErrorId switch
    {
        NanonetsErrorId.FileMissing => Verdict.Of(InboxState.Gone, failure),
        NanonetsErrorId.EmptyFile or NanonetsErrorId.SourceChanged or NanonetsErrorId.SourceUnavailable =>
            Verdict.Of(InboxState.Waiting, failure),
        _ => Verdict.Of(InboxState.Unsent, failure),
    };
}
