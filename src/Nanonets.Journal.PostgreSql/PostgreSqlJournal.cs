using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Journal.PostgreSql.Rounds;
using Nanonets.Journal.PostgreSql.Serving;
using Nanonets.Journal.PostgreSql.Storage;
using Nanonets.Journaling;
using Npgsql;
using NpgsqlTypes;

namespace Nanonets.Journal.PostgreSql;

/// <summary>
/// A journal in a PostgreSQL database, shared by machines. Every change is on the server's disk when its task completes. Nothing is kept in
/// a session and nothing locked while this side thinks: a change is computed from what was read, and written by one statement if that is
/// still so.
/// </summary>
internal sealed class PostgreSqlJournal : IUploadJournal
{
    /// <summary>Entries read at once.</summary>
    private const int PageLength = 500;

    private readonly Server _server;
    private readonly Clock _clock;
    private readonly ContinuityCheck? _continuity;
    private readonly Lazy<RoundLoop> _rounds;

    private PostgreSqlJournal(Server server, Clock clock, ContinuityCheck? continuity)
    {
        (_server, _clock, _continuity) = (server, clock, continuity);
        (Targets, Queries) = (new Targets(server), new Queries(server));
        _rounds = new Lazy<RoundLoop>(() => new RoundLoop(server, clock, null));
    }

    /// <inheritdoc/>
    public string Location => _server.Location.Name;

    internal Targets Targets { get; }

    internal Queries Queries { get; }

