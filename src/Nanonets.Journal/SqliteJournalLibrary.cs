using Microsoft.Data.Sqlite;
using Nanonets.Journaling;

namespace Nanonets.Journal;

/// <summary>
/// What the module loads this assembly for. Making one loads SQLite itself, so that a missing library is noticed before anything is sent.
/// </summary>
internal sealed class SqliteJournalLibrary : IJournalLibrary
{
    public SqliteJournalLibrary()
    {
        SQLitePCL.Batteries_V2.Init();
        using var memory = new SqliteConnection("Data Source=:memory:;Pooling=False");
        memory.Open();
    }

    /// <inheritdoc/>
    public IUploadJournal Open(string path) => SqliteJournal.Open(path);

    /// <inheritdoc/>
    public IUploadJournal OpenReadOnly(string path) => SqliteJournal.OpenReadOnly(path);
}
