using System.Collections.Generic;
using System.IO;
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
    public IUploadJournal Open(JournalLocation location) => SqliteJournal.Open(location.Name);

    /// <inheritdoc/>
    public IUploadJournal OpenReadOnly(JournalLocation location) => SqliteJournal.OpenReadOnly(location.Name);

    /// <inheritdoc/>
    public bool Exists(JournalLocation location) => File.Exists(location.Name);

    /// <inheritdoc/>
    public IReadOnlyList<ConnectionCheck> Check(JournalLocation location)
    {
        const string check = "Journal";
        string path = location.Name;
        if (File.Exists(path))
        {
            using IUploadJournal journal = OpenReadOnly(location);
            return [new ConnectionCheck(check, CheckStatus.Ok, $"{path} can be read")];
        }

        string? folder = Path.GetDirectoryName(path);
        return Directory.Exists(folder)
            ? [new ConnectionCheck(check, CheckStatus.Ok, $"{path} does not exist yet; the first run creates it")]
            :
            [
                new ConnectionCheck(
                    check, CheckStatus.Failed,
                    $"the folder {folder} does not exist", "Create the folder, or choose another journal with Connect-Nanonets -Journal."),
            ];
    }

    /// <inheritdoc/>
    public string SchemaScript(JournalLocation location, string? role) => throw new NanonetsException(
        NanonetsErrorId.JournalUnavailable, $"The journal '{location}' is a file, which needs no script: the first upload creates it.");
}
