using System;
using Nanonets.Errors;

namespace Nanonets.Inbox;

/// <summary>Where a document goes, and why.</summary>
/// <param name="State">What becomes of it.</param>
/// <param name="Reason">Why; null for what is done.</param>
/// <param name="ErrorId">The error; null when there is none.</param>
/// <param name="Advice">What to do about it; null when there is nothing to do.</param>
internal sealed record Verdict(InboxState State, string? Reason = null, string? ErrorId = null, string? Advice = null)
{
    /// <summary>By a failure of the core or of the destination, with its usual advice.</summary>
    public static Verdict Of(InboxState state, Exception failure) => Of(
        state, failure is NanonetsException known ? known.ErrorId.ToString() : nameof(ErrorTable.FileNotWritten), failure.Message);

    /// <summary>By an error that is known by its id.</summary>
    public static Verdict Of(InboxState state, string errorId, string reason) =>
        new(state, reason, errorId, InboxAdvice.For(errorId));
}
