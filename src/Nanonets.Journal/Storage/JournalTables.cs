using System;
using System.Collections.Generic;
using Nanonets.Journaling;

namespace Nanonets.Journal.Storage;

/// <summary>The tables over one connection.</summary>
internal sealed class JournalTables : IDisposable
{
    private readonly JournalDatabase _database;
    private readonly PreparedCommands _commands;

    public JournalTables(JournalDatabase database)
    {
        _database = database;
        _commands = new PreparedCommands(database);
        Targets = new TargetTable(_commands);
        Entries = new EntryTable(_commands, Targets);
        Listed = new ListedTable(_commands);
        Runs = new RunTable(database);
    }

    public TargetTable Targets { get; }

    public EntryTable Entries { get; }

    public ListedTable Listed { get; }

    public RunTable Runs { get; }

    /// <summary>Id of this file: another file in the same place has another.</summary>
    public string JournalId => _database.Text("SELECT id FROM journal");

    /// <summary>Transactions written.</summary>
    public long Changes => _database.Scalar("SELECT changes FROM journal");

    /// <summary>Counts the transaction that is open.</summary>
    public long CountTransaction() => _database.Scalar("UPDATE journal SET changes = changes + 1 RETURNING changes");

    /// <summary>Forgets those of some entries that may be forgotten and that no living run works on.</summary>
    /// <returns>How many.</returns>
    public int Forget(IEnumerable<long> ids, DateTimeOffset before, bool evenUnresolved)
    {
        int removed = 0;
        foreach (long id in ids)
        {
            // As it is now: a run may have taken it up since it was read.
            if (Entries.Find(id) is not { } entry || !JournalRules.MayForget(entry, before, evenUnresolved)
                || JournalRules.IsWorkedOn(entry, Runs.IsAlive(entry.RunId)))
            {
                continue;
            }

            Entries.Delete(entry.EntryId);
            removed++;
        }

        return removed;
    }

    public void Dispose() => _commands.Dispose();
}
