using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Journal.PostgreSql.Serving;
using Nanonets.Journaling;
using Npgsql;
using NpgsqlTypes;

namespace Nanonets.Journal.PostgreSql.Storage;

/// <summary>What is read of a journal apart from rounds. Each is one statement over a connection that is given back.</summary>
internal sealed class Queries(Server server)
{
    private static readonly string s_selected = $"SELECT {EntryColumns.Selected} FROM {EntryColumns.From} ";

    /// <summary>The numbers of entries, the one changed last first.</summary>
    public List<long> Ids(JournalQuery query)
    {
        var where = new List<string>();
        var values = new List<object>();
        And("e.id = {0}", query.EntryId);
        And("e.state = ANY ({0})", query.States?.Select(static state => (int)state).ToArray());
        And("e.changed_at >= {0}", query.After?.UtcTicks);
        And("e.changed_at < {0}", query.Before?.UtcTicks);
        And("e.source_path = {0}", query.SourcePath);
        And("EXISTS (SELECT 1 FROM unnest({0}) piece WHERE strpos(lower(e.source_path COLLATE \"C\"), piece) > 0 "
            + "OR strpos(lower(e.input COLLATE \"C\"), piece) > 0)", query.Pieces?.ToArray());
        And("e.target IN (SELECT number FROM @target WHERE model_id = {0})", query.ModelId);
        And("e.request_file_id = {0}", query.RequestFileId);
        if (query.Key is { } key)
        {
            And("e.target IN (SELECT number FROM @target WHERE origin = {0}", key.Origin);
            And("model_id = {0})", key.ModelId);
            And("e.content_hash = {0}", key.ContentHash);
            And("e.pages = {0}", key.Pages);
            And("e.metadata_digest = {0}", key.MetadataDigest);
        }

        string filter = where.Count > 0 ? " WHERE " + string.Join(" AND ", where) : string.Empty;
        return Read($"SELECT e.id FROM @entry e{filter} ORDER BY e.changed_at DESC, e.id DESC", static row => row.GetInt64(0), [.. values]);

        void And(string condition, object? value)
        {
            if (value is null)
                return;

            values.Add(value);
            where.Add(string.Format(CultureInfo.InvariantCulture, condition, $"${values.Count}"));
        }
    }

    /// <summary>Entries by their numbers, in that order, as they are now; what was forgotten is left out.</summary>
    public List<JournalEntry> Entries(IEnumerable<long> ids)
    {
        long[] wanted = [.. ids];
        Dictionary<long, JournalEntry> found = Read($"{s_selected}WHERE e.id = ANY ($1)", EntryColumns.Read, wanted)
            .ToDictionary(static entry => entry.EntryId);
        return [.. wanted.Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>Answered uploads on both sides of a span, nearest first.</summary>
    public JournalNeighbours Neighbours(string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count) => new(
        Read($"{s_selected}WHERE e.target = (SELECT number FROM @target WHERE origin = $1 AND model_id = $2) AND e.answered_to <= $3 "
            + "ORDER BY e.answered_to DESC LIMIT $4", EntryColumns.Read, origin, modelId, from.UtcTicks, count),
        Read($"{s_selected}WHERE e.target = (SELECT number FROM @target WHERE origin = $1 AND model_id = $2) AND e.answered_from >= $3 "
            + "ORDER BY e.answered_from LIMIT $4", EntryColumns.Read, origin, modelId, to.UtcTicks, count));

    /// <summary>Whether an entry has a file of the service.</summary>
    public bool HasFile(string origin, string modelId, string requestFileId) => Read(
        "SELECT 1 FROM @entry WHERE request_file_id = $3 AND target = (SELECT number FROM @target WHERE origin = $1 AND model_id = $2) "
            + "AND state IN (4, 5, 6) LIMIT 1", static row => row.GetInt32(0), origin, modelId, requestFileId).Count > 0;

    /// <summary>The entry with a key; null when there is none.</summary>
    public JournalEntry? Find(DocumentKey key) => Read(
        $"{s_selected}WHERE t.origin = $1 AND t.model_id = $2 AND e.content_hash = $3 AND e.pages = $4 AND e.metadata_digest = $5",
        EntryColumns.Read, key.Origin, key.ModelId, key.ContentHash, key.Pages, key.MetadataDigest).FirstOrDefault();

    /// <summary>What was accepted in each month, and what may have been; the newest first.</summary>
    public List<JournalMonth> Months() => Read(
        """
        SELECT month, count(*) FILTER (WHERE charged = 1)::int, coalesce(sum(page_count) FILTER (WHERE charged = 1), 0)::bigint,
            count(*) FILTER (WHERE charged = 2)::int
        FROM (SELECT charged, page_count, date_trunc('month',
            to_timestamp((coalesce(accepted_at, changed_at) - 621355968000000000) / 10000000) AT TIME ZONE 'UTC') AS month
            FROM @entry WHERE charged <> 0) charges
        GROUP BY month ORDER BY month DESC
        """,
        static row => new JournalMonth(
            new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(0), DateTimeKind.Utc)), row.GetInt32(1), row.GetInt64(2),
            row.GetInt32(3)));

    /// <summary>Reads some rows, again where a connection was lost.</summary>
    private List<T> Read<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values) => server.Run(async connection =>
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = server.Sql(sql);
        foreach (object value in values)
        {
            command.Parameters.Add(value switch
            {
                long[] numbers => Arrays.Parameter(NpgsqlDbType.Bigint, numbers),
                int[] numbers => Arrays.Parameter(NpgsqlDbType.Integer, numbers),
                string[] texts => Arrays.Parameter(NpgsqlDbType.Text, texts),
                _ => new NpgsqlParameter { Value = value },
            });
        }

        var found = new List<T>();
        using NpgsqlDataReader row = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await row.ReadAsync().ConfigureAwait(false))
            found.Add(read(row));
        return found;
    });
}
