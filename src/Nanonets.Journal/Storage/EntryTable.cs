using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Data.Sqlite;

namespace Nanonets.Journaling.Storage;

/// <summary>
/// Reads and writes entries over one connection. Commands are prepared once; every read ends before the next statement, so that nothing holds the log
/// open while somebody thinks.
/// </summary>
internal sealed class EntryTable(JournalDatabase database) : IDisposable
{
    private static readonly string[] s_key = ["content_hash", "pages", "metadata_digest", "created_at"];

    private static readonly string[] s_values =
    [
        "state", "charged", "input", "source_path", "bytes", "request_file_id", "page_count", "attempts", "ambiguous_attempts", "accepted_at", "changed_at", "error_id",
        "message", "run", "seen", "answered_from", "answered_to",
    ];

    private static readonly string s_insert =
        $"INSERT INTO entry (target, {string.Join(", ", s_key)}, {string.Join(", ", s_values)}) "
        + $"VALUES ({string.Join(", ", Enumerable.Range(1, 1 + s_key.Length + s_values.Length).Select(static number => $"${number}"))}) RETURNING id";

    private static readonly string s_update = $"UPDATE entry SET {string.Join(", ", s_values.Select(static (name, at) => $"{name} = ${at + 2}"))} WHERE id = $1";

    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private readonly Dictionary<(string Origin, string ModelId), long> _targets = [];
    private readonly Dictionary<long, (string Origin, string ModelId)> _targetNames = [];
    private readonly Dictionary<string, long> _runs = [];
    private readonly Dictionary<long, string> _runNames = [];

    /// <summary>The entry with a key; null when there is none.</summary>
    public JournalEntry? Find(DocumentKey key) => TargetOf(key.Origin, key.ModelId, create: false) is not { } target
        ? null
        : First(
            $"SELECT {EntryReader.Columns} FROM entry WHERE target = $1 AND content_hash = $2 AND pages = $3 AND metadata_digest = $4",
            target, key.ContentHash, key.Pages, key.MetadataDigest);

    /// <summary>The entry with a number; null when there is none.</summary>
    public JournalEntry? Find(long id) => First($"SELECT {EntryReader.Columns} FROM entry WHERE id = $1", id);

    /// <summary>An entry with the same content, pages and model, which the service has, under other metadata; null when there is none.</summary>
    public JournalEntry? FindWithOtherMetadata(DocumentKey key) => TargetOf(key.Origin, key.ModelId, create: false) is not { } target
        ? null
        : First(
            $"SELECT {EntryReader.Columns} FROM entry WHERE target = $1 AND content_hash = $2 AND pages = $3 AND metadata_digest <> $4 "
                + "AND state IN (4, 5, 6) ORDER BY id LIMIT 1",
            target, key.ContentHash, key.Pages, key.MetadataDigest);

    /// <summary>The entry of a file that the service has; null when there is none.</summary>
    public JournalEntry? FindFile(string origin, string modelId, string requestFileId) => TargetOf(origin, modelId, create: false) is not { } target
        ? null
        : First(
            $"SELECT {EntryReader.Columns} FROM entry WHERE request_file_id = $1 AND target = $2 AND state IN (4, 5, 6) ORDER BY id LIMIT 1",
            requestFileId, target);

    /// <summary>The unresolved entries of a model.</summary>
    public List<JournalEntry> Unresolved(string origin, string modelId) => TargetOf(origin, modelId, create: false) is not { } target
        ? []
        : All($"SELECT {EntryReader.Columns} FROM entry WHERE target = $1 AND state IN (1, 2, 3) ORDER BY id", target);

    /// <summary>Answered uploads on both sides of a span, nearest first.</summary>
    public JournalNeighbours Neighbours(string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count)
    {
        if (TargetOf(origin, modelId, create: false) is not { } target)
            return new JournalNeighbours([], []);

        return new JournalNeighbours(
            All($"SELECT {EntryReader.Columns} FROM entry WHERE target = $1 AND answered_to <= $2 ORDER BY answered_to DESC LIMIT $3",
                target, from.UtcTicks, count),
            All($"SELECT {EntryReader.Columns} FROM entry WHERE target = $1 AND answered_from >= $2 ORDER BY answered_from LIMIT $3",
                target, to.UtcTicks, count));
    }

    /// <summary>Entries before a place in the order of their last change, latest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="before">The last entry already seen; null to start.</param>
    /// <param name="count">How many at most.</param>
    public List<JournalEntry> Page(JournalQuery query, JournalEntry? before, int count)
    {
        var filter = new QueryText();
        if (query.EntryId is { } id)
            filter.And("id = {0}", id);
        if (query.States is { } states)
            filter.AndStates(states);
        if (query.After is { } after)
            filter.And("changed_at >= {0}", after.UtcTicks);
        if (query.Before is { } until)
            filter.And("changed_at < {0}", until.UtcTicks);
        if (query.SourcePath is { } path)
            filter.And("source_path = {0}", path);
        if (query.ModelId is { } model)
            filter.And("target IN (SELECT number FROM target WHERE model_id = {0})", model);
        if (query.RequestFileId is { } file)
            filter.And("request_file_id = {0}", file);
        if (before is not null)
            filter.And("(changed_at, id) < ({0}, {1})", before.ChangedAt.UtcTicks, before.EntryId);
        return All($"SELECT {EntryReader.Columns} FROM entry{filter.Where} ORDER BY changed_at DESC, id DESC LIMIT {count}", [.. filter.Values]);
    }

