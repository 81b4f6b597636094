using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Journal.PostgreSql.Serving;
using Nanonets.Journal.PostgreSql.Storage;
using Nanonets.Journaling;
using Npgsql;
using NpgsqlTypes;

namespace Nanonets.Journal.PostgreSql.Rounds;

/// <summary>
/// Writes what a round has changed, by one statement: the run must still live and nothing be lost, and each row still be as it was read.
/// The server has the whole statement before it begins, so that it waits for nobody while it holds a row.
/// </summary>
internal sealed class RoundWriter(Server server)
{
    /// <summary>Of the run itself: id, transaction, lease in seconds, transactions before this one.</summary>
    private const string AsRun =
        "UPDATE @run SET expires_at = clock_timestamp() + make_interval(secs => $3), changes = changes + 1, round = $2 WHERE number = $1 "
            + "AND ended_at IS NULL AND expires_at > clock_timestamp() AND changes = $4 RETURNING number";

    /// <summary>For what needs no run.</summary>
    private const string AsNobody = "SELECT $1::bigint WHERE $2::uuid IS NOT NULL AND $3::double precision > 0 AND $4::bigint IS NOT NULL";

    private static readonly string s_keys = Names(EntryColumns.Key);
    private static readonly string s_values = Names(EntryColumns.Values);

    private static readonly string s_added =
        $", added AS (INSERT INTO @entry (target, run, round, {s_keys}, {s_values}) SELECT n.target, n.run, $2, "
            + $"{Names(EntryColumns.Key, "n.")}, {Names(EntryColumns.Values, "n.")} FROM me, "
            + $"unnest({Numbers(5, 2 + EntryColumns.Key.Length + EntryColumns.Values.Length)}) n (target, run, {s_keys}, {s_values}) "
            + "ON CONFLICT DO NOTHING RETURNING id, target, content_hash, pages, metadata_digest)";

    private static readonly string s_readAdded =
        " UNION ALL SELECT 1, id, target, content_hash, pages, metadata_digest FROM added";

    /// <summary>What was written.</summary>
    /// <param name="IsRunAlive">Whether anything could be.</param>
    internal sealed record Written(bool IsRunAlive, HashSet<EntryRow> Entries, HashSet<long> Windows);

