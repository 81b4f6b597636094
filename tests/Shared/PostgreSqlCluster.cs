using System;
using System.Globalization;
using System.Threading.Tasks;
using Nanonets.Journal.PostgreSql;
using Nanonets.Journal.PostgreSql.Serving;
using Nanonets.Journaling;

namespace Nanonets.Tests;

/// <summary>
/// A server that the tests of an assembly share, made when the first of them asks for it. Where the environment names a server
/// (<c>NANONETS_TEST_POSTGRESQL</c>, an address), that one is used.
/// </summary>
public sealed class PostgreSqlCluster : PostgreSqlServer, IAsyncLifetime
{
    private const string Variable = "NANONETS_TEST_POSTGRESQL";
    private const string NotThere = "There is no PostgreSQL server to test with. Install it (Debian: apt-get install postgresql), or name "
        + "one with the environment variable " + Variable + ".";

    private readonly Lazy<Task<bool>> _made;

    public PostgreSqlCluster() => _made = new Lazy<Task<bool>>(MakeAsync);

    /// <summary>A new journal on the server, in a schema of its own. Skips the test where there is no server.</summary>
    public string NewAddress() => Address($"t_{Guid.NewGuid():N}");

    /// <summary>The address of a journal on the server.</summary>
    public string Address(string schema, int? port = null)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return $"{named}{(named.Contains('?', StringComparison.Ordinal) ? '&' : '?')}schema={schema}";

        Assert.SkipUnless(_made.Value.GetAwaiter().GetResult(), NotThere);
        return string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@127.0.0.1:{port ?? Port}/postgres?schema={schema}");
    }

    /// <summary>Skips a test that kills and stops the server where that is not the tests' own.</summary>
    public void NeedOwn()
    {
        Address("own");
        Assert.SkipUnless(IsMade, "This test kills, copies or configures the server, which must be its own for that.");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs a statement as the administrator.</summary>
    public async Task<object?> ExecuteAsync(string sql, int? port = null)
    {
        await using Npgsql.NpgsqlDataSource source = ServerSettings.DataSource(
            JournalLocation.OfDatabase(Address("any", port)), new JournalTimes());
        await using Npgsql.NpgsqlConnection connection = await source.OpenConnectionAsync();
        await using Npgsql.NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;

        // A million rows take their time.
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync();
    }
}
