using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Inbox;

namespace Nanonets;

/// <summary>A run of Invoke-NanonetsInbox: what became of each document that lay in the inbox.</summary>
public sealed class InboxRun
{
    internal InboxRun()
    {
    }

    /// <summary>Full path of the inbox.</summary>
    public string Inbox { get; internal init; } = string.Empty;

    /// <summary>Full path of the destination.</summary>
    public string Destination { get; internal init; } = string.Empty;

    /// <summary>When the run began, UTC.</summary>
    public DateTimeOffset StartedAt { get; internal init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>Every document that lay in the inbox, each in one state.</summary>
    public InboxDocument[] Documents { get; internal init; } = [];

    /// <summary>Number of documents, not money: those that this run sent and the service accepted.</summary>
    public int Charges { get; internal init; }

    /// <summary>Pages of the documents that this run sent.</summary>
    public int Pages { get; internal init; }

    /// <summary>Rows that this run wrote.</summary>
    public int Rows { get; internal init; }

    /// <summary>Full path of the file with the rows; null when there are none, or a later run writes them.</summary>
    public string? RowsPath { get; internal init; }

    /// <summary>Full path of the report that -Report asks for; null when there is none.</summary>
    public string? ReportPath { get; internal set; }

    /// <summary>Id of the error that ended the run for all documents; null when none did.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>What ended the run for all documents; null when nothing did.</summary>
    public string? Reason { get; internal init; }

    /// <summary>What to do about it; null when there is nothing to do.</summary>
    public string? Advice { get; internal init; }

    /// <summary>Documents that were read, and need nobody.</summary>
    public int Done => Count(InboxState.Done);

    /// <summary>Documents that were read, and that a person has to look at.</summary>
    public int Review => Count(InboxState.Review);

    /// <summary>Documents that are at fault themselves.</summary>
    public int Failed => Count(InboxState.Failed);

    /// <summary>Documents that are left in the inbox for a later run.</summary>
    public int Left => Documents.Count(static one => one.IsLeft);

    /// <summary>
    /// For the scheduler: 2 nothing could be done, 1 a person is needed, 3 something is left for a later run, 0 all is done; the first that
    /// fits.
    /// </summary>
    public int ExitCode => InboxExitCode.Of(Documents, ErrorId is not null, HasRowsLeft);

    /// <summary>What a person should know of the run, in several lines.</summary>
    public string Summary => InboxSummary.Of(this);

    /// <summary>Whether rows, of this run or an earlier one, are left to a later run.</summary>
    internal bool HasRowsLeft { get; init; }

    /// <summary>How many documents ended in each state.</summary>
    internal IEnumerable<KeyValuePair<InboxState, int>> Counts => Documents.GroupBy(static one => one.State)
        .OrderBy(static same => same.Key).Select(static same => new KeyValuePair<InboxState, int>(same.Key, same.Count()));

    /// <summary>The first line of the summary.</summary>
    /// <returns>For example <c>3 of 4 documents done, 1 review (exit code 1)</c>.</returns>
    public override string ToString() => InboxSummary.FirstLine(this);

    private int Count(InboxState state) => Documents.Count(one => one.State == state);
}
