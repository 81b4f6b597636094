using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Nanonets.Journaling;
using Npgsql;
using NpgsqlTypes;

namespace Nanonets.Journal.PostgreSql.Storage;

/// <summary>How an entry is read from a row, and written as a column of values for each column of the table.</summary>
internal static class EntryColumns
{
    /// <summary>What never changes of an entry.</summary>
    public static readonly EntryColumn[] Key =
    [
        Text("content_hash", static entry => entry.Key.ContentHash),
        Text("pages", static entry => entry.Key.Pages),
        Text("metadata_digest", static entry => entry.Key.MetadataDigest),
        Big("created_at", static entry => entry.CreatedAt.UtcTicks),
    ];

    /// <summary>What can change of it.</summary>
    public static readonly EntryColumn[] Values =
    [
        Number("state", static entry => (int)entry.State),
        Number("charged", static entry => (int)entry.Charged),
        Text("input", static entry => entry.Input),
        Text("source_path", static entry => entry.SourcePath),
        Big("bytes", static entry => entry.Bytes),
        Text("request_file_id", static entry => entry.RequestFileId),
        Number("page_count", static entry => entry.PageCount),
        Number("attempts", static entry => entry.Attempts),
        Number("ambiguous_attempts", static entry => entry.AmbiguousAttempts),
        Big("accepted_at", static entry => entry.AcceptedAt?.UtcTicks),
        Big("changed_at", static entry => entry.ChangedAt.UtcTicks),
        Text("error_id", static entry => entry.ErrorId),
        Text("message", static entry => entry.Message),
        Text("seen", static entry => AttemptText.Write(entry.Seen)),
        Big("answered_from", static entry => entry.Answered?.StartedAt.UtcTicks),
        Big("answered_to", static entry => entry.Answered?.EndedAt?.UtcTicks),
    ];

    /// <summary>What a query must select, in this order, from <see cref="From"/>.</summary>
    public const string Selected =
        "e.id, t.origin, t.model_id, e.content_hash, e.pages, e.metadata_digest, e.state, e.charged, e.input, e.source_path, e.bytes, "
        + "e.request_file_id, e.page_count, e.attempts, e.ambiguous_attempts, e.created_at, e.accepted_at, e.changed_at, e.error_id, "
        + "e.message, e.seen, r.id, r.machine, r.account, e.target, e.run, e.version, e.round, r.ended_at IS NULL";

    /// <summary>Entries with their models and runs; <c>@</c> is the schema.</summary>
    public const string From = "@entry e JOIN @target t ON t.number = e.target LEFT JOIN @run r ON r.number = e.run";

    public static JournalEntry Read(NpgsqlDataReader row) => new()
    {
        EntryId = row.GetInt64(0),
        Key = new DocumentKey(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)),
        State = (UploadState)row.GetInt32(6),
        Charged = (ChargeState)row.GetInt32(7),
        Input = row.GetString(8),
        SourcePath = TextOf(row, 9),
        Bytes = row.GetInt64(10),
        RequestFileId = TextOf(row, 11),
        PageCount = row.IsDBNull(12) ? null : row.GetInt32(12),
        Attempts = row.GetInt32(13),
        AmbiguousAttempts = row.GetInt32(14),
        CreatedAt = Time(row, 15),
        AcceptedAt = row.IsDBNull(16) ? null : Time(row, 16),
        ChangedAt = Time(row, 17),
        ErrorId = TextOf(row, 18),
        Message = TextOf(row, 19),
        Seen = AttemptText.Read(row.GetString(20)),
        RunId = TextOf(row, 21),
        Machine = TextOf(row, 22),
        Account = TextOf(row, 23),
    };

    /// <summary>The entry with what else a round needs to know of its row.</summary>
    public static EntryRow ReadRow(NpgsqlDataReader row) => new(Read(row), row.GetInt64(24))
    {
        RunNumber = row.IsDBNull(25) ? null : row.GetInt64(25),
        Version = row.GetInt64(26),
        Round = row.IsDBNull(27) ? null : row.GetGuid(27),
        OwnerAlive = !row.IsDBNull(25) && row.GetBoolean(28),
    };

    /// <summary>A text as the database takes it: without the character that it cannot hold, and without halves of a pair.</summary>
    public static string? Storable(string? text)
    {
        if (text is null || !text.Any(static letter => letter == '\0' || char.IsSurrogate(letter)))
            return text;
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD')));
    }

    private static EntryColumn Text(string name, Func<JournalEntry, string?> value) => new(
        name, NpgsqlDbType.Text, entries => entries.Select(entry => Storable(value(entry))).ToArray());

    private static EntryColumn Big(string name, Func<JournalEntry, long?> value) =>
        new(name, NpgsqlDbType.Bigint, entries => entries.Select(value).ToArray());

    private static EntryColumn Number(string name, Func<JournalEntry, int?> value) =>
        new(name, NpgsqlDbType.Integer, entries => entries.Select(value).ToArray());

    private static string? TextOf(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(NpgsqlDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);
}

/// <summary>A column of the table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Of">The values of some entries, as an array.</param>
internal sealed record EntryColumn(string Name, NpgsqlDbType Type, Func<IEnumerable<JournalEntry>, object> Of)
{
    public NpgsqlParameter Parameter(IEnumerable<JournalEntry> entries) => Arrays.Parameter(Type, Of(entries));
}

/// <summary>Parameters that hold a whole column.</summary>
internal static class Arrays
{
    public static NpgsqlParameter Parameter(NpgsqlDbType type, object values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values };
}
