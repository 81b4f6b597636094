using System;
using System.Collections.Generic;
using System.Data;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Journal.PostgreSql.Serving;
using Nanonets.Journal.PostgreSql.Storage;
using Nanonets.Sending;
using Nanonets.Sending.Reconciliation;
using Npgsql;
using NpgsqlTypes;

namespace Nanonets.Journal.PostgreSql.Rounds;

/// <summary>
/// Reads what the changes of a round need, in one exchange with the server. Runs that are not heard of any more end here.
/// </summary>
internal sealed class RoundReader(Server server, Clock clock)
{
    private static readonly string s_entries = $"SELECT {EntryColumns.Selected} FROM ";

    /// <summary>One statement: who renews at the same moment either comes before, or finds that the run has ended.</summary>
    private readonly string _end = server.Sql(
        "UPDATE @run SET ended_at = clock_timestamp() WHERE ended_at IS NULL AND expires_at < clock_timestamp()");

    private readonly string _own = server.Sql(
        "SELECT clock_timestamp(), r.ended_at IS NULL, r.changes, r.round FROM (SELECT 1) one LEFT JOIN @run r ON r.number = $1");

    private readonly string _alive = server.Sql("SELECT id FROM @run WHERE ended_at IS NULL");

    private readonly string _byKey = server.Sql(
        $"{s_entries} unnest($1, $2, $3, $4) k (target, content_hash, pages, metadata_digest) JOIN ({EntryColumns.From}) "
            + "ON e.target = k.target AND e.content_hash = k.content_hash AND e.pages = k.pages AND e.metadata_digest = k.metadata_digest");

    private readonly string _byId = server.Sql($"{s_entries}{EntryColumns.From} WHERE e.id = ANY ($1)");

    private readonly string _byFile = server.Sql(
        $"{s_entries} unnest($1, $2) k (target, file) JOIN ({EntryColumns.From}) ON e.request_file_id = k.file AND e.target = k.target "
            + "WHERE e.state IN (4, 5, 6)");

    private readonly string _unresolved = server.Sql(
        $"{s_entries}{EntryColumns.From} WHERE e.target = ANY ($1) AND e.state IN (1, 2, 3)");

    private readonly string _sent = server.Sql(
        $"{s_entries} unnest($1, $2, $3, $4) k (target, content_hash, pages, metadata_digest) JOIN ({EntryColumns.From}) "
            + "ON e.target = k.target AND e.content_hash = k.content_hash AND e.pages = k.pages AND e.metadata_digest <> k.metadata_digest "
            + "WHERE e.state IN (4, 5, 6) ORDER BY e.id");

    private readonly string _listed = server.Sql(
        """
        SELECT DISTINCT l.target, l.request_file_id, l.input, l.mark, l.attempt, l.metadata_digest, l.uploaded_at
        FROM unnest($1, $2, $3) k (target, mark, name)
        JOIN @listed l ON l.target = k.target AND (l.mark = k.mark OR (l.mark IS NULL AND l.name = k.name))
        WHERE NOT EXISTS (SELECT 1 FROM @entry e WHERE e.request_file_id = l.request_file_id AND e.target = l.target)
        """);

    private readonly string _windows = server.Sql("SELECT number, version, round, pace FROM @target WHERE number = ANY ($1)");

    /// <param name="connection">An open connection.</param>
    /// <param name="run">The run that makes the round; null for none.</param>
    /// <param name="needs">What is to be read.</param>
    public async Task<RoundRows> ReadAsync(NpgsqlConnection connection, long? run, IReadOnlyList<Needs> needs)
    {
        using NpgsqlBatch batch = connection.CreateBatch();
        var rows = new RoundRows { IsRead = true };
        var reads = new List<Action<NpgsqlDataReader>>();
        Add(_end);
        Ask(_own, row => ReadOwn(rows, row, run is not null), new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = run ?? 0 });
        Ask(_alive, row => rows.Alive.Add(row.GetString(0)));
        AskForEntries(rows);

