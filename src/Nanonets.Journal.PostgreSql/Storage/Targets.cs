using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journal.PostgreSql.Serving;
using Nanonets.Journaling;
using Npgsql;

namespace Nanonets.Journal.PostgreSql.Storage;

/// <summary>The models of services that a journal knows, and whether entries of them may be missing.</summary>
internal sealed class Targets(Server server)
{
    private readonly ConcurrentDictionary<(string Origin, string ModelId), long> _numbers = [];
    private readonly ConcurrentDictionary<(string Origin, string ModelId), int> _doubts = [];

    private readonly string _find = server.Sql("SELECT number FROM @target WHERE origin = $1 AND model_id = $2");

    /// <summary>What holds for unknown models holds for a new one.</summary>
    private readonly string _add = server.Sql(
        "INSERT INTO @target (origin, model_id, continuity, known_until) SELECT $1, $2, continuity, known_until FROM @journal "
            + "ON CONFLICT DO NOTHING");

    private readonly string _continuity = server.Sql(
        "SELECT coalesce(t.continuity, j.continuity), CASE WHEN t.number IS NULL THEN j.known_until ELSE t.known_until END, "
            + "coalesce(t.doubts, 0) FROM @journal j LEFT JOIN @target t ON t.origin = $1 AND t.model_id = $2");

    private readonly string _whole = server.Sql(
        "UPDATE @target SET continuity = 0, known_until = NULL WHERE origin = $1 AND model_id = $2 AND doubts = coalesce($3, doubts)");

    /// <summary>The number of a model; null when the journal does not know it.</summary>
    public async Task<long?> FindAsync(string origin, string modelId, CancellationToken cancellationToken)
    {
        if (_numbers.TryGetValue((origin, modelId), out long known))
            return known;

        return await server.RunAsync(async connection =>
        {
            using NpgsqlCommand command = Command(connection, _find, origin, modelId);
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is long number
                ? _numbers[(origin, modelId)] = number
                : (long?)null;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The number of a model, which is entered when the journal does not know it.</summary>
    public async Task<long> FindOrAddAsync(string origin, string modelId, CancellationToken cancellationToken)
    {
        if (await FindAsync(origin, modelId, cancellationToken).ConfigureAwait(false) is { } known)
            return known;

        await server.RunAsync(async connection =>
        {
            using NpgsqlCommand command = Command(connection, _add, origin, modelId);
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return (await FindAsync(origin, modelId, cancellationToken).ConfigureAwait(false))!.Value;
    }

    /// <summary>Whether entries of a model may be missing.</summary>
    public Task<ModelContinuity> ContinuityAsync(string origin, string modelId, CancellationToken cancellationToken) =>
        server.RunAsync(async connection =>
        {
            using NpgsqlCommand command = Command(connection, _continuity, origin, modelId);
            using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await row.ReadAsync(cancellationToken).ConfigureAwait(false);
            _doubts[(origin, modelId)] = row.GetInt32(2);
            return new ModelContinuity((JournalContinuity)row.GetInt32(0),
                row.IsDBNull(1) ? null : new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero));
        }, cancellationToken);

    /// <summary>No entry of a model is missing any more, unless some were lost again since that was asked.</summary>
    public async Task MarkWholeAsync(string origin, string modelId, CancellationToken cancellationToken)
    {
        await FindOrAddAsync(origin, modelId, cancellationToken).ConfigureAwait(false);
        int marked = await server.RunAsync(async connection =>
        {
            using NpgsqlCommand command = Command(connection, _whole, origin, modelId);
            command.Parameters.Add(new NpgsqlParameter
            {
                NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer,
                Value = _doubts.TryGetValue((origin, modelId), out int seen) ? seen : DBNull.Value,
            });
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        if (marked == 0)
            throw ServerFailure.Explain(new JournalDatabaseException("was put back to an earlier state again meanwhile"), server.Location);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, string origin, string modelId)
    {
        NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new NpgsqlParameter { Value = origin });
        command.Parameters.Add(new NpgsqlParameter { Value = modelId });
        return command;
    }
}
