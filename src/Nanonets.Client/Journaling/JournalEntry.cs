using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Journaling;

namespace Nanonets;

/// <summary>Where a document stands in the journal.</summary>
public enum UploadState
{
    /// <summary>Known, not sent, or proven not to have arrived: the next run sends it.</summary>
    Planned,

    /// <summary>An attempt was begun and has no outcome: under way, or cut off with its process.</summary>
    Sending,

    /// <summary>
    /// Sent completely without a valid answer: it may have been accepted. It is looked for before anything is sent again.
    /// </summary>
    Ambiguous,

    /// <summary>Ambiguous, and looking has not settled it: each later run looks again, and a person can say what became of it.</summary>
    Held,

    /// <summary>The service has it; its results are still open.</summary>
    Accepted,

    /// <summary>Every page was read.</summary>
    Finished,

    /// <summary>Read, but the service gave up on some or all pages.</summary>
    FinishedWithErrors,

    /// <summary>The service refused it.</summary>
    Refused,

    /// <summary>A person has discarded it: nothing more is tried unless asked for.</summary>
    Failed,
}

/// <summary>Whether a document was charged.</summary>
public enum ChargeState
{
    /// <summary>Nothing was accepted.</summary>
    No,

    /// <summary>The service accepted it.</summary>
    Yes,

    /// <summary>An attempt may have been accepted.</summary>
    Unknown,
}

/// <summary>What became of an attempt that the service may have seen.</summary>
internal enum AttemptOutcome
{
    /// <summary>No outcome is written: under way, or cut off.</summary>
    Open,

    /// <summary>Sent completely, no valid answer.</summary>
    Ambiguous,

    /// <summary>Answered with the file's id.</summary>
    Accepted,
}

/// <summary>An attempt that the service may have seen. Attempts that provably did not arrive are only counted.</summary>
/// <param name="Number">From 1, over all runs; part of the tag.</param>
/// <param name="Tag">The tag it was sent with; null when the user's own text was sent untouched.</param>
/// <param name="StartedAt">Before its first byte, by the service's clock.</param>
/// <param name="EndedAt">When its outcome was known, by the service's clock; null when it never was.</param>
/// <param name="Outcome">What became of it.</param>
internal sealed record UploadAttempt(int Number, string? Tag, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, AttemptOutcome Outcome);

/// <summary>
/// A document in the journal: hashes, ids, paths and states, never its content, its metadata, page results or keys.
/// </summary>
/// <remarks>Immutable: <see cref="JournalRules"/> makes the next one.</remarks>
public sealed record JournalEntry
{
    internal JournalEntry()
    {
    }

    internal const string ToBeSentAgain = "To be sent again, as asked for.";

    /// <summary>Stands for an entry before there is one.</summary>
    internal static JournalEntry None { get; } = new();

    /// <summary>Number of the entry in its journal.</summary>
    public long EntryId { get; internal init; }

    /// <summary>The journal it was read from: its path, or its address without a password; null while a run works with it.</summary>
    public string? Journal { get; internal init; }

    /// <summary>Where it stands.</summary>
    public UploadState State { get; internal init; }

    /// <summary>Whether it was charged.</summary>
    public ChargeState Charged { get; internal init; }

    /// <summary>The name it was sent with.</summary>
    public string Input { get; internal init; } = string.Empty;

    /// <summary>
    /// The local file it was first sent from, or where Invoke-NanonetsInbox has filed it away since; null for what was none.
    /// </summary>
    public string? SourcePath { get; internal init; }

    /// <summary>Size of the content in bytes.</summary>
    public long Bytes { get; internal init; }

    /// <summary>The model it was sent to.</summary>
    public string ModelId => Key.ModelId;

    /// <summary>Id of the uploaded file, once it is known to be accepted.</summary>
    public string? RequestFileId { get; internal init; }

    /// <summary>Pages of the document, once known.</summary>
    public int? PageCount { get; internal init; }

    /// <summary>How often it was sent, in all runs.</summary>
    public int Attempts { get; internal init; }

    /// <summary>How many of these attempts may have been accepted without an answer; never more than two without a person's word.</summary>
    public int AmbiguousAttempts { get; internal init; }

    /// <summary>When it was first met, UTC.</summary>
    public DateTimeOffset CreatedAt { get; internal init; }

    /// <summary>When it was accepted, UTC; null until then.</summary>
    public DateTimeOffset? AcceptedAt { get; internal init; }

    /// <summary>When its state last changed, UTC.</summary>
    public DateTimeOffset ChangedAt { get; internal init; }

    /// <summary>Id of the error that made it what it is; null when there is none.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>What happened last, in words; null when there is nothing to say.</summary>
    public string? Message { get; internal init; }

    /// <summary>The machine whose run worked on it last; null in a journal that is one machine's own.</summary>
    public string? Machine { get; internal init; }

    /// <summary>The account on that machine.</summary>
    public string? Account { get; internal init; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal.</summary>
    public string ContentHash => Key.ContentHash;

    /// <summary>Pages asked for, such as <c>1,3</c>; empty for all.</summary>
    public string PagesToProcess => Key.Pages;

    /// <summary>Address of the service it was sent to.</summary>
    public string Origin => Key.Origin;

    /// <summary>Its identity.</summary>
    internal DocumentKey Key { get; init; } = new(string.Empty, string.Empty, string.Empty);

    /// <summary>The run that works on it, or did last; null when none does.</summary>
    internal string? RunId { get; init; }

    /// <summary>The attempts that the service may have seen, oldest first.</summary>
    internal IReadOnlyList<UploadAttempt> Seen { get; init; } = [];

    /// <summary>Whether it must be looked for before it may be sent.</summary>
    internal bool IsUnresolved => State is UploadState.Sending or UploadState.Ambiguous or UploadState.Held;

    /// <summary>Whether somebody has said that it is to be sent again, whatever the service has.</summary>
    internal bool IsToBeSentAgain => State == UploadState.Planned && Message == ToBeSentAgain;

    /// <summary>Whether the service has it.</summary>
    internal bool IsDone => State is UploadState.Accepted or UploadState.Finished or UploadState.FinishedWithErrors;

    /// <summary>The attempts whose outcome is not known.</summary>
    internal IEnumerable<UploadAttempt> Unsettled => Seen.Where(static attempt => attempt.Outcome != AttemptOutcome.Accepted);

    /// <summary>The attempt that was answered with the file's id; null when there is none, also when it was found by looking.</summary>
    internal UploadAttempt? Answered => IsDone ? Seen.FirstOrDefault(static attempt => attempt.Outcome == AttemptOutcome.Accepted) : null;

    /// <summary>A document that is about to be sent.</summary>
    /// <param name="key">What makes it the same as another.</param>
    /// <param name="input">The name it is sent with.</param>
    /// <param name="sourcePath">The local file; null for what is none.</param>
    /// <param name="bytes">Size of the content.</param>
    internal static JournalEntry Planned(DocumentKey key, string input, string? sourcePath, long bytes) =>
        new() { Key = key, Input = input, SourcePath = sourcePath, Bytes = bytes };

    /// <summary>Name and state.</summary>
    /// <returns>For example <c>invoice.pdf: Held</c>.</returns>
    public override string ToString() => $"{Input}: {State}";
}
