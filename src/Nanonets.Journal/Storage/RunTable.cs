using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Microsoft.Data.Sqlite;
using Nanonets.Journal.Files;

namespace Nanonets.Journal.Storage;

/// <summary>The runs a journal has seen. Whether one lives is not what its row says, but whether its lock is held.</summary>
internal sealed class RunTable(JournalDatabase database)
{
    /// <summary>A run that is gone never comes back.</summary>
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    /// <summary>Enters a run whose lock is held.</summary>
    public void Add(string runId, DateTimeOffset at)
    {
        using SqliteCommand command = database.Prepare("INSERT INTO run (id, process, started_at) VALUES ($id, $process, $at)");
        using var process = Process.GetCurrentProcess();
        command.Parameters.AddWithValue("$id", runId);
        command.Parameters.AddWithValue("$process", process.Id);
        command.Parameters.AddWithValue("$at", at.UtcTicks);
        command.ExecuteNonQuery();
    }

    /// <summary>Notes that a run has ended by itself.</summary>
    public void End(string runId, DateTimeOffset at)
    {
        using SqliteCommand command = database.Prepare("UPDATE run SET ended_at = $at WHERE id = $id");
        command.Parameters.AddWithValue("$id", runId);
        command.Parameters.AddWithValue("$at", at.UtcTicks);
        command.ExecuteNonQuery();
    }

    /// <summary>Whether a run other than the asking one lives.</summary>
    public bool IsAlive(string? runId, string? asking = null)
    {
        if (runId is null || runId == asking || _gone.Contains(runId))
            return false;
        if (RunLock.IsAlive(database.Location, runId))
            return true;

        _gone.Add(runId);
        return false;
    }

    /// <summary>Runs that were cut off, and of which nobody has noted it yet.</summary>
    public IReadOnlyCollection<string> Dead() => [.. Open().Where(runId => !IsAlive(runId))];

    /// <summary>Notes that runs have ended which did not end by themselves.</summary>
    public void EndDead(IEnumerable<string> dead)
    {
        foreach (string runId in dead)
        {
            using SqliteCommand command = database.Prepare("UPDATE run SET ended_at = started_at WHERE id = $id");
            command.Parameters.AddWithValue("$id", runId);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Whether any run lives.</summary>
    public bool AnyAlive() => Open().Exists(runId => IsAlive(runId));

    /// <summary>Runs that have not ended, as far as their rows say.</summary>
    private List<string> Open()
    {
        using SqliteCommand command = database.Prepare("SELECT id FROM run WHERE ended_at IS NULL");
        var open = new List<string>();
        using (SqliteDataReader row = command.ExecuteReader())
        {
            while (row.Read())
                open.Add(row.GetString(0));
        }

        return open;
    }
}
