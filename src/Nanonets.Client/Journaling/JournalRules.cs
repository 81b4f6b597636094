using System;
using System.Collections.Generic;
using System.Linq;
using static Nanonets.Journaling.UploadChange;

namespace Nanonets.Journaling;

/// <summary>
/// What a journal decides, apart from where it keeps its rows: which entry may be sent, and how it changes. Every implementation stores
/// entries and asks here, so that all decide alike.
/// </summary>
internal static class JournalRules
{
    /// <summary>What a run that wants to send a document is told, and the entry as it must be stored before the answer is given.</summary>
    /// <param name="planned">The document that is to be sent.</param>
    /// <param name="existing">The entry with its key; null when there is none.</param>
    /// <param name="ownerAlive">Whether the run that works on the entry lives; always false when that is the asking run itself, or
    /// nobody.</param>
    /// <param name="resend">What the user wants sent again.</param>
    public static (JournalVerdict Verdict, JournalEntry Entry) Begin(
        JournalEntry planned, JournalEntry? existing, string runId, bool ownerAlive, ResendScope resend, DateTimeOffset at)
    {
        if (existing is null)
            return (JournalVerdict.Begun, planned with { CreatedAt = at, ChangedAt = at, RunId = runId });

        if (existing.IsDone)
            return (JournalVerdict.Done, existing);
        if (existing.State is UploadState.Refused or UploadState.Failed && !resend.HasFlag(ResendScope.Failed))
            return (JournalVerdict.Settled, existing);
        if (ownerAlive)
            return (JournalVerdict.ElsewhereAlive, existing);

        // The name and path of this time are those it is sent with.
        JournalEntry claimed = existing with { RunId = runId, Input = planned.Input, SourcePath = planned.SourcePath };
        return existing.State switch
        {
            UploadState.Planned => (JournalVerdict.Begun, claimed),
            UploadState.Refused or UploadState.Failed => (JournalVerdict.Begun, Restart(claimed, at) with { Message = null }),
            UploadState.Held when resend.HasFlag(ResendScope.Held) => (JournalVerdict.Begun, Restart(claimed, at)),

            // What was looked for goes by the name and path it was sent with.
            _ => (JournalVerdict.Ambiguous, Claim(existing, runId, at)),
        };
    }

    /// <summary>An unresolved entry passes to a run: an attempt that its run left open may have been accepted.</summary>
    public static JournalEntry Claim(JournalEntry entry, string runId, DateTimeOffset at) => CutOff(entry, at) with { RunId = runId };

