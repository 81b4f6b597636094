using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Nanonets.Inbox;

/// <summary>What a person reads of a run, on the screen and in a mail: the sum, then each document that is not done, and why.</summary>
internal static class InboxSummary
{
    /// <summary>More documents with the same fate are counted, not named.</summary>
    private const int MostNamed = 20;

    private static readonly string s_indent = new(' ', 4);

    public static string FirstLine(InboxRun run)
    {
        string others = string.Concat(run.Counts.Where(static count => count.Key != InboxState.Done)
            .Select(static count => Text(", {0:N0} {1}", count.Value, Words(count.Key))));
        string documents = run.Documents.Length == 0
            ? run.ErrorId is null ? "The inbox is empty" : "Nothing was done"
            : Text("{0:N0} of {1} done{2}", run.Done, Number(run.Documents.Length, "document"), others);
        string ended = run.ErrorId is null ? string.Empty : $"; the run was ended by {run.ErrorId}";
        return Text("{0}{1} (exit code {2})", documents, ended, run.ExitCode);
    }

    public static string Of(InboxRun run)
    {
        var text = new SummaryText();
        text.Add(FirstLine(run));
        text.Break();
        text.Add($"Inbox        {run.Inbox}");
        text.Add($"Destination  {run.Destination}");
        text.Add(Text("Began        {0:g}, took {1}", run.StartedAt.LocalDateTime, Duration(run.Duration)));
        text.Add($"Sent         {Number(run.Charges, "document")}, {Number(run.Pages, "page")}");
        if (run.Rows > 0)
            text.Add(Text("Rows         {0:N0} in {1}", run.Rows, run.RowsPath is { } rows ? Below(rows, run) : "the next run's file"));
        if (run.ReportPath is { } report)
            text.Add($"Report       {Below(report, run)}");
        if (run.ErrorId is not null)
        {
            text.Break();
            text.Add($"{run.ErrorId}: {run.Reason}");
            text.Add(run.Advice);
        }

        foreach (IGrouping<(InboxState State, string? ErrorId, string? Advice), InboxDocument> same in run.Documents
            .Where(static one => one.State != InboxState.Done).OrderBy(static one => one.State)
            .GroupBy(static one => (one.State, one.ErrorId, one.Advice)))
        {
            AddDocuments(text, run, same.Key.ErrorId, same.Key.Advice, [.. same]);
        }

        return text.ToString();
    }

    private static void AddDocuments(SummaryText text, InboxRun run, string? errorId, string? advice, InboxDocument[] documents)
    {
        string words = Words(documents[0].State);
        string title = char.ToUpperInvariant(words[0]) + words.Substring(1);
        text.Break();
        text.Add(Text("{0}{1} ({2:N0})", title, errorId is null ? string.Empty : $": {errorId}", documents.Length));

        // What ended the run is told above, for all of them.
        if (errorId is not null && errorId == run.ErrorId)
            return;
        foreach (InboxDocument one in documents.Take(MostNamed))
            text.Add($"{Place(one, run)}: {Reason(one, run)}", s_indent);
        if (documents.Length > MostNamed)
            text.Add(Text("and {0:N0} more", documents.Length - MostNamed), s_indent);
        text.Add(advice);
    }

    /// <summary>What becomes of documents, in the words of the summary.</summary>
    private static string Words(InboxState state) => state switch
    {
        InboxState.Done => "done",
        InboxState.Review => "to review",
        InboxState.Failed => "failed",
        InboxState.Waiting => "waiting",
        InboxState.Pending => "not read yet",
        InboxState.Held => "held",
        InboxState.Unsent => "not sent",
        InboxState.TooLarge => "too large",
        InboxState.Elsewhere => "left to another run",
        InboxState.Unfiled => "not filed",
        InboxState.Gone => "gone",
        InboxState.Ignored => "left alone",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static string Place(InboxDocument one, InboxRun run) =>
        one.State is InboxState.Review or InboxState.Failed ? Below(one.SourcePath, run) : one.Input;

    /// <summary>The path is said already: in the reason the name will do.</summary>
    private static string? Reason(InboxDocument one, InboxRun run) =>
        one.Reason?.Replace(Path.Combine(run.Inbox, one.Input), Path.GetFileName(one.Input));

    private static string Number(int count, string noun) => Text("{0:N0} {1}{2}", count, noun, count == 1 ? "" : "s");

    private static string Duration(TimeSpan duration) =>
        duration.TotalSeconds < 100 ? Text("{0:0.0} s", duration.TotalSeconds) : Text("{0:N0} min", duration.TotalMinutes);

    private static string Below(string path, InboxRun run) =>
        InboxPath.IsWithin(path, run.Destination) ? path.Substring(run.Destination.Length).TrimStart('/', '\\') : path;

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
