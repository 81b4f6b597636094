using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nanonets.Inbox;

/// <summary>
/// What is known of a document that is filed. As JSON it has the pages as the service sent them in <c>result</c>, as webhooks do, so that
/// ConvertFrom-NanonetsWebhook reads it.
/// </summary>
internal sealed class FiledResult(Verdict verdict, string input, string? requestFileId, string? modelId)
{
    /// <summary>The member that has the path below the inbox.</summary>
    public const string InputName = "Input";

    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Verdict Verdict { get; } = verdict;

    public string? RequestFileId { get; } = requestFileId;

    public string? ModelId { get; } = modelId;

    public IReadOnlyList<PageResult> Pages { get; init; } = [];

    public LowestScore? Score { get; init; }

    /// <summary>Where the document with the same content lies that was sent in its place; null when this one was sent.</summary>
    public string? DuplicateOf { get; init; }

    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>Full path of the original where it is filed.</summary>
    public string SourcePath { get; private set; } = string.Empty;

    public int FailedPages => Pages.Count(static page => page.State == PageState.Failure);

    /// <summary>The name it came with; the service knows one that was sent before under another.</summary>
    public string FileName { get; } = Path.GetFileName(input);

    /// <summary>Whether it has rows: something of it was read.</summary>
    public bool HasRows => Verdict.State is InboxState.Done or InboxState.Review;

    /// <summary>Tells it, and its pages, where it is filed.</summary>
    public void Place(string original)
    {
        SourcePath = original;
        foreach (PageResult page in Pages)
            (page.SourcePath, page.DuplicateOf) = (original, DuplicateOf);
    }

    /// <summary>As the run tells of it.</summary>
    /// <param name="path">Its path below the inbox.</param>
    /// <param name="filed">Where it is filed.</param>
    public InboxDocument ToDocument(string path, FilingRecord filed) => new()
    {
        Input = path,
        State = Verdict.State,
        SourcePath = filed.Original,
        ResultPath = filed.Result,
        RequestFileId = RequestFileId,
        PageCount = Pages.Count > 0 ? Pages.Count : null,
        Score = Score?.Score,
        DuplicateOf = DuplicateOf,
        ErrorId = Verdict.ErrorId,
        Reason = Verdict.Reason,
        Advice = Verdict.Advice,
    };

    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString(nameof(Verdict.State), Verdict.State.ToString());
            json.WriteString(InputName, input);
            json.WriteString(nameof(SourcePath), SourcePath);
            WriteText(json, nameof(RequestFileId), RequestFileId);
            WriteText(json, nameof(ModelId), ModelId);
            WriteText(json, nameof(DuplicateOf), DuplicateOf);
            if (Score is { } lowest)
                json.WriteNumber(nameof(Score), lowest.Score);
            json.WriteString(nameof(FiledAt), FiledAt.UtcDateTime);
            WriteText(json, nameof(Verdict.ErrorId), Verdict.ErrorId);
            WriteText(json, nameof(Verdict.Reason), Verdict.Reason);
            WriteText(json, nameof(Verdict.Advice), Verdict.Advice);
            if (Pages.Count > 0)
                WritePages(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Addresses of pictures stay out: some open without a key.</summary>
    private void WritePages(Utf8JsonWriter json)
    {
        json.WriteStartArray("result");
        foreach (PageResult page in Pages)
        {
            using JsonDocument raw = JsonDocument.Parse(page.Raw);
            json.WriteStartObject();
            foreach (JsonProperty member in raw.RootElement.EnumerateObject().Where(static member => !IsAddress(member.Value)))
                member.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool IsAddress(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text
        && (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase));

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
