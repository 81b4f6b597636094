using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;

namespace Nanonets.Journal.Storage;

/// <summary>The commands over one connection, each prepared once.</summary>
internal sealed class PreparedCommands(JournalDatabase database) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    /// <summary>A command with its values, which are named $1, $2 … in it.</summary>
    public SqliteCommand Get(string sql, params object?[] values)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            _commands[sql] = command = database.Prepare(sql);
            for (int number = 1; number <= values.Length; number++)
                command.Parameters.Add(new SqliteParameter($"${number}", null));
        }

        for (int at = 0; at < values.Length; at++)
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
        return command;
    }

    public void Execute(string sql, params object?[] values) => Get(sql, values).ExecuteNonQuery();

    /// <summary>One value; null when there is none.</summary>
    public object? Value(string sql, params object?[] values) =>
        Get(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values)
            command.Dispose();
    }
}
