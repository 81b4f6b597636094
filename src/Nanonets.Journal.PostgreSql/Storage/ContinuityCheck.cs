using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Journal.PostgreSql.Serving;
using Nanonets.Journaling;
using Npgsql;

namespace Nanonets.Journal.PostgreSql.Storage;

/// <summary>
/// Finds out whether a journal in a database is what the last run left, by two signs. The server counts its timelines: a failover, and a
/// recovery to a point in time, begin a new one. And in the profile of each user a small file says how far the journal had come by that
/// user's last run: a journal that knows less of that run was put back, in whatever way.
/// </summary>
internal sealed class ContinuityCheck
{
    private const string NoRun = "-";

    /// <summary>The mark may lag: it only has to notice a journal that is older than the last run, not the last second.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly Server _server;
    private readonly MarkFile? _mark;
    private readonly object _lock = new();
    private string _journalId = string.Empty;
    private (string RunId, long Changes)? _pending;
    private DateTime _written;

    /// <param name="server">The database.</param>
    /// <param name="folder">Where the user's marks are; null for nowhere.</param>
    public ContinuityCheck(Server server, string? folder)
    {
        _server = server;
        byte[] place = Encoding.UTF8.GetBytes(
            $"{string.Join(",", server.Location.Address!.Hosts)}/{server.Location.Address["dbname"]}/{server.Schema}");
        _mark = folder is null ? null : new MarkFile(Path.Combine(folder, ContentHash.Of(place, place.Length) + ".mark"));
        TryMakeFolder(folder);
    }

    /// <summary>Notes in the journal what may be missing, and begins the mark anew.</summary>
    public async Task ExamineAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        (string id, string? known) = await ReadJournalAsync(connection, cancellationToken).ConfigureAwait(false);
        _journalId = id;
        string? timeline = await TimelineAsync(connection, cancellationToken).ConfigureAwait(false);
        (bool isSame, bool isWhole) = await ConfirmsAsync(connection, id, cancellationToken).ConfigureAwait(false);
        bool isNewTimeline = timeline is not null && known is not null && known != timeline;
        if (!isWhole || isNewTimeline)
            await MarkRestoredAsync(connection, isSame, cancellationToken).ConfigureAwait(false);
        if (timeline is not null && timeline != known)
            await ExecuteAsync(connection, "UPDATE @journal SET timeline = $1", cancellationToken, timeline).ConfigureAwait(false);
        if (!isWhole)
            _mark?.TryWrite($"{id}/{NoRun}", 0);
    }

    /// <summary>Notes that a run of this user has come further.</summary>
    public void Update(string runId, long changes)
    {
        lock (_lock)
        {
            _pending = (runId, changes);
            if (DateTime.UtcNow - _written >= s_interval)
                Flush();
        }
    }

    /// <summary>Writes what the mark lags behind.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            if (_pending is { } last)
                _mark?.TryWrite($"{_journalId}/{last.RunId}", last.Changes);
            (_written, _pending) = (DateTime.UtcNow, null);
        }
    }

    /// <summary>Whether the journal is the one that the mark speaks of, and has seen all that it speaks of.</summary>
    private async Task<(bool IsSame, bool IsWhole)> ConfirmsAsync(
        NpgsqlConnection connection, string id, CancellationToken cancellationToken)
    {
        string? text = ReadMark();
        if (text is null)
            return (true, true);

        string subject = text.Split(' ')[0];
        string[] parts = subject.Split('/');
        if (parts.Length != 2 || parts[0] != id)
            return (false, false);
        if (parts[1] == NoRun)
            return (true, true);

        using NpgsqlCommand command = Command(connection, "SELECT changes FROM @run WHERE id = $1", parts[1]);
        long seen = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is long changes ? changes : -1;
        return (true, MarkFile.IsReached(text, subject, seen));
    }

    private string? ReadMark()
    {
        try
        {
            return _mark?.Read();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // What cannot be read says nothing; the server's own sign remains.
            return null;
        }
    }

    /// <summary>
    /// Entries of every model may be missing, since the last change of it that is here. A model that was not completed since an earlier
    /// loss keeps that one, also where it is not known since when.
    /// </summary>
    /// <param name="isSame">Whether it is the journal that was here before; of another nobody knows what it lacks.</param>
    private async Task MarkRestoredAsync(NpgsqlConnection connection, bool isSame, CancellationToken cancellationToken)
    {
        string last(string of) => isSame ? $"(SELECT max(changed_at) FROM @entry{of})" : "NULL::bigint";
        string earlier(string value) =>
            $"CASE WHEN continuity = 2 THEN CASE WHEN known_until IS NULL THEN NULL ELSE least(known_until, {value}) END ELSE {value} END";
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await ExecuteAsync(connection, $"UPDATE @target t SET known_until = {earlier(last(" e WHERE e.target = t.number"))}, "
                + "continuity = 2, doubts = doubts + 1", cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(connection, $"UPDATE @journal SET known_until = {earlier(last(string.Empty))}, continuity = 2",
                cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(string Id, string? Timeline)> ReadJournalAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = Command(connection, "SELECT id, timeline FROM @journal");
        using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            throw new JournalDatabaseException("is not whole: its table 'journal' is empty");
        return (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1));
    }

    /// <summary>The server's timeline and what it is one of; null where the account, or the kind of server, does not tell.</summary>
    private async Task<string?> TimelineAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            using NpgsqlCommand command = Command(connection, "SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)");
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
        }
        catch (PostgresException untold) when (untold.SqlState is PostgresErrorCodes.InsufficientPrivilege
            or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.FeatureNotSupported)
        {
            return null;
        }
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string sql, string? value = null)
    {
        NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = _server.Sql(sql);
        if (value is not null)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, string? value = null)
    {
        using NpgsqlCommand command = Command(connection, sql, value);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void TryMakeFolder(string? folder)
    {
        try
        {
            if (folder is not null)
                Directory.CreateDirectory(folder);
        }
        catch (Exception impossible) when (impossible is IOException or UnauthorizedAccessException)
        {
            // No profile, or one that is read-only: the server's own sign is what there is.
        }
    }
}