    /// <summary>The entry after a change.</summary>
    /// <exception cref="InvalidOperationException">The change does not fit the state: a fault of the caller, never of the
    /// service.</exception>
    public static JournalEntry Apply(JournalEntry entry, UploadChange change)
    {
        JournalEntry changed = entry with { ChangedAt = change.At };
        switch (change)
        {
            case Starting starting when entry.State is UploadState.Planned or UploadState.Ambiguous or UploadState.Held:
                return changed with
                {
                    State = UploadState.Sending,
                    Attempts = entry.Attempts + 1,
                    Seen = [.. entry.Seen, new UploadAttempt(entry.Attempts + 1, starting.Tag, starting.At, null, AttemptOutcome.Open)],
                    ErrorId = null,
                    Message = null,
                };

            case NotSent none when entry.State == UploadState.Sending:
                UploadAttempt[] seen = [.. entry.Seen.Where(static attempt => attempt.Outcome != AttemptOutcome.Open)];
                return changed with
                {
                    // An attempt before it that may have arrived still has to be looked for.
                    State = seen.Length == 0 ? UploadState.Planned : UploadState.Ambiguous,
                    Attempts = entry.Attempts + none.Posts - 1,
                    Seen = seen,
                };

            case Ambiguous lost when entry.State == UploadState.Sending:
                return CutOff(changed, change.At) with { Attempts = entry.Attempts + lost.Posts - 1,
                    ErrorId = nameof(NanonetsErrorId.UploadAmbiguous), Message = lost.Message };

            case Held held when entry.IsUnresolved || entry.State == UploadState.Planned:
                return CutOff(changed, change.At) with { State = UploadState.Held, ErrorId = nameof(NanonetsErrorId.UploadAmbiguous),
                    Message = held.Message };

            case Accepted accepted when entry.State is UploadState.Sending or UploadState.Ambiguous or UploadState.Held
                or UploadState.Planned:
                return changed with
                {
                    State = UploadState.Accepted,
                    Charged = ChargeState.Yes,
                    Attempts = entry.Attempts + Math.Max(0, accepted.Posts - 1),
                    RequestFileId = accepted.RequestFileId,
                    PageCount = accepted.PageCount,
                    AcceptedAt = change.At,
                    Seen = accepted.Posts > 0 ? Answered(entry.Seen, change.At) : entry.Seen,
                    ErrorId = null,
                    Message = null,
                };

            case Refused refused when entry.State == UploadState.Sending:
                UploadAttempt[] earlier = [.. entry.Seen.Where(static attempt => attempt.Outcome != AttemptOutcome.Open)];
                return changed with
                {
                    // The refusal settles its own attempt; one before it may have been accepted all the same, unless it is proven missing.
                    State = earlier.Length == 0 || refused.IsLastWord ? UploadState.Refused : UploadState.Held,
                    Attempts = entry.Attempts + refused.Posts - 1,
                    Seen = earlier,
                    ErrorId = refused.ErrorId,
                    Message = refused.Message,
                };

            case Finished finished when entry.IsDone:
                return changed with
                {
                    State = finished.FailedPages == 0 ? UploadState.Finished : UploadState.FinishedWithErrors,
                    PageCount = finished.PageCount,
                    SourcePath = finished.FiledAs ?? entry.SourcePath,
                    ErrorId = finished.FailedPages == 0 ? null : nameof(NanonetsErrorId.DocumentFailed),
                    Message = finished.FailedPages == 0 ? null : $"{finished.FailedPages} of {finished.PageCount} pages could not be read.",
                };

            case Adopted adopted when !entry.IsDone:
                return changed with
                {
                    State = UploadState.Accepted,
                    Charged = ChargeState.Yes,
                    RequestFileId = adopted.RequestFileId,
                    AcceptedAt = change.At,
                    ErrorId = null,
                    Message = "Adopted with Resolve-NanonetsJournalEntry.",
                };

            case SentAgain when !entry.IsDone:
                return Restart(changed, change.At);

            case Discarded when !entry.IsDone:
                return changed with
                {
                    State = UploadState.Failed,
                    ErrorId = nameof(NanonetsErrorId.UploadAmbiguous),
                    Message = "Discarded with Resolve-NanonetsJournalEntry.",
                };

            default:
                throw new InvalidOperationException($"{change.GetType().Name} does not fit a document that is {entry.State}.");
        }
    }

    /// <summary>Whether a run that lives may still change the entry, so that nobody else may.</summary>
    public static bool IsWorkedOn(JournalEntry entry, bool ownerAlive) =>
        ownerAlive && (entry.IsUnresolved || entry.State == UploadState.Planned);

    /// <summary>Whether an entry may be forgotten: unless it is asked for, nothing that is open and could be billed twice unseen.</summary>
    public static bool MayForget(JournalEntry entry, DateTimeOffset before, bool evenUnresolved) =>
        entry.ChangedAt < before && (evenUnresolved || !entry.IsUnresolved);

    /// <summary>An attempt without an outcome counts as one that may have been accepted.</summary>
    private static JournalEntry CutOff(JournalEntry entry, DateTimeOffset at)
    {
        int open = entry.Seen.Count(static attempt => attempt.Outcome == AttemptOutcome.Open);
        return entry with
        {
            State = entry.State == UploadState.Held ? UploadState.Held : UploadState.Ambiguous,
            Charged = ChargeState.Unknown,
            AmbiguousAttempts = entry.AmbiguousAttempts + open,
            Seen = [.. entry.Seen.Select(attempt => attempt.Outcome == AttemptOutcome.Open
                ? attempt with { Outcome = AttemptOutcome.Ambiguous, EndedAt = at }
                : attempt)],
        };
    }

    private static IReadOnlyList<UploadAttempt> Answered(IReadOnlyList<UploadAttempt> seen, DateTimeOffset at) =>
        [.. seen.Select(attempt => attempt.Outcome == AttemptOutcome.Open
            ? attempt with { Outcome = AttemptOutcome.Accepted, EndedAt = at }
            : attempt)];

    /// <summary>
    /// By a person's word: what is known of earlier attempts no longer holds it back. That it may have been charged is not forgotten.
    /// </summary>
    private static JournalEntry Restart(JournalEntry entry, DateTimeOffset at) => entry with
    {
        State = UploadState.Planned,
        ChangedAt = at,
        AmbiguousAttempts = 0,
        Seen = [],
        ErrorId = null,
        Message = JournalEntry.ToBeSentAgain,
    };
}
