using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journal.Files;
using Nanonets.Journal.Storage;
using Nanonets.Journaling;

namespace Nanonets.Journal;

/// <summary>
/// A journal in a SQLite file (write-ahead log, full sync). Every change that losing could cost money is on the disk when its task
/// completes: an attempt before its first byte is sent, and what became of it before anybody is told. Planning a document and noting that
/// its results are there need only outlive the process.
/// </summary>
internal sealed class SqliteJournal : IUploadJournal
{
    /// <summary>
    /// Entries read at once: each batch is a read of its own, so that a slow reader does not keep the log from being folded in.
    /// </summary>
    private const int PageLength = 500;

    private readonly object _readLock = new();
    private readonly JournalDatabase _readDatabase;
    private readonly JournalTables _read;
    private readonly JournalWriter? _writer;
    private readonly ContinuityMark? _mark;

    private SqliteJournal(string location, JournalDatabase readDatabase, JournalWriter? writer, ContinuityMark? mark)
    {
        Location = location;
        _readDatabase = readDatabase;
        _read = new JournalTables(readDatabase);
        (_writer, _mark) = (writer, mark);
    }

    /// <inheritdoc/>
    public string Location { get; }

    private JournalWriter Writer => _writer ?? throw new InvalidOperationException("The journal was opened for reading.");

    /// <summary>Opens a journal for a run, and makes it when there is none.</summary>
    /// <param name="path">Full path of the file; its folder must be there.</param>
    /// <param name="schema">What the file must have; tests bring their own.</param>
    /// <param name="limits">Limits; tests lower them.</param>
    /// <param name="folders">Where a journal may be; tests decide for themselves.</param>
    /// <param name="marks">Where the user's marks are; tests are several users.</param>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    public static SqliteJournal Open(
        string path, Schema? schema = null, JournalLimits? limits = null, FolderSafety? folders = null, string? marks = null) =>
        JournalFailure.Explained(path, () =>
    {
        (folders ?? FolderSafety.OfThisMachine).CheckPlace(path);
        JournalDatabase database = JournalDatabase.OpenWritable(path, limits ?? new JournalLimits());
        try
        {
            using var tables = new JournalTables(database);
            (schema ?? Schema.Current).Apply(database, tables.Runs.AnyAlive);
            var mark = new ContinuityMark(path, tables.JournalId, marks ?? StateFolder.Journals);
            ContinuityCheck.Examine(database, tables, mark);
            JournalDatabase reader = JournalDatabase.OpenReadOnly(path, limits ?? new JournalLimits());
            return new SqliteJournal(path, reader, new JournalWriter(database, mark), mark);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    });

    /// <summary>Opens a journal to look at it. Nothing is made or changed.</summary>
    /// <param name="path">Full path of a file that is there.</param>
    /// <param name="schema">What the file must have; tests bring their own.</param>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    public static SqliteJournal OpenReadOnly(string path, Schema? schema = null) => JournalFailure.Explained(path, () =>
    {
        if (!File.Exists(path))
            throw new JournalFileException("does not exist");

        JournalDatabase database = JournalDatabase.OpenReadOnly(path, new JournalLimits());
        try
        {
            (schema ?? Schema.Current).Check(database);
            return new SqliteJournal(path, database, null, null);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    });

    /// <inheritdoc/>
    public async Task<IJournalRun> StartRunAsync(CancellationToken cancellationToken)
    {
        RunLock taken = JournalFailure.Explained(Location, () =>
        {
            RunLock.RemoveStale(Location);
            return RunLock.Take(Location);
        });
        try
        {
            await Writer.RunAsync(tables =>
            {
                tables.Runs.Add(taken.RunId, DateTimeOffset.UtcNow);
                return true;
            }, durable: true, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            taken.Dispose();
            throw;
        }

        return new SqliteRun(this, Writer, taken);
    }

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> Query(JournalQuery query)
    {
        // Which entries is fixed at the start: one that changes while they are read would otherwise move to a place that was passed
        // already.
        List<long> ids = Read(tables => tables.Entries.Ids(query));
        for (int first = 0; first < ids.Count; first += PageLength)
        {
            int from = first;
            foreach (JournalEntry entry in Read(tables => tables.Entries.Read(ids.Skip(from).Take(PageLength))))
            {
                if (query.Matches(entry))
                    yield return entry;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournalMonth> Months() => Read(static tables => tables.Entries.Months());

    /// <inheritdoc/>
    public Task FinishAsync(
        string origin, string modelId, string requestFileId, UploadChange.Finished finished, CancellationToken cancellationToken) =>
        Writer.RunAsync(tables =>
        {
            if (tables.Entries.FindFile(origin, modelId, requestFileId) is { } entry)
                tables.Entries.Update(JournalRules.Apply(entry, finished));
            return true;
        }, durable: false, cancellationToken);

    /// <inheritdoc/>
    public Task<JournalEntry?> ResolveAsync(long entryId, UploadChange word, CancellationToken cancellationToken) =>
        Writer.RunAsync(tables =>
        {
            if (tables.Entries.Find(entryId) is not { } entry)
                return null;
            if (JournalRules.IsWorkedOn(entry, tables.Runs.IsAlive(entry.RunId)))
                throw new InvalidOperationException($"Another run is working on {entry.Input}.");

            JournalEntry changed = JournalRules.Apply(entry, word);
            tables.Entries.Update(changed);
            return changed;
        }, durable: true, cancellationToken);

    /// <inheritdoc/>
    public async Task<int> RemoveAsync(DateTimeOffset before, bool evenUnresolved, CancellationToken cancellationToken)
    {
        // In steps, so that a run that is under way at the same time is never kept waiting for long.
        int removed = 0;
        List<long> ids = Read(tables => tables.Entries.Ids(new JournalQuery { Before = before }));
        for (int first = 0; first < ids.Count; first += PageLength)
        {
            List<long> some = ids.GetRange(first, Math.Min(PageLength, ids.Count - first));
            removed += await Writer.RunAsync(tables => tables.Forget(some, before, evenUnresolved), durable: true, cancellationToken)
                .ConfigureAwait(false);
        }

        return removed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The writing connection goes last: only it can fold the log into the file and take it away.
        lock (_readLock)
        {
            _read.Dispose();
            _readDatabase.Dispose();
        }

        _writer?.Dispose();
        _mark?.Dispose();
    }

    /// <summary>Reads over the connection for reading, without waiting for anything that is being written.</summary>
    internal T Read<T>(Func<JournalTables, T> read)
    {
        lock (_readLock)
            return JournalFailure.Explained(Location, () => read(_read));
    }
}
