using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Nanonets.Journaling;
using Nanonets.Rows;

namespace Nanonets.Inbox;

/// <summary>What a run over an inbox is to do. Paths are full.</summary>
internal sealed class InboxOptions
{
    /// <summary>
    /// What is no document, unless the user says otherwise: what systems, editors and programs that copy leave in folders.
    /// </summary>
    public static readonly string[] UsualIgnore =
    [
        ".*", "~$*", "Thumbs.db", "desktop.ini", "*.tmp", "*.part", "*.crdownload", "*.filepart",
    ];

    public required string Inbox { get; init; }

    public required string Destination { get; init; }

    public required JournalLocation Journal { get; init; }

    public required string ModelId { get; init; }

    public required IReadOnlyList<RowLabel> Labels { get; init; }

    /// <summary>The one file that rows are appended to; null for a file of each run.</summary>
    public string? RowsPath { get; init; }

    public bool Recurse { get; init; }

    /// <summary>Names that are taken; all when there is none.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    public IReadOnlyList<string> Ignore { get; init; } = UsualIgnore;

    public RowKind Kind { get; init; }

    public CultureInfo? Culture { get; init; }

    public double? MinimumScore { get; init; }

    public TimeSpan MinimumAge { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan OutageTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public int? PageBudget { get; init; }

    public int? PagesPerMinute { get; init; }

    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromMinutes(10);

    public int ThrottleLimit { get; init; } = 5;

    /// <summary>How rows are made.</summary>
    public RowOptions Rows => new() { Kinds = [Kind], Labels = Labels, Culture = Culture, SpreadsheetSafe = true };

    /// <summary>A folder or file of the destination.</summary>
    public string Below(params string[] parts) => Path.Combine([Destination, .. parts]);
}