    /// <summary>Opens a journal for a run, and makes it when there is none.</summary>
    /// <param name="location">The database.</param>
    /// <param name="schema">What it must have; tests bring their own.</param>
    /// <param name="times">How long things may take; tests shorten them.</param>
    /// <param name="clock">The clock of this machine; tests set it wrong.</param>
    /// <param name="marks">Where the user's marks are; tests are several users.</param>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    public static PostgreSqlJournal Open(
        JournalLocation location, Schema? schema = null, JournalTimes? times = null, Clock? clock = null, string? marks = null)
    {
        var server = new Server(location, times ?? new JournalTimes());
        try
        {
            var continuity = new ContinuityCheck(server, marks ?? StateFolder.Journals);
            server.Run(async connection =>
            {
                await (schema ?? Schema.Current).ApplyAsync(server, connection, CancellationToken.None).ConfigureAwait(false);
                await continuity.ExamineAsync(connection, CancellationToken.None).ConfigureAwait(false);
                return true;
            });
            return new PostgreSqlJournal(server, clock ?? Clock.System, continuity);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Opens a journal to look at it. Nothing is made.</summary>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    public static PostgreSqlJournal OpenReadOnly(JournalLocation location, Schema? schema = null, JournalTimes? times = null)
    {
        var server = new Server(location, times ?? new JournalTimes());
        try
        {
            server.Run(async connection =>
            {
                await (schema ?? Schema.Current).CheckAsync(server, connection, CancellationToken.None).ConfigureAwait(false);
                return true;
            });
            return new PostgreSqlJournal(server, Clock.System, null);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IJournalRun> StartRunAsync(CancellationToken cancellationToken)
    {
        ContinuityCheck continuity = _continuity ?? throw new InvalidOperationException("The journal was opened for reading.");
        string runId = Guid.NewGuid().ToString("N");
        long number = await _server.RunAsync(connection => AddRunAsync(connection, runId, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        var ticket = new RunTicket(runId, number, changes => continuity.Update(runId, changes));
        return new PostgreSqlRun(this, _server, ticket, new RoundLoop(_server, _clock, ticket));
    }

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> Query(JournalQuery query)
    {
        // Which entries is fixed at the start: one that changes while they are read would otherwise move to a place that was passed
        // already.
        List<long> ids = Queries.Ids(query);
        for (int first = 0; first < ids.Count; first += PageLength)
        {
            foreach (JournalEntry entry in Queries.Entries(ids.Skip(first).Take(PageLength)))
            {
                if (query.Matches(entry))
                    yield return entry;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournalMonth> Months() => Queries.Months();

    /// <inheritdoc/>
    public async Task FinishAsync(
        string origin, string modelId, string requestFileId, UploadChange.Finished finished, CancellationToken cancellationToken)
    {
        if (await Targets.FindAsync(origin, modelId, cancellationToken).ConfigureAwait(false) is not { } target)
            return;

        await _rounds.Value.RunAsync<bool>(
            new Needs { File = (target, requestFileId) },
            rows =>
            {
                if (rows.FindFile(target, requestFileId) is { } row)
                    rows.Store(row, JournalRules.Apply(row.Entry, finished));
                return static () => true;
            },
            needsLife: false, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<JournalEntry?> ResolveAsync(long entryId, UploadChange word, CancellationToken cancellationToken) =>
        _rounds.Value.RunAsync<JournalEntry?>(
            new Needs { EntryId = entryId },
            rows =>
            {
                if (rows.Find(entryId) is not { } row)
                    return static () => null;
                if (JournalRules.IsWorkedOn(row.Entry, row.OwnerAlive))
                    throw new InvalidOperationException($"Another run is working on {row.Entry.Input}.");

                rows.Store(row, JournalRules.Apply(row.Entry, word));
                return () => row.Entry;
            },
            needsLife: false, cancellationToken);

    /// <inheritdoc/>
    public async Task<int> RemoveAsync(DateTimeOffset before, bool evenUnresolved, CancellationToken cancellationToken)
    {
        // In steps, so that a run that is under way at the same time is never kept waiting for long.
        int removed = 0;
        List<long> ids = Queries.Ids(new JournalQuery { Before = before });
        for (int first = 0; first < ids.Count; first += PageLength)
        {
            long[] some = [.. ids.Skip(first).Take(PageLength)];
            removed += await _server.RunAsync(
                connection => RemoveAsync(connection, some, before, evenUnresolved, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }

        return removed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_rounds.IsValueCreated)
            _rounds.Value.Dispose();
        _continuity?.Flush();
        _server.Dispose();
    }

    private async Task<long> AddRunAsync(NpgsqlConnection connection, string runId, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = _server.Sql(
            "INSERT INTO @run (id, machine, account, process, expires_at) VALUES ($1, $2, $3, $4, clock_timestamp() + "
                + "make_interval(secs => $5)) ON CONFLICT (id) DO UPDATE SET process = excluded.process RETURNING number");
        foreach (object value in (object[])[runId, Environment.MachineName, Account(), Environment.ProcessId,
            _server.Times.Lease.TotalSeconds])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private async Task<int> RemoveAsync(
        NpgsqlConnection connection, long[] ids, DateTimeOffset before, bool evenUnresolved, CancellationToken cancellationToken)
    {
        var reader = new RoundReader(_server, _clock);
        RoundRows rows = await reader.ReadAsync(
            connection, null, [.. ids.Select(static id => new Needs { EntryId = id })]).ConfigureAwait(false);
        EntryRow[] old = [.. rows.Entries.Where(row => JournalRules.MayForget(row.Entry, before, evenUnresolved)
            && !JournalRules.IsWorkedOn(row.Entry, row.OwnerAlive))];
        using NpgsqlCommand command = connection.CreateCommand();

        // As it was read: a run may have taken it up since.
        command.CommandText = _server.Sql(
            "DELETE FROM @entry e USING unnest($1, $2) n (id, version) WHERE e.id = n.id AND e.version = n.version");
        command.Parameters.Add(Arrays.Parameter(NpgsqlDbType.Bigint, old.Select(static row => row.Entry.EntryId).ToArray()));
        command.Parameters.Add(Arrays.Parameter(NpgsqlDbType.Bigint, old.Select(static row => row.Version).ToArray()));
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Account()
    {
        string domain = Environment.UserDomainName;
        return domain.Length == 0 || domain == Environment.MachineName ? Environment.UserName : $@"{domain}\{Environment.UserName}";
    }
}
