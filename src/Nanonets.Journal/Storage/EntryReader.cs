using System;
using Microsoft.Data.Sqlite;

namespace Nanonets.Journaling.Storage;

/// <summary>Turns a row into an entry.</summary>
internal static class EntryReader
{
    /// <summary>What a query must select, in this order, from <c>entry e JOIN target t … LEFT JOIN run r …</c>.</summary>
    public const string Columns = """
        e.id, t.origin, t.model_id, e.content_hash, e.pages, e.metadata_digest, e.state, e.charged, e.input, e.source_path, e.bytes, e.request_file_id, e.page_count,
        e.attempts, e.ambiguous_attempts, e.created_at, e.accepted_at, e.changed_at, e.error_id, e.message, r.id, e.seen
        """;

    /// <summary>Where these columns come from.</summary>
    public const string Source = "entry e JOIN target t ON t.number = e.target LEFT JOIN run r ON r.number = e.run";

    public static JournalEntry Read(SqliteDataReader row) => new()
    {
        EntryId = row.GetInt64(0),
        Key = new DocumentKey(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)),
        State = (UploadState)row.GetInt32(6),
        Charged = (ChargeState)row.GetInt32(7),
        Input = row.GetString(8),
        SourcePath = Text(row, 9),
        Bytes = row.GetInt64(10),
        RequestFileId = Text(row, 11),
        PageCount = row.IsDBNull(12) ? null : row.GetInt32(12),
        Attempts = row.GetInt32(13),
        AmbiguousAttempts = row.GetInt32(14),
        CreatedAt = Time(row, 15),
        AcceptedAt = row.IsDBNull(16) ? null : Time(row, 16),
        ChangedAt = Time(row, 17),
        ErrorId = Text(row, 18),
        Message = Text(row, 19),
        RunId = Text(row, 20),
        Seen = AttemptText.Read(row.GetString(21)),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);
}
