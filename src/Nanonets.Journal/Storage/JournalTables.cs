using System;

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

    public void Dispose() => _commands.Dispose();
}
