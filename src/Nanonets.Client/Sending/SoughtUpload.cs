using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Journaling;

namespace Nanonets.Sending;

/// <summary>An upload that may have been accepted, and what looking for it has shown so far.</summary>
internal sealed class SoughtUpload
{
    public SoughtUpload(JournalEntry entry, string mark, bool sharesTag, TimeSpan soughtSince, bool isOfThisRun)
    {
        Entry = entry;
        Mark = mark;
        SharesTag = sharesTag;
        SoughtSince = soughtSince;
        IsOfThisRun = isOfThisRun;
        IsTagged = entry.Unsettled.Any() && entry.Unsettled.All(static attempt => attempt.Tag is not null);
    }

    /// <summary>The entry as it was when the search began.</summary>
    public JournalEntry Entry { get; }

    /// <summary>The part of its tag that all its attempts have in common.</summary>
    public string Mark { get; }

    /// <summary>Whether other files of the same request carry the same tag, so that the name decides among them.</summary>
    public bool SharesTag { get; }

    /// <summary>Whether every attempt that may have arrived carried a tag.</summary>
    public bool IsTagged { get; }

    /// <summary>When the search began, by the machine's forward-only clock.</summary>
    public TimeSpan SoughtSince { get; }

    /// <summary>Whether this run sent it, so that its own clock tells how long ago that was.</summary>
    public bool IsOfThisRun { get; }

    /// <summary>How many complete listings lacked it.</summary>
    public int Absences { get; set; }

    /// <summary>How many looks it took part in, whether or not the listing could be used.</summary>
    public int Looks { get; set; }

    /// <summary>When it may be sent again at the earliest, by the forward-only clock, should the listing bear it out; null while that is not known.</summary>
    public TimeSpan? ResendDue { get; set; }

    /// <summary>When the first of its attempts began, by the service's clock.</summary>
    public DateTimeOffset StartedAt => Entry.Unsettled.Min(static attempt => attempt.StartedAt);

    /// <summary>When the last of its attempts ended, by the service's clock.</summary>
    public DateTimeOffset EndedAt => Entry.Unsettled.Max(static attempt => attempt.EndedAt ?? attempt.StartedAt);

    /// <summary>Attempts that may have been accepted; after the second nothing is ever sent again without a person's word.</summary>
    public int AmbiguousAttempts => Entry.AmbiguousAttempts;

    /// <summary>Whether two uploads cannot be told apart by what a listing shows.</summary>
    public bool LooksLike(JournalEntry other) =>
        string.Equals(Entry.Input, other.Input, StringComparison.OrdinalIgnoreCase) && Entry.Key.MetadataDigest == other.Key.MetadataDigest;
}

/// <summary>What one look says about an upload.</summary>
internal abstract record LookVerdict
{
    /// <summary>It is there.</summary>
    /// <param name="File">The file to take.</param>
    /// <param name="Duplicates">Further files with its tag: it was billed more than once.</param>
    internal sealed record Found(ListedUpload File, IReadOnlyList<string> Duplicates) : LookVerdict;

    /// <summary>A complete listing lacks it.</summary>
    internal sealed record Absent : LookVerdict;

    /// <summary>Something there may be it and may be another: nothing is guessed.</summary>
    internal sealed record Unclear(string Why) : LookVerdict;
}