        DateTimeOffset before = clock.UtcNow;
        using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        rows.ClockCorrection = before - clock.UtcNow;
        foreach (Action<NpgsqlDataReader> read in reads)
        {
            while (await reader.ReadAsync().ConfigureAwait(false))
                read(reader);
            await reader.NextResultAsync().ConfigureAwait(false);
        }

        return rows;

        NpgsqlBatchCommand Add(string sql, params NpgsqlParameter[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(values);
            batch.BatchCommands.Add(command);
            return command;
        }

        void Ask(string sql, Action<NpgsqlDataReader> read, params NpgsqlParameter[] values)
        {
            Add(sql, values);
            reads.Add(read);
        }

        void AskForEntries(RoundRows into)
        {
            long[] ids = [.. needs.Where(static need => need.EntryId is not null).Select(static need => need.EntryId!.Value)];
            if (ids.Length > 0)
                Ask(_byId, row => into.Add(EntryColumns.ReadRow(row)), Big(ids));
            (long Target, JournalEntry Planned)[] documents =
                [.. needs.Where(static need => need.Document is not null).Select(static need => need.Document!.Value)];
            if (documents.Length > 0)
            {
                Ask(_byKey, row => into.Add(EntryColumns.ReadRow(row)), Keys());
                Ask(_sent, row => into.AddSent(row.GetInt64(24), EntryColumns.Read(row)), Keys());
                Ask(_listed, row => into.AddListed(row.GetInt64(0), ListedFile(row)), Big(documents.Select(static one => one.Target)),
                    Text(documents.Select(static one => UploadTag.IdOf(one.Planned.Key))),
                    Text(documents.Select(static one => NameOf(one.Planned.Input))));
            }

            (long Target, string File)[] files =
                [.. needs.Where(static need => need.File is not null).Select(static need => need.File!.Value)];
            if (files.Length > 0)
                Ask(_byFile, row => into.Add(EntryColumns.ReadRow(row)), Big(files.Select(static one => one.Target)),
                    Text(files.Select(static one => one.File)));
            long[] open = [.. needs.Where(static need => need.UnresolvedOf is not null).Select(static need => need.UnresolvedOf!.Value)];
            if (open.Length > 0)
                Ask(_unresolved, row => into.Add(EntryColumns.ReadRow(row)), Big(open));
            long[] windows = [.. needs.Where(static need => need.WindowOf is not null).Select(static need => need.WindowOf!.Value)];
            if (windows.Length > 0)
                Ask(_windows, row => into.Add(new WindowRow(
                    row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.IsDBNull(3) ? null : row.GetString(3))),
                    Big(windows));

            NpgsqlParameter[] Keys() =>
            [
                Big(documents.Select(static one => one.Target)), Text(documents.Select(static one => one.Planned.Key.ContentHash)),
                Text(documents.Select(static one => one.Planned.Key.Pages)),
                Text(documents.Select(static one => one.Planned.Key.MetadataDigest)),
            ];
        }
    }

    /// <summary>A name by which listed files are found, whatever its case.</summary>
    public static string NameOf(string input) => EntryColumns.Storable(input)!.ToUpperInvariant();

    private void ReadOwn(RoundRows rows, NpgsqlDataReader row, bool hasRun)
    {
        // Half of the way there and back, more or less.
        DateTimeOffset now = clock.UtcNow;
        rows.ClockCorrection = new DateTimeOffset(row.GetDateTime(0)) - (now + (rows.ClockCorrection / 2));
        if (hasRun && !row.IsDBNull(2))
            rows.Own = new OwnRun(row.GetBoolean(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetGuid(3));
    }

    private static ListedUpload ListedFile(NpgsqlDataReader row) => new(
        row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2),
        row.IsDBNull(3) ? null : new UploadTag(row.GetString(3), row.GetInt32(4)), row.GetString(5),
        row.IsDBNull(6) ? null : new DateTimeOffset(row.GetInt64(6), TimeSpan.Zero));

    private static NpgsqlParameter Big(IEnumerable<long> values) => Arrays.Parameter(NpgsqlDbType.Bigint, values.ToArray());

    private static NpgsqlParameter Text(IEnumerable<string> values) => Arrays.Parameter(NpgsqlDbType.Text, values.ToArray());
}
