using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Nanonets.Http;

namespace Nanonets.Inbox;

/// <summary>What a person reads of a run, on the screen and in a mail: the sum, then each document that is not done, and why.</summary>
internal static class InboxReport
{
    /// <summary>More documents with the same fate are counted, not named.</summary>
    private const int MostNamed = 20;

    public static string Summary(InboxRun run)
    {
        string others = string.Concat(run.Counts.Where(static count => count.Key != InboxState.Done)
            .Select(static count => Text(", {0:N0} {1}", count.Value, Words(count.Key))));
        string documents = run.Documents.Length == 0
            ? "The inbox is empty"
            : Text("{0:N0} of {1} done{2}", run.Done, Number(run.Documents.Length, "document"), others);
        string ended = run.ErrorId is null ? string.Empty : $"; the run was ended by {run.ErrorId}";
        return Text("{0}{1} (exit code {2})", documents, ended, run.ExitCode);
    }

    public static string Of(InboxRun run)
    {
        var text = new StringBuilder();
        text.AppendLine(Summary(run));
        text.AppendLine();
        Line("Inbox", run.Inbox);
        Line("Destination", run.Destination);
        Line("Began", Text("{0:g}, took {1}", run.StartedAt.LocalDateTime, Duration(run.Duration)));
        Line("Sent", Text("{0}, {1}", Number(run.Charges, "document"), Number(run.Pages, "page")));
        if (run.Rows > 0)
            Line("Rows", Text("{0:N0} in {1}", run.Rows, run.RowsPath is { } path ? Below(path, run.Destination) : "the next run's file"));
        if (run.ErrorId is not null)
            Paragraph($"{run.ErrorId}: {run.Reason}", [], run.Advice);
        foreach (IGrouping<(InboxState, string?, string?), InboxDocument> same in run.Documents
            .Where(static one => one.State != InboxState.Done).OrderBy(static one => one.State)
            .GroupBy(static one => (one.State, one.ErrorId, one.Advice)))
        {
            bool isTold = run.ErrorId is not null && same.Key.Item2 == run.ErrorId;
            Paragraph(Title(same.Key.Item1, same.Key.Item2), isTold ? [] : [.. same], isTold ? null : same.Key.Item3, same.Count());
        }

        return text.ToString().TrimEnd();

        void Line(string name, string value) => text.AppendLine(name.PadRight(13) + value);

        void Paragraph(string title, InboxDocument[] documents, string? advice, int count = 0)
        {
            text.AppendLine();
            text.AppendLine(PlainText.Printable(count == 0 ? title : Text("{0} ({1:N0})", title, count)));
            foreach (InboxDocument one in documents.Take(MostNamed))
            {
                string where = one.IsLeft ? one.Input : Below(one.SourcePath, run.Destination);
                text.AppendLine(PlainText.Printable($"    {where}: {one.Reason}"));
            }

            if (documents.Length > MostNamed)
                text.AppendLine(Text("    and {0:N0} more", documents.Length - MostNamed));
            if (advice is not null)
                text.AppendLine(advice);
        }
    }

    /// <summary>What becomes of documents, in the words of the report.</summary>
    public static string Words(InboxState state) => state switch
    {
        InboxState.Done => "done",
        InboxState.Review => "to review",
        InboxState.Failed => "failed",
        InboxState.Waiting => "waiting",
        InboxState.Pending => "not read yet",
        InboxState.Held => "held",
        InboxState.Unsent => "not sent",
        InboxState.Elsewhere => "left to another run",
        InboxState.Unfiled => "not filed",
        InboxState.Gone => "gone",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static string Title(InboxState state, string? errorId)
    {
        string words = Words(state);
        string title = char.ToUpperInvariant(words[0]) + words.Substring(1);
        return errorId is null ? title : $"{title}: {errorId}";
    }

    private static string Number(int count, string noun) => Text("{0:N0} {1}{2}", count, noun, count == 1 ? "" : "s");

    private static string Duration(TimeSpan duration) =>
        duration.TotalSeconds < 100 ? Text("{0:0.0} s", duration.TotalSeconds) : Text("{0:N0} min", duration.TotalMinutes);

    private static string Below(string path, string folder) =>
        InboxPath.IsWithin(path, folder) ? path.Substring(folder.Length).TrimStart('/', '\\') : path;

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
