using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;
using Nanonets.Journal.PostgreSql.Storage;

namespace Nanonets.Journal.PostgreSql.Rounds;

/// <summary>What must be read for a change before it can be computed; what is null does not matter.</summary>
internal sealed record Needs
{
    /// <summary>The entry with a key, and what is like it; with the number of its model.</summary>
    public (long Target, JournalEntry Planned)? Document { get; init; }

    public long? EntryId { get; init; }

    /// <summary>The entry of a file that the service has.</summary>
    public (long Target, string RequestFileId)? File { get; init; }

    /// <summary>The unresolved entries of a model.</summary>
    public long? UnresolvedOf { get; init; }

    /// <summary>The page window of a model.</summary>
    public long? WindowOf { get; init; }
}

/// <summary>
/// A change of the journal that goes into a round with others. It is computed from what was read and written only if that is still so; else
/// it is computed again. So nothing is locked while this side thinks, sleeps or dies.
/// </summary>
internal abstract class Change
{
    private readonly List<EntryRow> _rows = [];
    private WindowRow? _window;

    public required Needs Needs { get; init; }

    /// <summary>Whether only a run may make it whose claims are its own.</summary>
    public bool NeedsLife { get; init; }

    /// <summary>Whether it is nothing but the proof that the run lives, which only a transaction gives.</summary>
    public bool IsProof { get; init; }

    /// <summary>Whether nobody waits for it any more, before it was begun.</summary>
    public abstract bool IsGivenUp();

    /// <summary>Computes it. What is wrong with it alone is kept for whoever asked for it.</summary>
    public void Compute(RoundRows rows)
    {
        _rows.Clear();
        _window = null;
        rows.Computing = this;
        Work(rows);
    }

    /// <summary>Whether there is anything to be written.</summary>
    public bool IsToBeWritten => IsProof || _rows.Count > 0 || _window is { IsChanged: true };

    /// <summary>Whether all that it changed was written by this transaction.</summary>
    public bool IsWritten(Func<EntryRow, bool> isWritten, Func<WindowRow, bool> isWindowWritten) =>
        _rows.TrueForAll(row => isWritten(row)) && (_window is null || isWindowWritten(_window));

    /// <summary>
    /// Whether it was written by a transaction whose end was not heard of: then every row that it changed says so, and what was added has
    /// its number.
    /// </summary>
    public bool WasWritten(RoundRows found, ICollection<Guid> transactions)
    {
        foreach (EntryRow row in _rows)
        {
            if (found.Same(row) is not { Round: { } round } same || !transactions.Contains(round))
                return false;
            if (row.IsNew)
                row.Added(same.Entry.EntryId);
        }

        return _rows.Count + (_window is null ? 0 : 1) > 0
            && (_window is null || (found.Window(_window.Target)?.Round is { } last && transactions.Contains(last)));
    }

    public void Touched(EntryRow row)
    {
        if (!_rows.Contains(row))
            _rows.Add(row);
    }

    public void Touched(WindowRow window) => _window = window;

    public abstract void Complete();

    public abstract void Fail(Exception failure);

    protected abstract void Work(RoundRows rows);
}

/// <summary>A change with a result.</summary>
/// <param name="work">Computes it and gives what is to be told once it is written.</param>
internal sealed class Change<T>(Func<RoundRows, Func<T>> work, CancellationToken cancellationToken) : Change
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<T>? _result;
    private Exception? _fault;

    public Task<T> Task => _done.Task;

    public override bool IsGivenUp() => cancellationToken.IsCancellationRequested && _done.TrySetCanceled(cancellationToken);

    public override void Complete()
    {
        if (_fault is not null)
            _done.TrySetException(_fault);
        else
            _done.TrySetResult(_result!());
    }

    public override void Fail(Exception failure) => _done.TrySetException(failure);

    protected override void Work(RoundRows rows)
    {
        _fault = null;
        try
        {
            _result = work(rows);
        }
        catch (Exception fault) when (fault is InvalidOperationException or NanonetsException)
        {
            _fault = fault;
        }
    }
}
