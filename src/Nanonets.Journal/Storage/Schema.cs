using System;
using System.Collections.Generic;
using System.Globalization;
using Nanonets.Journaling;

namespace Nanonets.Journal.Storage;

/// <summary>
/// The tables of a journal file, as the steps that lead from nothing to the newest version. The file carries the number of the last step it
/// has seen (<c>user_version</c>) and a mark that it is a journal (<c>application_id</c>).
/// </summary>
internal sealed class Schema(IReadOnlyList<string> steps)
{
    /// <summary>"NNJR".</summary>
    private const long ApplicationId = 0x4E4E4A52;

    private const string First = """
        CREATE TABLE journal (
            id TEXT NOT NULL,               -- random; another file in the same place is another journal
            changes INTEGER NOT NULL,       -- transactions written; see ContinuityMark
            continuity INTEGER NOT NULL,    -- JournalContinuity of models that are not in target yet
            known_until INTEGER             -- the last change before entries may have been lost
        );
        CREATE TABLE run (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,        -- names its lock file
            process INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at INTEGER                -- null while it runs, or when it was cut off
        );
        CREATE TABLE target (
            number INTEGER PRIMARY KEY,
            origin TEXT NOT NULL,
            model_id TEXT NOT NULL,
            continuity INTEGER NOT NULL,    -- JournalContinuity, until a rebuild is complete
            known_until INTEGER,
            pace TEXT,                      -- see PageWindowText
            UNIQUE (origin, model_id)
        );
        -- What a rebuild found at the service and the journal did not know.
        CREATE TABLE listed (
            target INTEGER NOT NULL REFERENCES target,
            request_file_id TEXT NOT NULL,
            input TEXT,
            mark TEXT,                      -- of our tag; null when it has none
            attempt INTEGER,
            metadata_digest TEXT NOT NULL,
            uploaded_at INTEGER,
            PRIMARY KEY (target, request_file_id)
        ) WITHOUT ROWID;
        CREATE INDEX listed_mark ON listed (target, mark) WHERE mark IS NOT NULL;
        CREATE INDEX listed_name ON listed (target, input COLLATE NOCASE) WHERE mark IS NULL;
        -- All times are UTC ticks of .NET.
        CREATE TABLE entry (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            target INTEGER NOT NULL REFERENCES target,
            content_hash TEXT NOT NULL,
            pages TEXT NOT NULL,
            metadata_digest TEXT NOT NULL,
            state INTEGER NOT NULL,
            charged INTEGER NOT NULL,
            input TEXT NOT NULL,
            source_path TEXT,
            bytes INTEGER NOT NULL,
            request_file_id TEXT,
            page_count INTEGER,
            attempts INTEGER NOT NULL,
            ambiguous_attempts INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            accepted_at INTEGER,
            changed_at INTEGER NOT NULL,
            error_id TEXT,
            message TEXT,
            run INTEGER REFERENCES run,
            seen TEXT NOT NULL,             -- see AttemptText
            answered_from INTEGER,          -- the answered attempt, for neighbours
            answered_to INTEGER,
            UNIQUE (target, content_hash, pages, metadata_digest)
        );
        CREATE INDEX entry_changed ON entry (changed_at, id);
        CREATE INDEX entry_file ON entry (request_file_id) WHERE request_file_id IS NOT NULL;
        CREATE INDEX entry_open ON entry (target) WHERE state IN (1, 2, 3);
        CREATE INDEX entry_answered_from ON entry (target, answered_from) WHERE answered_from IS NOT NULL;
        CREATE INDEX entry_answered_to ON entry (target, answered_to) WHERE answered_to IS NOT NULL;
        INSERT INTO journal VALUES (lower(hex(randomblob(16))), 0, 1, NULL);
        """;

    /// <summary>What this version of the module writes.</summary>
    public static Schema Current { get; } = new([First]);

    /// <summary>The steps, oldest first.</summary>
    public IReadOnlyList<string> Steps => steps;

    /// <summary>Brings a file to the newest version. A file that has entries already is copied first.</summary>
    /// <param name="database">An open journal file.</param>
    /// <param name="anyRunAlive">Whether another process works with the file now.</param>
    /// <exception cref="JournalFileException">Another program's file, a newer version's, or one that is in use.</exception>
    public void Apply(JournalDatabase database, Func<bool> anyRunAlive)
    {
        long version = CheckedVersion(database);
        if (version == steps.Count)
            return;

        if (version > 0)
        {
            if (anyRunAlive())
            {
                throw new JournalFileException(
                    "must be updated to this version of the module, but a run of an older version is using it; try again after that run");
            }

            database.CopyTo(string.Format(CultureInfo.InvariantCulture, "{0}.v{1}.bak", database.Location, version));
        }

        using WriteTransaction transaction = database.Begin();
        version = CheckedVersion(database);
        for (; version < steps.Count; version++)
            database.Execute(steps[(int)version]);
        database.Execute(string.Format(
            CultureInfo.InvariantCulture, "PRAGMA application_id = {0}; PRAGMA user_version = {1}", ApplicationId, steps.Count));
        transaction.Commit();
    }

    /// <summary>Checks that a file can be read as it is.</summary>
    /// <exception cref="JournalFileException">Another program's file, or another version's.</exception>
    public void Check(JournalDatabase database)
    {
        if (CheckedVersion(database) < steps.Count)
            throw new JournalFileException("was written by an older version of the module; Send-NanonetsDocument -Journal updates it");
    }

    private long CheckedVersion(JournalDatabase database)
    {
        // In this order: another process may make the file just now, and whoever sees its tables then sees whose they are.
        long tables = database.Scalar("SELECT count(*) FROM sqlite_schema");
        long version = database.Scalar("PRAGMA user_version");
        long application = database.Scalar("PRAGMA application_id");
        if (application != ApplicationId && (application != 0 || version != 0 || tables != 0))
            throw new JournalFileException("is the database of another program");
        return version <= steps.Count ? version : throw new JournalFileException(
            $"was written by a newer version of the module (format {version}, this one knows {steps.Count})");
    }
}
