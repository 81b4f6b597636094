using System;
using System.Linq;
using Nanonets.Journaling;

namespace Nanonets.Sending.Reconciliation;

/// <summary>An upload that may have been accepted, and what reconciling it has shown so far.</summary>
internal sealed class PendingUpload
{
    /// <param name="entry">The entry as it was when the answer was lost.</param>
    /// <param name="tagId">The part of its tag that all its attempts have in common.</param>
    /// <param name="sharesTag">Whether other files of the same request carry the same tag, so that the name decides among them.</param>
    /// <param name="since">When reconciling it began, by the forward-only clock.</param>
    /// <param name="isOfThisRun">Whether this run sent it, so that its own clock tells how long ago that was.</param>
    public PendingUpload(JournalEntry entry, string tagId, bool sharesTag, TimeSpan since, bool isOfThisRun)
    {
        (Entry, TagId, SharesTag, Since, IsOfThisRun) = (entry, tagId, sharesTag, since, isOfThisRun);
        IsTagged = entry.Unsettled.Any() && entry.Unsettled.All(static attempt => attempt.Tag is not null);
    }

    public JournalEntry Entry { get; }

    public string TagId { get; }

    public bool SharesTag { get; }

    public TimeSpan Since { get; }

    public bool IsOfThisRun { get; }

    /// <summary>Whether every attempt that may have arrived carried a tag.</summary>
    public bool IsTagged { get; }

    /// <summary>How many complete listings lacked it.</summary>
    public int Absences { get; set; }

    /// <summary>
    /// When it may be sent again at the earliest, by the forward-only clock, should the listing bear it out; null while that is not known.
    /// </summary>
    public TimeSpan? ResendDue { get; set; }

    /// <summary>When the first of its attempts began, by the service's clock.</summary>
    public DateTimeOffset StartedAt => Entry.Unsettled.Min(static attempt => attempt.StartedAt);

    /// <summary>When the last of its attempts ended, by the service's clock.</summary>
    public DateTimeOffset EndedAt => Entry.Unsettled.Max(static attempt => attempt.EndedAt ?? attempt.StartedAt);

    /// <summary>Attempts that may have been accepted; after the second nothing is sent again without a person's word.</summary>
    public int AmbiguousAttempts => Entry.AmbiguousAttempts;
}

/// <summary>What one listing says about an upload.</summary>
internal abstract record ListingVerdict
{
    /// <summary>It is there.</summary>
    /// <param name="File">The file to take.</param>
    /// <param name="Duplicates">Further files with its tag: it was billed more than once.</param>
    internal sealed record Found(ListedUpload File, string[] Duplicates) : ListingVerdict;

    /// <summary>A complete listing lacks it.</summary>
    internal sealed record Missing : ListingVerdict;

    /// <summary>Something there may be it and cannot be compared: nothing is guessed.</summary>
    internal sealed record Unclear(string Why) : ListingVerdict;
}

/// <summary>How reconciling an upload ends.</summary>
internal abstract record Reconciled
{
    /// <summary>The service has it.</summary>
    internal sealed record Found(ListedUpload File, string[] Duplicates) : Reconciled;

    /// <summary>It is proven missing, or the user takes the risk.</summary>
    internal sealed record SendAgain(bool IsProven) : Reconciled;

    /// <summary>It stays open.</summary>
    internal sealed record Held(string Why) : Reconciled;
}
