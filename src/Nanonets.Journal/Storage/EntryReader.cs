using System;
using Microsoft.Data.Sqlite;
using Nanonets.Journaling;

namespace Nanonets.Journal.Storage;

/// <summary>Turns a row into an entry. Models and runs are few: their names come from the tables' memory, not from a join.</summary>
internal static class EntryReader
{
    /// <summary>What a query must select, in this order, from <c>entry</c>.</summary>
    public const string Columns = """
        id, target, run, content_hash, pages, metadata_digest, state, charged, input, source_path, bytes, request_file_id, page_count, attempts, ambiguous_attempts,
        created_at, accepted_at, changed_at, error_id, message, seen
        """;

    /// <summary>Number of the target in a row.</summary>
    public static long Target(SqliteDataReader row) => row.GetInt64(1);

    /// <summary>Number of the run in a row; null when there is none.</summary>
    public static long? Run(SqliteDataReader row) => row.IsDBNull(2) ? null : row.GetInt64(2);

    public static JournalEntry Read(SqliteDataReader row, (string Origin, string ModelId) target, string? runId) => new()
    {
        EntryId = row.GetInt64(0),
        RunId = runId,
        Key = new DocumentKey(target.Origin, target.ModelId, row.GetString(3), row.GetString(4), row.GetString(5)),
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
        Seen = AttemptText.Read(row.GetString(20)),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);
}
