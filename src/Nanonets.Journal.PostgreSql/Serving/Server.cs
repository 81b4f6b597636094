using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;
using Npgsql;

namespace Nanonets.Journal.PostgreSql.Serving;

/// <summary>The database server of a journal: connections, and a new try where one was lost.</summary>
internal sealed class Server : IDisposable
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _source;
    private volatile bool _isGone;

    /// <exception cref="NanonetsException">JournalUnavailable: the address has a value that cannot be used.</exception>
    public Server(JournalLocation location, JournalTimes times)
    {
        (Location, Times, Schema) = (location, times, ServerSettings.SchemaOf(location.Address!));
        try
        {
            _source = ServerSettings.DataSource(location, times);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw new NanonetsException(
                NanonetsErrorId.JournalUnavailable, $"The address of the journal cannot be used: {wrong.Message.TrimEnd('.')}.");
        }
    }

    public JournalLocation Location { get; }

    public JournalTimes Times { get; }

    /// <summary>The schema of the tables.</summary>
    public string Schema { get; }

    /// <summary>Puts the schema into a statement, in the place of <c>@</c>. It has no letter that would need quoting.</summary>
    public string Sql(string statement) => statement.Replace("@", Schema + ".", StringComparison.Ordinal);

    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    /// <summary>Does some work over a connection, again and later and later where that was lost: for what may be done twice.</summary>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                NpgsqlConnection connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    T result = await work(connection).ConfigureAwait(false);
                    _isGone = false;
                    return result;
                }
            }
            catch (Exception failure) when (ServerFailure.Concerns(failure))
            {
                if (!await MayTryAgainAsync(failure, attempt, watch.Elapsed, cancellationToken).ConfigureAwait(false))
                    throw ServerFailure.Explain(failure, Location);
            }
        }
    }

    /// <summary>The same for callers that wait.</summary>
    public T Run<T>(Func<NpgsqlConnection, Task<T>> work) =>
        Task.Run(() => RunAsync(work, CancellationToken.None)).GetAwaiter().GetResult();

    /// <summary>Waits before a new try, longer and longer.</summary>
    /// <returns>
    /// False when the patience is over, or a new try would not help. Then nothing is tried again until the database is back.
    /// </returns>
    public async Task<bool> MayTryAgainAsync(Exception failure, int attempt, TimeSpan since, CancellationToken cancellationToken)
    {
        if (!ServerFailure.IsPassing(failure))
            return false;
        if (_isGone || since >= Times.Patience)
        {
            _isGone = true;
            return false;
        }

        TimeSpan delay = s_firstDelay * Math.Pow(2, Math.Min(attempt, 10));
        await Task.Delay(delay < s_longestDelay ? delay : s_longestDelay, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The database has answered.</summary>
    public void IsBack() => _isGone = false;

    public void Dispose() => _source.Dispose();
}
