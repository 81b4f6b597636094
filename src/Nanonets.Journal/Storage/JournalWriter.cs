using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journal.Files;

namespace Nanonets.Journal.Storage;

/// <summary>
/// The one thread that writes. What is waiting when it comes round goes into one transaction, so that uploads which are under way at once
/// share the wait for the disk, and none of them goes on before its own change is on it.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    /// <summary>More in one transaction would not be faster, and a fault concerns all of them.</summary>
    private const int MostTogether = 256;

    private readonly BlockingCollection<Change> _queue = [];
    private readonly JournalDatabase _database;
    private readonly ContinuityMark _mark;
    private readonly Thread _thread;
    private NanonetsException? _broken;
    private int _isDisposed;

    /// <param name="database">Belongs to the writer from now on.</param>
    /// <param name="mark">Kept up to date.</param>
    public JournalWriter(JournalDatabase database, ContinuityMark mark)
    {
        (_database, _mark) = (database, mark);
        Tables = new JournalTables(database);
        _thread = new Thread(Work) { IsBackground = true, Name = "Nanonets journal" };
        _thread.Start();
    }

    /// <summary>The tables; only to be touched by the work that is handed in.</summary>
    private JournalTables Tables { get; }

    /// <summary>Does some work in a transaction; the task completes when it is committed.</summary>
    /// <param name="work">Reads first and writes last: what it throws leaves nothing written.</param>
    /// <param name="durable">Whether it must outlive a power failure; without, it outlives the process.</param>
    /// <param name="cancellationToken">Gives it up while it waits, not once it has begun.</param>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    public Task<T> RunAsync<T>(Func<JournalTables, T> work, bool durable, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);

        var change = new Change<T>(work, durable, cancellationToken);
        try
        {
            _queue.Add(change, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(_database.Location);
        }

        return change.Task;
    }

    /// <summary>Writes what is waiting and closes the file.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        Tables.Dispose();
        _database.Dispose();
    }

    private void Work()
    {
        var together = new List<Change>();
        foreach (Change first in _queue.GetConsumingEnumerable())
        {
            together.Add(first);
            while (together.Count < MostTogether && _queue.TryTake(out Change? next))
                together.Add(next);
            Write(together);
            together.Clear();
        }
    }

    private void Write(List<Change> changes)
    {
        changes.RemoveAll(static change => change.IsGivenUp());
        if (changes.Count == 0)
            return;

        try
        {
            if (_broken is not null)
                throw _broken;

            using WriteTransaction transaction = _database.Begin(changes.Exists(static change => change.IsDurable));
            foreach (Change change in changes)
                change.Run(Tables);
            long changed = Tables.CountTransaction();
            transaction.Commit();
            _mark.Update(changed);
        }
        catch (Exception failure)
        {
            // Nothing of this is written, or it is not known. Whoever waits learns of it; unless it was only another process's turn,
            // nothing more is tried.
            NanonetsException told = JournalFailure.Explain(failure, _database.Location);
            if (!JournalFailure.IsPassing(failure))
                _broken = told;
            foreach (Change change in changes)
                change.Fail(told);
            return;
        }

        foreach (Change change in changes)
            change.Complete();
    }

    private abstract class Change(bool durable)
    {
        public bool IsDurable => durable;

        public abstract bool IsGivenUp();

        /// <summary>
        /// Does the work. A fault of the caller is kept for him; a failure of the file is thrown, since it concerns the whole transaction.
        /// </summary>
        public abstract void Run(JournalTables tables);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Change<T>(Func<JournalTables, T> work, bool durable, CancellationToken cancellationToken) : Change(durable)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private InvalidOperationException? _fault;

        public Task<T> Task => _done.Task;

        public override bool IsGivenUp() => cancellationToken.IsCancellationRequested && _done.TrySetCanceled(cancellationToken);

        public override void Run(JournalTables tables)
        {
            try
            {
                _result = work(tables);
            }
            catch (InvalidOperationException fault)
            {
                _fault = fault;
            }
        }

        public override void Complete()
        {
            if (_fault is not null)
                _done.TrySetException(_fault);
            else
                _done.TrySetResult(_result!);
        }

        public override void Fail(Exception failure) => _done.TrySetException(failure);
    }
}
