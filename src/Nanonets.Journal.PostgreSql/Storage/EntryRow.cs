using System;
using Nanonets.Journaling;

namespace Nanonets.Journal.PostgreSql.Storage;

/// <summary>An entry within a round: as it was read, then as it is to be written.</summary>
internal sealed class EntryRow(JournalEntry entry, long target)
{
    private bool _wasNew;

    public JournalEntry Entry { get; private set; } = entry;

    public long Target => target;

    /// <summary>The run that has claimed it; null for none.</summary>
    public long? RunNumber { get; set; }

    /// <summary>The version that was read; a row that has another by now is not written.</summary>
    public long Version { get; init; }

    /// <summary>The transaction that wrote it last.</summary>
    public Guid? Round { get; init; }

    /// <summary>Whether the run that has claimed it lives.</summary>
    public bool OwnerAlive { get; set; }

    /// <summary>Whether it is to be written.</summary>
    public bool IsChanged { get; private set; }

    public bool IsNew => Entry.EntryId == 0;

    public void Change(JournalEntry changed)
    {
        if (ReferenceEquals(changed, Entry))
            return;

        (Entry, IsChanged) = (changed, true);
    }

    /// <summary>The row after it was written.</summary>
    public EntryRow Written(long run, Guid transaction) => new(Entry, Target)
    {
        RunNumber = run,
        Version = _wasNew ? 0 : Version + 1,
        Round = transaction,
        OwnerAlive = true,
    };

    /// <summary>A new entry has its number.</summary>
    public void Added(long id) => (Entry, _wasNew) = (Entry with { EntryId = id }, true);
}
