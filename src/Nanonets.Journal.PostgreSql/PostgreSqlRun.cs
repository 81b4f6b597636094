using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journal.PostgreSql.Rounds;
using Nanonets.Journal.PostgreSql.Serving;
using Nanonets.Journal.PostgreSql.Storage;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;
using Npgsql;
using NpgsqlTypes;

namespace Nanonets.Journal.PostgreSql;

/// <summary>One run's work with a journal in a database. Its row there is renewed until it is disposed of.</summary>
internal sealed class PostgreSqlRun : IJournalRun
{
    private readonly PostgreSqlJournal _journal;
    private readonly Server _server;
    private readonly RunTicket _ticket;
    private readonly RoundLoop _rounds;
    private readonly Timer _renewal;
    private int _isDisposed;

    public PostgreSqlRun(PostgreSqlJournal journal, Server server, RunTicket ticket, RoundLoop rounds)
    {
        (_journal, _server, _ticket, _rounds) = (journal, server, ticket, rounds);
        _renewal = new Timer(_ => Task.Run(RenewAsync), null, server.Times.Renewal, server.Times.Renewal);
    }

    /// <inheritdoc/>
    public string RunId => _ticket.RunId;

    /// <inheritdoc/>
    public bool ClaimsPassOn => true;

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public TimeSpan ClockCorrection => _ticket.ClockCorrection;

