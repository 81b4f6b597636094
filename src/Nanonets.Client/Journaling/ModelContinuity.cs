using System;

namespace Nanonets.Journaling;

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
