using System;

namespace Nanonets.Journaling.Storage;

/// <summary>The tables over one connection.</summary>
internal sealed class JournalTables(JournalDatabase database) : IDisposable
{
    public EntryTable Entries { get; } = new(database);

    public RunTable Runs { get; } = new(database);

    /// <summary>Id of this file: another file in the same place has another.</summary>
    public string JournalId => database.Text("SELECT id FROM journal");

    /// <summary>Transactions written.</summary>
    public long Changes => database.Scalar("SELECT changes FROM journal");

    /// <summary>Whether entries may be missing. What a run finds it to be stays so until a run ends by itself: one that was cut off has not looked at everything.</summary>
    public JournalContinuity Continuity
    {
        get => (JournalContinuity)database.Scalar("SELECT continuity FROM journal");
        set => database.Execute($"UPDATE journal SET continuity = {(int)value}");
    }

    /// <summary>Counts the transaction that is open.</summary>
    public long CountTransaction() => database.Scalar("UPDATE journal SET changes = changes + 1 RETURNING changes");

    public void Dispose() => Entries.Dispose();
}
