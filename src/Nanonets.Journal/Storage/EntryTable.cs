using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Data.Sqlite;
using Nanonets.Journaling;

namespace Nanonets.Journal.Storage;

/// <summary>
/// Reads and writes entries over one connection. Commands are prepared once; every read ends before the next statement, so that nothing
/// holds the log open while somebody thinks.
/// </summary>
internal sealed class EntryTable(PreparedCommands commands, TargetTable targets)
{
    private static readonly string[] s_key = ["content_hash", "pages", "metadata_digest", "created_at"];

    private static readonly string[] s_values =
    [
        "state", "charged", "input", "source_path", "bytes", "request_file_id", "page_count", "attempts", "ambiguous_attempts",
        "accepted_at", "changed_at", "error_id",
        "message", "run", "seen", "answered_from", "answered_to",
    ];

    private static readonly string s_insert =
        $"INSERT INTO entry (target, {string.Join(", ", s_key)}, {string.Join(", ", s_values)}) VALUES ("
        + $"{string.Join(", ", Enumerable.Range(1, 1 + s_key.Length + s_values.Length).Select(static number => $"${number}"))}) "
        + "RETURNING id";

    private static readonly string s_update = "UPDATE entry SET "
        + $"{string.Join(", ", s_values.Select(static (name, at) => $"{name} = ${at + 2}"))} WHERE id = $1";

    private readonly Dictionary<string, long> _runs = [];
    private readonly Dictionary<long, string> _runNames = [];

    /// <summary>The entry with a key; null when there is none.</summary>
    public JournalEntry? Find(DocumentKey key) => targets.Find(key.Origin, key.ModelId) is not { } target
        ? null
        : First(
            $"SELECT {EntryReader.Columns} FROM entry WHERE target = $1 AND content_hash = $2 AND pages = $3 AND metadata_digest = $4",
            target, key.ContentHash, key.Pages, key.MetadataDigest);

    /// <summary>The entry with a number; null when there is none.</summary>
    public JournalEntry? Find(long id) => First($"SELECT {EntryReader.Columns} FROM entry WHERE id = $1", id);

    /// <summary>
    /// An entry with the same content, pages and model, which the service has, under other metadata; null when there is none.
    /// </summary>
    public JournalEntry? FindWithOtherMetadata(DocumentKey key) => targets.Find(key.Origin, key.ModelId) is not { } target
        ? null
        : First(
            $"SELECT {EntryReader.Columns} FROM entry WHERE target = $1 AND content_hash = $2 AND pages = $3 AND metadata_digest <> $4 "
                + "AND state IN (4, 5, 6) ORDER BY id LIMIT 1",
            target, key.ContentHash, key.Pages, key.MetadataDigest);

    /// <summary>The entry of a file that the service has; null when there is none.</summary>
    public JournalEntry? FindFile(string origin, string modelId, string requestFileId) => targets.Find(origin, modelId) is not { } target
        ? null
        : First(
            $"SELECT {EntryReader.Columns} FROM entry WHERE request_file_id = $1 AND target = $2 AND state IN (4, "
                + "5, 6) ORDER BY id LIMIT 1",
            requestFileId, target);

    /// <summary>The unresolved entries of a model.</summary>
    public List<JournalEntry> Unresolved(string origin, string modelId) => targets.Find(origin, modelId) is not { } target
        ? []
        : All($"SELECT {EntryReader.Columns} FROM entry WHERE target = $1 AND state IN (1, 2, 3) ORDER BY id", target);

    /// <summary>Answered uploads on both sides of a span, nearest first.</summary>
    public JournalNeighbours Neighbours(string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count)
    {
        if (targets.Find(origin, modelId) is not { } target)
            return new JournalNeighbours([], []);

        return new JournalNeighbours(
            All($"SELECT {EntryReader.Columns} FROM entry WHERE target = $1 AND answered_to <= $2 ORDER BY answered_to DESC LIMIT $3",
                target, from.UtcTicks, count),
            All($"SELECT {EntryReader.Columns} FROM entry WHERE target = $1 AND answered_from >= $2 ORDER BY answered_from LIMIT $3",
                target, to.UtcTicks, count));
    }

    /// <summary>The numbers of entries, the one changed last first.</summary>
    public List<long> Ids(JournalQuery query)
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
        if (query.Pieces is { } pieces)
            filter.AndAny(static piece => $"instr(lower(source_path), {piece}) > 0 OR instr(lower(input), {piece}) > 0", pieces);
        if (query.ModelId is { } model)
            filter.And("target IN (SELECT number FROM target WHERE model_id = {0})", model);
        if (query.RequestFileId is { } file)
            filter.And("request_file_id = {0}", file);
        if (query.Key is { } key)
        {
            filter.And(
                "target = {0} AND content_hash = {1} AND pages = {2} AND metadata_digest = {3}",
                targets.Find(key.Origin, key.ModelId), key.ContentHash, key.Pages, key.MetadataDigest);
        }

