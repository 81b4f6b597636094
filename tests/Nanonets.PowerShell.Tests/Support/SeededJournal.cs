using System;
using System.Globalization;
using System.Linq;
using Microsoft.Data.Sqlite;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>
/// A journal that the staged module has made and that a test fills with entries of its own choice, through another version of the SQLite
/// library than the module's.
/// </summary>
public sealed class SeededJournal
{
    private readonly SqliteConnectionStringBuilder _connection;

    /// <param name="path">Full path of a file that is not there yet.</param>
    public SeededJournal(string path)
    {
        Path = path;
        _connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        object location = Type("Nanonets.Client", "Nanonets.Journaling.JournalLocation").GetMethod("OfFile")!.Invoke(null, [path])!;
        object library = Type("Nanonets.PowerShell", "Nanonets.JournalLoading.JournalLoader").GetMethod("For")!.Invoke(null, [location])!;
        ((IDisposable)library.GetType().GetMethod("Open")!.Invoke(library, [location])!).Dispose();
        Execute("INSERT INTO target (number, origin, model_id, continuity) VALUES (1, 'https://app.nanonets.com/api/v2/', 'model-1', 0)");
    }

    public string Path { get; }

    private static Type Type(string assembly, string name) => AppDomain.CurrentDomain.GetAssemblies()
        .Single(loaded => loaded.GetName().Name == assembly).GetType(name, true)!;

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Its name; it lies in the folder of the journal.</param>
    /// <param name="state">Its state.</param>
    /// <param name="changed">When it changed last, UTC.</param>
    /// <param name="pages">Its pages; null when not known.</param>
    public void Add(string name, string state, string changed = "2025-03-17T12:00:00Z", int? pages = null)
    {
        int number = Array.IndexOf(
            ["Planned", "Sending", "Ambiguous", "Held", "Accepted", "Finished", "FinishedWithErrors", "Refused", "Failed"], state);
        bool isDone = number is >= 4 and <= 6;
        int charged = isDone ? 1 : number is >= 1 and <= 3 ? 2 : 0;
        long ticks = DateTimeOffset.Parse(changed, CultureInfo.InvariantCulture).UtcTicks;
        Execute(
            """
            INSERT INTO entry (target, content_hash, pages, metadata_digest, state, charged, input, source_path, bytes, request_file_id, page_count, attempts, ambiguous_attempts,
                created_at, accepted_at, changed_at, seen)
            VALUES (1, $hash, '', '', $state, $charged, $input, $path, 100, $file, $pages, 1, $ambiguous, $at, $accepted, $at, '')
            """,
            ("$hash", "hash-of-" + name), ("$state", number), ("$charged", charged), ("$input", name),
            ("$path", System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, name)),
            ("$file", isDone ? "file-of-" + name : null), ("$pages", pages), ("$ambiguous", charged == 2 ? 1 : 0), ("$at", ticks),
            ("$accepted", isDone ? ticks : null));
    }

    /// <summary>The states in it, in the order they were added.</summary>
    public string[] States()
    {
        using var connection = new SqliteConnection(_connection.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT state FROM entry ORDER BY id";
        using SqliteDataReader row = command.ExecuteReader();
        var states = new System.Collections.Generic.List<string>();
        while (row.Read())
            states.Add(row.GetInt32(0) switch { 0 => "Planned", 3 => "Held", 4 => "Accepted", 5 => "Finished", 8 => "Failed",
                var other => other.ToString(CultureInfo.InvariantCulture) });
        return [.. states];
    }

    private void Execute(string sql, params (string Name, object? Value)[] values)
    {
        using var connection = new SqliteConnection(_connection.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        command.ExecuteNonQuery();
    }
}
