using System;
using System.Collections.Generic;
using System.Diagnostics;
using Nanonets.Journal.PostgreSql.Storage;

namespace Nanonets.Journal.PostgreSql.Rounds;

/// <summary>
/// What a run has written last, as long as nobody else may change it: entries that it has claimed, and windows. So most rounds need not
/// read at all. A row that somebody has changed all the same is not written, since its version is another, and is read again.
/// </summary>
internal sealed class OwnRows
{
    /// <summary>A window speaks of other runs, and one that is gone says nothing.</summary>
    private static readonly TimeSpan s_aliveFor = TimeSpan.FromSeconds(2);

    private readonly Dictionary<long, EntryRow> _entries = [];
    private readonly Dictionary<long, WindowRow> _windows = [];
    private readonly Stopwatch _sinceAlive = Stopwatch.StartNew();
    private HashSet<string> _alive = [];

    /// <summary>What of some needs must be read.</summary>
    public List<Needs> Unknown(List<Change> changes) =>
        changes.ConvertAll(static change => change.Needs).FindAll(need =>
            need is { Document: not null } or { File: not null } or { UnresolvedOf: not null }
            || (need.EntryId is { } id && !_entries.ContainsKey(id))
            || (need.WindowOf is { } target && !(_windows.ContainsKey(target) && _sinceAlive.Elapsed < s_aliveFor)));

    /// <summary>Puts what is known to what was read.</summary>
    public void Fill(RoundRows rows, List<Change> changes)
    {
        foreach (Change change in changes)
        {
            if (change.Needs.EntryId is { } id && _entries.TryGetValue(id, out EntryRow? entry))
                rows.Add(entry);
            if (change.Needs.WindowOf is { } target && rows.Window(target) is null && _windows.TryGetValue(target, out WindowRow? window))
                rows.Add(new WindowRow(target, window.Version, window.Round, window.Before));
        }

        if (!rows.IsRead)
        {
            rows.Alive.UnionWith(_alive);
            return;
        }

        _alive = rows.Alive;
        _sinceAlive.Restart();
    }

    /// <summary>Keeps what was written, and drops what was not.</summary>
    public void Learn(RoundRows rows, RoundWriter.Written written, long run, Guid transaction)
    {
        foreach (EntryRow row in rows.Entries)
        {
            if (!row.IsChanged)
                continue;

            _entries.Remove(row.Entry.EntryId);
            if (written.Entries.Contains(row) && row.Entry is { RunId: not null, IsDone: false })
                _entries[row.Entry.EntryId] = row.Written(run, transaction);
        }

        foreach (WindowRow window in rows.Windows)
        {
            if (written.Windows.Contains(window.Target))
                _windows[window.Target] = window.Written(transaction);
            else
                _windows.Remove(window.Target);
        }
    }

    /// <summary>Nothing is known any more.</summary>
    public void Clear()
    {
        _entries.Clear();
        _windows.Clear();
    }
}
