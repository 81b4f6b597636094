using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Journaling;

/// <summary>
/// The history of what was sent, in outcomes, not rows. Safe to use from several threads; several processes may have the same journal open.
/// What it decides is in <see cref="JournalRules"/>; an implementation keeps entries, says which runs live, and makes each change of an
/// upload durable before its task completes. A failure to do so is a <see cref="NanonetsException"/> with the id JournalUnavailable.
/// </summary>
internal interface IUploadJournal : IDisposable
{
    /// <summary>Where it is, for messages.</summary>
    string Location { get; }

    /// <summary>Begins a run: from now on its claims are respected by others until it is disposed of or its process ends.</summary>
    Task<IJournalRun> StartRunAsync(CancellationToken cancellationToken);

    /// <summary>Entries, the one changed last first. Read as they are asked for, never all at once.</summary>
    IEnumerable<JournalEntry> Query(JournalQuery query);

    /// <summary>What was accepted in each month (UTC), the newest first.</summary>
    IReadOnlyList<JournalMonth> Months();

    /// <summary>Notes that the results of a file are there. Nothing happens when the journal does not know it.</summary>
    Task FinishAsync(
        string origin, string modelId, string requestFileId, UploadChange.Finished finished, CancellationToken cancellationToken);

    /// <summary>
    /// A person's word about a document: <see cref="UploadChange.Adopted"/>, <see cref="UploadChange.SentAgain"/> or
    /// <see cref="UploadChange.Discarded"/>.
    /// </summary>
    /// <returns>The entry after it; null when there is none of that number.</returns>
    /// <exception cref="InvalidOperationException">A living run works on it, or its state does not allow it.</exception>
    Task<JournalEntry?> ResolveAsync(long entryId, UploadChange word, CancellationToken cancellationToken);

    /// <summary>Forgets entries that <see cref="JournalRules.MayForget"/> and that are not <see cref="JournalRules.IsWorkedOn"/>.</summary>
    /// <param name="before">What changed at this time or later stays.</param>
    /// <param name="evenUnresolved">Whether uploads whose outcome is not known are forgotten as well.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many.</returns>
    Task<int> RemoveAsync(DateTimeOffset before, bool evenUnresolved, CancellationToken cancellationToken);
}

/// <summary>One run's work with a journal. Disposing of it lets go of its claims.</summary>
internal interface IJournalRun : IPageWindows, IDisposable
{
    /// <summary>Names the run; no other run ever has this name.</summary>
    string RunId { get; }

    /// <summary>
    /// Whether claims can pass to another run while the process of this one is there. Then they are confirmed before an upload leaves, and
    /// a lost one is sent again only after a time that is longer than a confirmation lives.
    /// </summary>
    bool ClaimsPassOn { get; }

    /// <summary>Confirms that this run's claims are its own. Only called where <see cref="ClaimsPassOn"/>.</summary>
    /// <exception cref="NanonetsException">JournalUnavailable: they have passed on, or the journal does not answer.</exception>
    Task ConfirmClaimsAsync(CancellationToken cancellationToken);

    /// <summary>Asks whether a document may be sent, and claims it for this run when there is anything to do about it.</summary>
    /// <param name="planned">The document.</param>
    /// <param name="resend">What the user wants sent again.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<JournalAnswer> BeginAsync(JournalEntry planned, ResendScope resend, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Writes a change of a document that this run has claimed. It is durable when the task completes.</summary>
    /// <returns>The entry after it.</returns>
    /// <exception cref="InvalidOperationException">The run has no claim on it, or the change does not fit.</exception>
    Task<JournalEntry> RecordAsync(long entryId, UploadChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Claims everything that has to be looked for in a model and is not some living run's: entries whose run is gone come as ambiguous.
    /// </summary>
    Task<IReadOnlyList<JournalEntry>> ClaimUnresolvedAsync(
        string origin, string modelId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Whether entries of a model can be missing. Anything but <see cref="JournalContinuity.Whole"/> makes a run read the service's listing
    /// before it sends to the model.
    /// </summary>
    Task<ModelContinuity> ContinuityAsync(string origin, string modelId, CancellationToken cancellationToken);

    /// <summary>Keeps what a listing shows and the journal does not know. A later listing may tell more of a file.</summary>
    Task KeepListedAsync(string origin, string modelId, IReadOnlyList<ListedUpload> files, CancellationToken cancellationToken);

    /// <summary>The listing was read to its end: in the same transaction the journal of this model is whole again.</summary>
    Task CompleteRebuildAsync(string origin, string modelId, CancellationToken cancellationToken);

    /// <summary>Whether a file of the service is known to be a document of this journal.</summary>
    Task<bool> IsKnownFileAsync(string origin, string modelId, string requestFileId, CancellationToken cancellationToken);

    /// <summary>
    /// The uploads of a model that were answered nearest to a span of time, by any run: those that ended before it began, and those that
    /// began after it ended.
    /// </summary>
    /// <param name="origin">The service.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="from">When the span begins.</param>
    /// <param name="to">When it ends.</param>
    /// <param name="count">How many on each side at most, nearest first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<JournalNeighbours> NeighboursAsync(
        string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellationToken);
}

/// <summary>Whether a journal can have lost entries of a model.</summary>
internal enum JournalContinuity
{
    /// <summary>It is what the last run left.</summary>
    Whole,

