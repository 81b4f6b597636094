using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Journaling;

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
