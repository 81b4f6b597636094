using System.Collections.Generic;
using System.IO;
using Nanonets.Journal.Files;

namespace Nanonets.Journal.Storage;

/// <summary>Finds out, when a journal is opened, whether the file is what the last run left.</summary>
internal static class ContinuityCheck
{
    /// <summary>Bytes of a file that is read whole each time it is opened.</summary>
    private const int AlwaysChecked = 16 * 1024 * 1024;

    /// <summary>Checks the file, notes in it what may be missing, and begins its mark anew.</summary>
    /// <exception cref="JournalFileException">The file is damaged.</exception>
    public static void Examine(JournalDatabase database, JournalTables tables, ContinuityMark mark)
    {
        bool isWhole = mark.Confirms(() => tables.Changes);
        IReadOnlyCollection<string> dead = tables.Runs.Dead();

        // The whole of a large file takes seconds: it is read when there is a reason to doubt it.
        if (!isWhole || dead.Count > 0 || new FileInfo(database.Location).Length <= AlwaysChecked)
            CheckPages(database);
        mark.Begin(isWhole && dead.Count == 0 ? tables.Changes : NoteDoubt(database, tables, isWhole, dead));
    }

    /// <summary>A page that was lost unnoticed would make documents look as if they had never been sent.</summary>
    private static void CheckPages(JournalDatabase database)
    {
        string found = database.Text("PRAGMA quick_check(1)");
        if (found != "ok")
            throw new JournalFileException(JournalFailure.Damaged);
    }

    /// <summary>
    /// Until a model is completed from the service's listing, each run knows that entries may be missing. It is noted before the marks are
    /// written anew, and in one transaction with the end of the runs that were cut off: after that nothing else would tell.
    /// </summary>
    private static long NoteDoubt(JournalDatabase database, JournalTables tables, bool isWhole, IEnumerable<string> dead)
    {
        using WriteTransaction transaction = database.Begin();
        tables.Runs.EndDead(dead);
        if (isWhole)
            tables.Targets.MarkDoubtful();
        else
            tables.Targets.MarkRestored();
        long changes = tables.CountTransaction();
        transaction.Commit();
        return changes;
    }
}
