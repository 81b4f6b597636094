using System.Collections.Generic;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Journaling;

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