    /// <param name="connection">An open connection.</param>
    /// <param name="run">The run that writes; null where none has to live for it.</param>
    /// <param name="owner">The run whose entries these are, whether it lives or not.</param>
    /// <param name="transactions">How many transactions it has made.</param>
    /// <param name="transaction">Names this one.</param>
    /// <param name="rows">What is written, where it has changed.</param>
    public async Task<Written> WriteAsync(
        NpgsqlConnection connection, long? run, (string? Id, long? Number) owner, long transactions, Guid transaction, RoundRows rows)
    {
        EntryRow[] added = [.. rows.Entries.Where(static row => row.IsNew)];
        EntryRow[] changed = [.. rows.Entries.Where(static row => row.IsChanged && !row.IsNew)];
        (WindowRow Row, string Text)[] windows =
        [
            .. rows.Windows.Where(static row => row.Window is not null)
                .Select(static row => (Row: row, Text: PageWindowText.Write(row.Window!))).Where(static one => one.Text != one.Row.Before),
        ];
        var command = new NpgsqlBatchCommand();
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = run ?? 0 });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = transaction });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Double, Value = server.Times.Lease.TotalSeconds });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = transactions });
        string parts = string.Empty;
        string reads = string.Empty;
        if (added.Length > 0)
        {
            parts += s_added;
            reads += s_readAdded;
            AddEntries(command, added, owner, EntryColumns.Key);
        }

        if (changed.Length > 0)
        {
            (string part, string read) = Changed(command.Parameters.Count + 1);
            (parts, reads) = (parts + part, reads + read);
            command.Parameters.Add(Big(changed.Select(static row => row.Entry.EntryId)));
            command.Parameters.Add(Big(changed.Select(static row => row.Version)));
            AddEntries(command, changed, owner, []);
        }

        if (windows.Length > 0)
        {
            (string part, string read) = Paced(command.Parameters.Count + 1);
            (parts, reads) = (parts + part, reads + read);
            command.Parameters.Add(Big(windows.Select(static one => one.Row.Target)));
            command.Parameters.Add(Big(windows.Select(static one => one.Row.Version)));
            command.Parameters.Add(Arrays.Parameter(NpgsqlDbType.Text, windows.Select(static one => one.Text).ToArray()));
        }

        command.CommandText = server.Sql(
            $"WITH me AS ({(run is null ? AsNobody : AsRun)}){parts} SELECT 0 AS what, 0::bigint AS id, 0::bigint AS target, '' AS "
                + $"content_hash, '' AS pages, '' AS metadata_digest FROM me{reads}");
        return await RunAsync(connection, command, rows, changed, windows).ConfigureAwait(false);
    }

    private static async Task<Written> RunAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand command, RoundRows rows, EntryRow[] changed, (WindowRow Row, string Text)[] windows)
    {
        using NpgsqlBatch batch = connection.CreateBatch();
        batch.BatchCommands.Add(command);
        var written = new HashSet<EntryRow>();
        HashSet<long> paced = [.. rows.Windows.Select(static row => row.Target).Except(windows.Select(static one => one.Row.Target))];
        bool isAlive = false;
        Dictionary<long, EntryRow> byId = changed.ToDictionary(static row => row.Entry.EntryId);
        using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            long id = reader.GetInt64(1);
            switch (reader.GetInt32(0))
            {
                case 1:
                    var key = new DocumentKey(string.Empty, string.Empty, reader.GetString(3), reader.GetString(4), reader.GetString(5));
                    EntryRow row = rows.Find(reader.GetInt64(2), key)!;
                    row.Added(id);
                    written.Add(row);
                    break;
                case 2:
                    written.Add(byId[id]);
                    break;
                case 3:
                    paced.Add(id);
                    break;
                default:
                    isAlive = true;
                    break;
            }
        }

        return new Written(isAlive, written, paced);
    }

    private static (string Part, string Read) Changed(int first) => (
        $", changed AS (UPDATE @entry e SET version = e.version + 1, round = $2, run = n.run, "
            + $"{string.Join(", ", EntryColumns.Values.Select(static column => $"{column.Name} = n.{column.Name}"))} FROM me, "
            + $"unnest({Numbers(first, 4 + EntryColumns.Values.Length)}) n (id, version, target, run, {s_values}) "
            + "WHERE e.id = n.id AND e.version = n.version RETURNING e.id)",
        " UNION ALL SELECT 2, id, 0, '', '', '' FROM changed");

    private static (string Part, string Read) Paced(int first) => (
        $", paced AS (UPDATE @target t SET pace = n.pace, version = t.version + 1, round = $2 FROM me, unnest({Numbers(first, 3)}) n "
            + "(number, version, pace) WHERE t.number = n.number AND t.version = n.version RETURNING t.number)",
        " UNION ALL SELECT 3, number, 0, '', '', '' FROM paced");

    private static void AddEntries(
        NpgsqlBatchCommand command, EntryRow[] rows, (string? Id, long? Number) owner, EntryColumn[] keys)
    {
        command.Parameters.Add(Big(rows.Select(static row => row.Target)));
        command.Parameters.Add(Arrays.Parameter(NpgsqlDbType.Bigint, rows.Select(row => row.Entry.RunId is not { } id ? null
            : id == owner.Id ? owner.Number : row.RunNumber).ToArray()));
        JournalEntry[] entries = [.. rows.Select(static row => row.Entry)];
        foreach (EntryColumn column in keys.Concat(EntryColumns.Values))
            command.Parameters.Add(column.Parameter(entries));
    }

    private static string Names(EntryColumn[] columns, string prefix = "") =>
        string.Join(", ", columns.Select(column => prefix + column.Name));

    private static string Numbers(int first, int count) =>
        string.Join(", ", Enumerable.Range(first, count).Select(static number => $"${number}"));

    private static NpgsqlParameter Big(IEnumerable<long> values) => Arrays.Parameter(NpgsqlDbType.Bigint, values.ToArray());
}
