using System;
using System.Globalization;
using System.Threading.Tasks;
using Nanonets.Tests;
using Npgsql;

namespace Nanonets.Benchmarks.Contenders;

/// <summary>A PostgreSQL server for journals, on this machine, which syncs to its disk.</summary>
internal sealed class JournalDatabase : IAsyncDisposable
{
    private readonly PostgreSqlServer _server = new();

    private JournalDatabase()
    {
    }

    /// <returns>Null where none is installed.</returns>
    public static async Task<JournalDatabase?> StartAsync()
    {
        var database = new JournalDatabase();
        if (!await database._server.MakeAsync())
            return null;

        await database.ExecuteAsync("ALTER SYSTEM SET fsync = on");
        await database.ExecuteAsync("SELECT pg_reload_conf()");
        return database;
    }

    /// <summary>The address of a journal; each schema is one.</summary>
    public string Address(string schema) =>
        string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@127.0.0.1:{_server.Port}/postgres?schema={schema}");

    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={_server.Port};Username=postgres;Database=postgres;Pooling=false;Command Timeout=0"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