    /// <summary>What was accepted in each month, and what may have been; the newest first.</summary>
    public List<JournalMonth> Months()
    {
        SqliteCommand command = Command(
            """
            SELECT strftime('%Y-%m-01', (coalesce(accepted_at, changed_at) - 621355968000000000) / 10000000, 'unixepoch') AS month,
                sum(charged = 1), sum(CASE WHEN charged = 1 THEN coalesce(page_count, 0) ELSE 0 END), sum(charged = 2)
            FROM entry WHERE charged <> 0 GROUP BY month ORDER BY month DESC
            """);
        var months = new List<JournalMonth>();
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            months.Add(new JournalMonth(new DateTimeOffset(row.GetDateTime(0), TimeSpan.Zero), row.GetInt32(1), row.GetInt64(2), row.GetInt32(3)));
        return months;
    }

    /// <summary>Adds an entry.</summary>
    /// <returns>The entry with its number.</returns>
    public JournalEntry Insert(JournalEntry entry) =>
        entry with { EntryId = (long)Command(s_insert, [TargetOf(entry.Origin, entry.ModelId, create: true), .. KeyOf(entry), .. ValuesOf(entry)]).ExecuteScalar()! };

    /// <summary>Writes what can change of an entry.</summary>
    public void Update(JournalEntry entry) => Command(s_update, [entry.EntryId, .. ValuesOf(entry)]).ExecuteNonQuery();

    public void Delete(long id) => Command("DELETE FROM entry WHERE id = $1", id).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values)
            command.Dispose();
    }

    /// <summary>In the order of <see cref="s_key"/>.</summary>
    private static object?[] KeyOf(JournalEntry entry) => [entry.Key.ContentHash, entry.Key.Pages, entry.Key.MetadataDigest, entry.CreatedAt.UtcTicks];

    /// <summary>In the order of <see cref="s_values"/>.</summary>
    private object?[] ValuesOf(JournalEntry entry) =>
    [
        (int)entry.State, (int)entry.Charged, entry.Input, entry.SourcePath, entry.Bytes, entry.RequestFileId, entry.PageCount, entry.Attempts, entry.AmbiguousAttempts,
        entry.AcceptedAt?.UtcTicks, entry.ChangedAt.UtcTicks, entry.ErrorId, entry.Message, NumberOf(entry.RunId), AttemptText.Write(entry.Seen),
        entry.Answered?.StartedAt.UtcTicks, entry.Answered?.EndedAt?.UtcTicks,
    ];

    private long? NumberOf(string? runId)
    {
        if (runId is null)
            return null;
        if (!_runs.TryGetValue(runId, out long number))
            _runs[runId] = number = (long)(Command("SELECT number FROM run WHERE id = $1", runId).ExecuteScalar() ?? throw new InvalidOperationException("The run is not known."));
        return number;
    }

    private long? TargetOf(string origin, string modelId, bool create)
    {
        if (_targets.TryGetValue((origin, modelId), out long known))
            return known;

        object? number = Command("SELECT number FROM target WHERE origin = $1 AND model_id = $2", origin, modelId).ExecuteScalar();
        if (number is null && create)
            number = Command("INSERT INTO target (origin, model_id) VALUES ($1, $2) RETURNING number", origin, modelId).ExecuteScalar();
        return number is null ? null : _targets[(origin, modelId)] = (long)number;
    }

    private JournalEntry? First(string sql, params object?[] values) => All(sql, values) is { Count: > 0 } found ? found[0] : null;

    private List<JournalEntry> All(string sql, params object?[] values)
    {
        var entries = new List<JournalEntry>();
        using SqliteDataReader row = Command(sql, values).ExecuteReader();
        while (row.Read())
            entries.Add(EntryReader.Read(row, TargetOf(EntryReader.Target(row)), EntryReader.Run(row) is { } run ? RunOf(run) : null));
        return entries;
    }

    private (string Origin, string ModelId) TargetOf(long number)
    {
        if (_targetNames.TryGetValue(number, out (string, string) known))
            return known;

        using SqliteDataReader row = Command("SELECT origin, model_id FROM target WHERE number = $1", number).ExecuteReader();
        return row.Read() ? _targetNames[number] = (row.GetString(0), row.GetString(1)) : throw new JournalFileException(JournalFailure.Damaged);
    }

    private string RunOf(long number)
    {
        if (!_runNames.TryGetValue(number, out string? name))
            _runNames[number] = name = Command("SELECT id FROM run WHERE number = $1", number).ExecuteScalar() as string ?? throw new JournalFileException(JournalFailure.Damaged);
        return name;
    }

    private SqliteCommand Command(string sql, params object?[] values)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            _commands[sql] = command = database.Prepare(sql);
            for (int number = 1; number <= values.Length; number++)
                command.Parameters.Add(new SqliteParameter($"${number}", null));
        }

        for (int at = 0; at < values.Length; at++)
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
        return command;
    }
}