    /// <inheritdoc/>
    /// <remarks>
    /// A transaction like any other: a server that was cut off from a standby that must confirm its transactions does not confirm either.
    /// </remarks>
    public Task ConfirmClaimsAsync(CancellationToken cancellationToken) =>
        _rounds.ProveAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<JournalAnswer> BeginAsync(
        JournalEntry planned, ResendScope resend, DateTimeOffset at, CancellationToken cancellationToken)
    {
        long target = await _journal.Targets.FindOrAddAsync(planned.Origin, planned.ModelId, cancellationToken).ConfigureAwait(false);
        return await _rounds.RunAsync(
            new Needs { Document = (target, planned) }, rows => Begin(rows, target, planned, resend, at), needsLife: true,
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<JournalEntry> RecordAsync(long entryId, UploadChange change, CancellationToken cancellationToken) =>
        _rounds.RunAsync<JournalEntry>(
        new Needs { EntryId = entryId },
        rows =>
        {
            if (rows.Find(entryId) is not { } row || row.Entry.RunId != RunId)
            {
                throw _ticket.HasEnded
                    ? RunTicket.Ended(_server.Location)
                    : new InvalidOperationException("This run has no claim on the document.");
            }

            rows.Store(row, JournalRules.Apply(row.Entry, change));
            return () => row.Entry;
        },
        needsLife: change is UploadChange.Starting, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JournalEntry>> ClaimUnresolvedAsync(
        string origin, string modelId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await _journal.Targets.FindAsync(origin, modelId, cancellationToken).ConfigureAwait(false) is not { } target)
            return [];

        var tried = new HashSet<long>();
        return await _rounds.RunAsync<IReadOnlyList<JournalEntry>>(
            new Needs { UnresolvedOf = target },
            rows =>
            {
                var claimed = new List<EntryRow>();
                foreach (EntryRow row in rows.UnresolvedOf(target))
                {
                    // Some may have been claimed by a try that another run came between.
                    if (row.Entry.RunId == RunId && tried.Contains(row.Entry.EntryId))
                        claimed.Add(row);
                    if (row.Entry.RunId == RunId || row.OwnerAlive)
                        continue;

                    tried.Add(row.Entry.EntryId);
                    rows.Store(row, JournalRules.Claim(row.Entry, RunId, at));
                    claimed.Add(row);
                }

                return () => [.. claimed.Select(static row => row.Entry)];
            },
            needsLife: true, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<ModelContinuity> ContinuityAsync(string origin, string modelId, CancellationToken cancellationToken) =>
        _journal.Targets.ContinuityAsync(origin, modelId, cancellationToken);

    /// <inheritdoc/>
    public async Task KeepListedAsync(
        string origin, string modelId, IReadOnlyList<ListedUpload> files, CancellationToken cancellationToken)
    {
        long target = await _journal.Targets.FindOrAddAsync(origin, modelId, cancellationToken).ConfigureAwait(false);
        ListedUpload[] once = [.. files.GroupBy(static file => file.RequestFileId).Select(static same => same.Last())];
        await _server.RunAsync(async connection =>
        {
            using NpgsqlCommand command = connection.CreateCommand();
            command.CommandText = _server.Sql(
                """
                INSERT INTO @listed (target, request_file_id, input, name, mark, attempt, metadata_digest, uploaded_at)
                SELECT $1, n.* FROM unnest($2, $3, $4, $5, $6, $7, $8) n (request_file_id, input, name, mark, attempt, digest, at)
                WHERE NOT EXISTS (SELECT 1 FROM @entry e WHERE e.request_file_id = n.request_file_id AND e.target = $1)
                ON CONFLICT (target, request_file_id) DO UPDATE SET input = excluded.input, name = excluded.name, mark = excluded.mark,
                    attempt = excluded.attempt, metadata_digest = excluded.metadata_digest, uploaded_at = excluded.uploaded_at
                """);
            command.Parameters.Add(new NpgsqlParameter { Value = target });
            command.Parameters.Add(Text(once.Select(static file => file.RequestFileId)));
            command.Parameters.Add(Text(once.Select(static file => EntryColumns.Storable(file.Input))));
            command.Parameters.Add(Text(once.Select(static file => file.Input is { } name ? RoundReader.NameOf(name) : null)));
            command.Parameters.Add(Text(once.Select(static file => file.Tag?.Id)));
            command.Parameters.Add(Arrays.Parameter(NpgsqlDbType.Integer, once.Select(static file => file.Tag?.Attempt).ToArray()));
            command.Parameters.Add(Text(once.Select(static file => file.MetadataDigest)));
            command.Parameters.Add(Arrays.Parameter(NpgsqlDbType.Bigint, once.Select(static file => file.UploadedAt?.UtcTicks).ToArray()));
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task CompleteRebuildAsync(string origin, string modelId, CancellationToken cancellationToken) =>
        _journal.Targets.MarkWholeAsync(origin, modelId, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> IsKnownFileAsync(string origin, string modelId, string requestFileId, CancellationToken cancellationToken) =>
        Task.Run(() => _journal.Queries.HasFile(origin, modelId, requestFileId), cancellationToken);

    /// <inheritdoc/>
    public async Task<T> ChangeAsync<T>(string origin, string modelId, Func<PageWindow, T> change)
    {
        long target = await _journal.Targets.FindOrAddAsync(origin, modelId, CancellationToken.None).ConfigureAwait(false);
        return await _rounds.RunAsync<T>(
            new Needs { WindowOf = target },
            rows =>
            {
                WindowRow row = rows.Window(target)!;
                row.Window ??= PageWindowText.Read(row.Before, runId => runId == RunId || rows.Alive.Contains(runId));
                rows.Computing!.Touched(row);
                T result = change(row.Window);
                return () => result;
            },
            needsLife: false, CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<JournalNeighbours> NeighboursAsync(
        string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellationToken) =>
        Task.Run(() => _journal.Queries.Neighbours(origin, modelId, from, to, count), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        _renewal.Dispose();
        _rounds.Dispose();
        try
        {
            // Last: until then nobody takes what this run has claimed.
            _server.Run(async connection =>
            {
                using NpgsqlCommand command = connection.CreateCommand();
                command.CommandText = _server.Sql("UPDATE @run SET ended_at = clock_timestamp() WHERE number = $1 AND ended_at IS NULL");
                command.Parameters.Add(new NpgsqlParameter { Value = _ticket.Number });
                return await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            });
        }
        catch (NanonetsException)
        {
            // The run was told when the journal failed; its claims pass on when it has not been heard of for long enough.
        }
    }

    private Func<JournalAnswer> Begin(RoundRows rows, long target, JournalEntry planned, ResendScope resend, DateTimeOffset at)
    {
        EntryRow? row = rows.Find(target, planned.Key);
        JournalEntry? existing = row?.Entry;
        bool ownerAlive = existing?.RunId != RunId && row is { OwnerAlive: true };
        (JournalVerdict verdict, JournalEntry entry) = JournalRules.Begin(planned, existing, RunId, ownerAlive, resend, at);
        if (row is null)
            row = rows.Store(target, entry, _ticket.Number);
        else
            rows.Store(row, entry);

        JournalEntry? other = verdict == JournalVerdict.Begun && existing is null ? rows.WithOtherMetadata(target, planned.Key) : null;
        IReadOnlyList<ListedUpload> listed = verdict is JournalVerdict.Begun or JournalVerdict.Ambiguous
            ? rows.ListedFor(target, entry, UploadTag.IdOf(entry.Key))
            : [];
        return () => new JournalAnswer(verdict, row.Entry, other, listed);
    }

    /// <summary>Nothing else may have told the database of this run for a while.</summary>
    private async Task RenewAsync()
    {
        try
        {
            await _rounds.ProveAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NanonetsException or ObjectDisposedException)
        {
            // What the run does next meets the same, and is told.
        }
    }

    private static NpgsqlParameter Text(IEnumerable<string?> values) => Arrays.Parameter(NpgsqlDbType.Text, values.ToArray());
}
