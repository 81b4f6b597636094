using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Journaling;

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
