using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Data.Sqlite;
using Nanonets.Sending;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Journal.Storage;

/// <summary>What rebuilds found at the service and the journal did not know.</summary>
internal sealed class ListedTable(PreparedCommands commands)
{
    /// <summary>Keeps a file unless it belongs to an entry. A later listing may tell more of it.</summary>
    public void Keep(long target, ListedUpload file) => commands.Execute(
        """
        INSERT OR REPLACE INTO listed (target, request_file_id, input, mark, attempt, metadata_digest, uploaded_at)
        SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS (SELECT 1 FROM entry WHERE request_file_id = $2 AND target = $1)
        """,
        target, file.RequestFileId, file.Input, file.Tag?.Id, file.Tag?.Attempt, file.MetadataDigest, file.UploadedAt?.UtcTicks);

    /// <summary>Files that may be a document, by its tag or, without one, by name. None belongs to another entry.</summary>
    public IReadOnlyList<ListedUpload> Of(long target, JournalEntry entry)
    {
        const string free = "AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.request_file_id = listed.request_file_id AND "
            + "entry.target = listed.target)";
        return
        [
            .. Read("SELECT request_file_id, input, mark, attempt, metadata_digest, uploaded_at FROM listed WHERE target = "
                + $"$1 AND mark = $2 {free}", target, UploadTag.IdOf(entry.Key)),
            .. Read(
                "SELECT request_file_id, input, mark, attempt, metadata_digest, uploaded_at FROM listed WHERE target = $1 AND mark IS "
                    + $"NULL AND input = $2 COLLATE NOCASE {free}",
                target, entry.Input),
        ];
    }

    private List<ListedUpload> Read(string sql, params object?[] values)
    {
        var files = new List<ListedUpload>();
        using SqliteDataReader row = commands.Get(sql, values).ExecuteReader();
        while (row.Read())
        {
            UploadTag? tag = row.IsDBNull(2) ? null : new UploadTag(row.GetString(2), row.GetInt32(3));
            DateTimeOffset? at = row.IsDBNull(5) ? null : new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero);
            files.Add(new ListedUpload(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), tag, row.GetString(4), at));
        }

        return files;
    }
}
