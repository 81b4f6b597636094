using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

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