        var ids = new List<long>();
        using SqliteDataReader row =
            commands.Get($"SELECT id FROM entry{filter.Where} ORDER BY changed_at DESC, id DESC", [.. filter.Values]).ExecuteReader();
        while (row.Read())
            ids.Add(row.GetInt64(0));
        return ids;
    }

    /// <summary>Entries by their numbers, as they are now; what was forgotten is left out.</summary>
    public List<JournalEntry> Read(IEnumerable<long> ids)
    {
        var entries = new List<JournalEntry>();
        foreach (long id in ids)
        {
            if (Find(id) is { } entry)
                entries.Add(entry);
        }

        return entries;
    }

    /// <summary>What was accepted in each month, and what may have been; the newest first.</summary>
    public List<JournalMonth> Months()
    {
        SqliteCommand command = commands.Get(
            """
            SELECT strftime('%Y-%m-01', (coalesce(accepted_at, changed_at) - 621355968000000000) / 10000000, 'unixepoch') AS month,
                sum(charged = 1), sum(CASE WHEN charged = 1 THEN coalesce(page_count, 0) ELSE 0 END), sum(charged = 2)
            FROM entry WHERE charged <> 0 GROUP BY month ORDER BY month DESC
            """);
        var months = new List<JournalMonth>();
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            months.Add(
                new JournalMonth(new DateTimeOffset(row.GetDateTime(0), TimeSpan.Zero), row.GetInt32(1), row.GetInt64(2), row.GetInt32(3)));
        return months;
    }

    /// <summary>Adds an entry.</summary>
    /// <returns>The entry with its number.</returns>
    public JournalEntry Insert(JournalEntry entry) =>
        entry with { EntryId = (long)commands.Get(
            s_insert, [targets.FindOrAdd(entry.Origin, entry.ModelId), .. KeyOf(entry), .. ValuesOf(entry)]).ExecuteScalar()! };

    /// <summary>Writes what can change of an entry.</summary>
    public void Update(JournalEntry entry) => commands.Get(s_update, [entry.EntryId, .. ValuesOf(entry)]).ExecuteNonQuery();

    public void Delete(long id) => commands.Get("DELETE FROM entry WHERE id = $1", id).ExecuteNonQuery();

    /// <summary>In the order of <see cref="s_key"/>.</summary>
    private static object?[] KeyOf(JournalEntry entry) =>
        [entry.Key.ContentHash, entry.Key.Pages, entry.Key.MetadataDigest, entry.CreatedAt.UtcTicks];

    /// <summary>In the order of <see cref="s_values"/>.</summary>
    private object?[] ValuesOf(JournalEntry entry) =>
    [
        (int)entry.State, (int)entry.Charged, entry.Input, entry.SourcePath, entry.Bytes, entry.RequestFileId, entry.PageCount,
        entry.Attempts, entry.AmbiguousAttempts,
        entry.AcceptedAt?.UtcTicks, entry.ChangedAt.UtcTicks, entry.ErrorId, entry.Message, NumberOf(entry.RunId),
        AttemptText.Write(entry.Seen),
        entry.Answered?.StartedAt.UtcTicks, entry.Answered?.EndedAt?.UtcTicks,
    ];

    private long? NumberOf(string? runId)
    {
        if (runId is null)
            return null;
        if (!_runs.TryGetValue(runId, out long number))
            _runs[runId] = number = (long)(commands.Get("SELECT number FROM run WHERE id = $1", runId).ExecuteScalar()
                ?? throw new InvalidOperationException("The run is not known."));
        return number;
    }

    private JournalEntry? First(string sql, params object?[] values) => All(sql, values) is { Count: > 0 } found ? found[0] : null;

    private List<JournalEntry> All(string sql, params object?[] values)
    {
        var entries = new List<JournalEntry>();
        using SqliteDataReader row = commands.Get(sql, values).ExecuteReader();
        while (row.Read())
            entries.Add(
                EntryReader.Read(row, targets.NameOf(EntryReader.Target(row)), EntryReader.Run(row) is { } run ? RunOf(run) : null));
        return entries;
    }

    private string RunOf(long number)
    {
        if (!_runNames.TryGetValue(number, out string? name))
            _runNames[number] = name = commands.Get("SELECT id FROM run WHERE number = $1", number).ExecuteScalar() as string
                ?? throw new JournalFileException(JournalFailure.Damaged);
        return name;
    }
}
