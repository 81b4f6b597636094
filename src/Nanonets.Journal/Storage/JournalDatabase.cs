using System;
using System.Globalization;
using System.IO;
using Microsoft.Data.Sqlite;
using Nanonets.Journaling;

namespace Nanonets.Journal.Storage;

/// <summary>One connection to a journal file, with the settings that make a commit durable. For one thread at a time.</summary>
internal sealed class JournalDatabase : IDisposable
{
    /// <summary>Bytes of the smallest page SQLite knows.</summary>
    private const int ShortestDatabase = 512;

    private readonly SqliteConnection _connection;
    private bool _isDurable = true;

    private JournalDatabase(string location, SqliteConnection connection) => (Location, _connection) = (location, connection);

    /// <summary>Full path of the file.</summary>
    public string Location { get; }

    /// <summary>Opens a file for reading and writing, and makes it when there is none.</summary>
    public static JournalDatabase OpenWritable(string location, JournalLimits limits)
    {
        OwnerOnlyFile.EnsureExists(location);

        // SQLite would take so short a file for an empty one and begin anew.
        if (new FileInfo(location).Length is > 0 and < ShortestDatabase)
            throw new JournalFileException(JournalFailure.Damaged);

        JournalDatabase database = Open(location, limits);
        try
        {
            if (database.Text("PRAGMA journal_mode = WAL") != "wal")
                throw new JournalFileException("is on a file system that cannot keep a write-ahead log");

            // A commit is on the disk when it returns, the disk's own cache included (fullfsync is for macOS, where a plain sync does not
            // reach it).
            database.Execute("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON");
            if (limits.MostPages is { } most)
                database.Execute(string.Format(CultureInfo.InvariantCulture, "PRAGMA max_page_count = {0}", most));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that is there for reading.</summary>
    /// <remarks>
    /// Not with SQLite's own mode for it: that leaves an empty log beside the file, since only a connection that may write can take it away
    /// again.
    /// </remarks>
    public static JournalDatabase OpenReadOnly(string location, JournalLimits limits)
    {
        JournalDatabase database = Open(location, limits);
        database.Execute("PRAGMA query_only = ON");
        return database;
    }

    /// <summary>Begins a transaction that will write: whoever comes second waits here, not in the middle.</summary>
    /// <param name="durable">
    /// Whether its commit must outlive a power failure. One that need not still outlives the process, and is made durable by the next one
    /// that must.
    /// </param>
    public WriteTransaction Begin(bool durable = true)
    {
        if (_isDurable != durable)
        {
            Execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _isDurable = durable;
        }

        return new WriteTransaction(this);
    }

    /// <summary>A command to be run many times.</summary>
    public SqliteCommand Prepare(string sql)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public void Execute(string sql)
    {
        using SqliteCommand command = Prepare(sql);
        command.ExecuteNonQuery();
    }

    public long Scalar(string sql)
    {
        using SqliteCommand command = Prepare(sql);
        return Convert.ToInt64(command.ExecuteScalar() ?? 0L, CultureInfo.InvariantCulture);
    }

    public string Text(string sql)
    {
        using SqliteCommand command = Prepare(sql);
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? string.Empty;
    }

    /// <summary>Copies the whole file, what is still in its log included.</summary>
    public void CopyTo(string path)
    {
        OwnerOnlyFile.Open(path, System.IO.FileMode.Create).Dispose();
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        copy.Open();
        _connection.BackupDatabase(copy);
    }

    public void Dispose() => _connection.Dispose();

    private static JournalDatabase Open(string location, JournalLimits limits)
    {
        // Where a file that another program keeps to itself would be opened for reading only. Not elsewhere: there programs do not lock
        // each other out, and closing a file of the process lets go of all locks that SQLite holds on it.
        if (System.IO.Path.DirectorySeparatorChar == '\\')
            Files.HeldFile.Await(location, limits.BusyPatience);

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = location,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,

            // SQLite itself waits for a lock in small steps; the provider's own way would sleep for 150 ms each time.
            DefaultTimeout = 1,
        }.ConnectionString);
        try
        {
            connection.Open();
            var database = new JournalDatabase(location, connection);
            database.Execute(string.Format(
                CultureInfo.InvariantCulture, "PRAGMA busy_timeout = {0}; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY",
                (long)limits.BusyPatience.TotalMilliseconds));
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

/// <summary>A transaction that writes. Rolled back unless it was committed.</summary>
/// <remarks>Not the provider's own: that would want to be set on each prepared command.</remarks>
internal sealed class WriteTransaction : IDisposable
{
    private readonly JournalDatabase _database;
    private bool _isOpen;

    public WriteTransaction(JournalDatabase database)
    {
        _database = database;
        database.Execute("BEGIN IMMEDIATE");
        _isOpen = true;
    }

    public void Commit()
    {
        _database.Execute("COMMIT");
        _isOpen = false;
    }

    public void Dispose()
    {
        if (!_isOpen)
            return;

        _isOpen = false;
        try
        {
            _database.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself already, as after a full disk.
        }
    }
}

/// <summary>Limits that tests lower.</summary>
internal sealed record JournalLimits
{
    /// <summary>
    /// How long to wait for another process that is writing. A write takes milliseconds, unless its process is paused in the middle.
    /// </summary>
    public TimeSpan BusyPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Pages of 4 KB the file may have; null for what the disk holds.</summary>
    public int? MostPages { get; init; }
}