    /// <summary>It was just made, perhaps in place of one that was lost; or its last run was cut off.</summary>
    New,

    /// <summary>It is older than the last run left it: restored from a backup, or repaired.</summary>
    Restored,
}

/// <summary>Whether entries of a model can be missing, and since when.</summary>
/// <param name="State">Whether.</param>
/// <param name="KnownUntil">The last change that the journal knows: what is missing came after it. Null when it knows none.</param>
internal sealed record ModelContinuity(JournalContinuity State, DateTimeOffset? KnownUntil);

/// <summary>What a run is told about a document it wants to send.</summary>
internal enum JournalVerdict
{
    /// <summary>Claimed; send it.</summary>
    Begun,

    /// <summary>The service has it: the entry says under which id.</summary>
    Done,

    /// <summary>Claimed; look for it before anything is sent.</summary>
    Ambiguous,

    /// <summary>Another living run works on it. Not waited for.</summary>
    ElsewhereAlive,

    /// <summary>Refused or failed before, and the user did not ask to send such documents again.</summary>
    Settled,
}

/// <summary>The answer of <see cref="IJournalRun.BeginAsync"/>.</summary>
/// <param name="Verdict">What to do.</param>
/// <param name="Entry">The entry as it is now.</param>
/// <param name="SentWithOtherMetadata">
/// With <see cref="JournalVerdict.Begun"/>: another entry with the same content, pages and model that the service has, under other
/// metadata. Null when there is none.
/// </param>
/// <param name="Listed">
/// With <see cref="JournalVerdict.Begun"/> and <see cref="JournalVerdict.Ambiguous"/>: files that a rebuild found at the service and that
/// may be this document, by its tag or, without one, by name and metadata. None belongs to another entry.
/// </param>
internal sealed record JournalAnswer(
    JournalVerdict Verdict, JournalEntry Entry, JournalEntry? SentWithOtherMetadata = null, IReadOnlyList<ListedUpload>? Listed = null);

/// <summary>Uploads that were answered near a moment, nearest first.</summary>
/// <param name="Before">Answered before it.</param>
/// <param name="After">Begun after it.</param>
internal sealed record JournalNeighbours(IReadOnlyList<JournalEntry> Before, IReadOnlyList<JournalEntry> After);

/// <summary>What to send again although the journal would skip it.</summary>
[Flags]
#pragma warning disable CA1711 // The name says what it is.
public enum ResendScope
#pragma warning restore CA1711
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>What the service refused, and what a person has discarded.</summary>
    Failed = 1,

    /// <summary>What is held, although it may have been accepted.</summary>
    Held = 2,

    /// <summary>Both.</summary>
    All = Failed | Held,
}

/// <summary>Which entries to read; what is null does not matter.</summary>
internal sealed record JournalQuery
{
    public long? EntryId { get; init; }

    public IReadOnlyCollection<UploadState>? States { get; init; }

    /// <summary>Changed at or after this.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Changed before this.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>The whole path, as it was sent.</summary>
    public string? SourcePath { get; init; }

    /// <summary>
    /// Pieces of text, of which the path or the name has one in whatever case. ASCII letters in lower case, since databases agree on
    /// no more.
    /// </summary>
    public IReadOnlyCollection<string>? Pieces { get; init; }

    public string? ModelId { get; init; }

    public string? RequestFileId { get; init; }

    /// <summary>The one with this key.</summary>
    public DocumentKey? Key { get; init; }

    /// <summary>Whether an entry is asked for.</summary>
    public bool Matches(JournalEntry entry) =>
        (EntryId is null || entry.EntryId == EntryId)
        && (States is null || States.Contains(entry.State))
        && (After is null || entry.ChangedAt >= After)
        && (Before is null || entry.ChangedAt < Before)
        && (SourcePath is null || entry.SourcePath == SourcePath)
        && (Pieces is null || Pieces.Any(piece => Has(entry.SourcePath, piece) || Has(entry.Input, piece)))
        && (ModelId is null || entry.ModelId == ModelId)
        && (RequestFileId is null || entry.RequestFileId == RequestFileId)
        && (Key is null || entry.Key == Key);

    private static bool Has(string? text, string piece) => text?.IndexOf(piece, StringComparison.OrdinalIgnoreCase) >= 0;
}
