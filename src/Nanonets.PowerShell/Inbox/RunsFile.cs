using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nanonets.Inbox;

/// <summary>A line of JSON for each run, for whoever watches over them.</summary>
internal static class RunsFile
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="mayWait">Whether another run that writes to the file just now may be waited for.</param>
    /// <returns>Why there is no line for the run; null when there is one.</returns>
    public static string? TryAdd(InboxRun run, bool mayWait = true)
    {
        // A run that could not begin makes no folder: its destination may be a slip of the pen.
        if (!Directory.Exists(run.Destination) || InboxPath.IsSame(run.Destination, run.Inbox))
            return null;

        string path = Path.Combine(run.Destination, "runs.jsonl");
        try
        {
            DurableFile.Append(path, Line(run), mayWait);
            return null;
        }
        catch (Exception failure) when (DestinationFailure.Is(failure))
        {
            return $"'{path}' has no line for this run: {failure.Message}";
        }
    }

    private static byte[] Line(InboxRun run)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString(nameof(run.StartedAt), run.StartedAt.UtcDateTime);
            json.WriteNumber("Seconds", decimal.Round((decimal)run.Duration.TotalSeconds, 3));
            json.WriteNumber(nameof(run.ExitCode), run.ExitCode);
            json.WriteString(nameof(run.Inbox), run.Inbox);
            json.WriteStartObject(nameof(run.Documents));
            foreach (KeyValuePair<InboxState, int> count in run.Counts)
                json.WriteNumber(count.Key.ToString(), count.Value);
            json.WriteEndObject();
            json.WriteNumber(nameof(run.Charges), run.Charges);
            json.WriteNumber(nameof(run.Pages), run.Pages);
            json.WriteNumber(nameof(run.Rows), run.Rows);
            json.WriteString(nameof(run.RowsPath), run.RowsPath);
            json.WriteString(nameof(run.ReportPath), run.ReportPath);
            json.WriteString(nameof(run.ErrorId), run.ErrorId);
            json.WriteString(nameof(run.Reason), run.Reason);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
