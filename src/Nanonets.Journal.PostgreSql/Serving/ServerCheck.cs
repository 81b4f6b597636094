using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Journal.PostgreSql.Storage;
using Nanonets.Journaling;
using Npgsql;

namespace Nanonets.Journal.PostgreSql.Serving;

/// <summary>
/// Looks whether a run could use the journal in a database: is it there, of which format, with which rights, how safe is the way.
/// </summary>
internal sealed class ServerCheck(Server server, Clock clock)
{
    /// <summary>Claims and pace go by the clock of the database; a machine that is wrong by more has other worries.</summary>
    private static readonly TimeSpan s_usualDifference = TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<ConnectionCheck>> LookAsync(NpgsqlConnection connection)
    {
        int format = await Schema.FormatAsync(server, connection, CancellationToken.None).ConfigureAwait(false);
        string name = $"{server.Location}, PostgreSQL {connection.PostgreSqlVersion}";
        List<ConnectionCheck> checks = [await JournalAsync(connection, name, format).ConfigureAwait(false)];
        if (format > 0)
            checks.Add(await RightsAsync(connection).ConfigureAwait(false));
        checks.Add(await WayAsync(connection).ConfigureAwait(false));
        checks.Add(await ClockAsync(connection).ConfigureAwait(false));
        return checks;
    }

    private async Task<ConnectionCheck> JournalAsync(NpgsqlConnection connection, string name, int format)
    {
        const string check = "Journal";
        int newest = Schema.Current.Steps.Count;
        if (format > newest)
        {
            return new ConnectionCheck(check, CheckStatus.Failed, $"{name} has format {format}, this module knows {newest}",
                "Update the module on this machine.");
        }

        if (await FlagAsync(connection, "SELECT pg_is_in_recovery()").ConfigureAwait(false))
        {
            return new ConnectionCheck(
                check, CheckStatus.Failed, $"{name} is a standby, which takes no uploads", "Use the address of the primary server.");
        }

        if (format == newest)
            return new ConnectionCheck(check, CheckStatus.Ok, $"{name}, format {format}");

        bool mayMake = await FlagAsync(connection, "SELECT CASE WHEN to_regnamespace($1) IS NULL THEN has_database_privilege("
            + "current_database(), 'CREATE') ELSE has_schema_privilege($1, 'CREATE') END", server.Schema).ConfigureAwait(false);
        return mayMake
            ? new ConnectionCheck(
                check, CheckStatus.Ok, format == 0 ? $"{name} has no journal yet; the first run creates it"
                    : $"{name} has format {format}; the first run updates it to {newest}")
            : new ConnectionCheck(check, CheckStatus.Failed, $"{name} has no journal yet, and this account may not create it",
                "Have an administrator run the script that Get-NanonetsJournalSchema writes.");
    }

    private async Task<ConnectionCheck> RightsAsync(NpgsqlConnection connection)
    {
        bool suffice = await FlagAsync(
            connection,
            "SELECT bool_and(has_table_privilege($1 || t, right_)) "
                + "FROM unnest(ARRAY['.journal', '.run', '.target', '.listed', '.entry']) t, "
                + "unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) right_", server.Schema).ConfigureAwait(false);
        return suffice
            ? new ConnectionCheck("JournalRights", CheckStatus.Ok, "the account may read and write rows")
            : new ConnectionCheck("JournalRights", CheckStatus.Failed, "the account may not read and write rows of every table",
                "Get-NanonetsJournalSchema -Role writes the script that grants it.");
    }

    /// <summary>
    /// What the address demands holds. Where it leaves it open the server is asked; a pooler between has it tell of its own way to it.
    /// </summary>
    private async Task<ConnectionCheck> WayAsync(NpgsqlConnection connection)
    {
        const string check = "JournalTls";
        JournalAddress address = server.Location.Address!;
        string mode = ServerSettings.SslModeOf(address);
        bool isEncrypted = mode is "require" or "verify-ca" or "verify-full" || await FlagAsync(
            connection, "SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)").ConfigureAwait(false);
        string found = $"{(isEncrypted ? "encrypted" : "not encrypted")}, sslmode {mode}";
        return address.IsLocal || mode.StartsWith("verify", StringComparison.Ordinal)
            ? new ConnectionCheck(check, CheckStatus.Ok, address.IsLocal ? found + ", on this machine" : found)
            : new ConnectionCheck(
                check, CheckStatus.Warning, found + ": nobody verifies that this is the server", "Use sslmode=verify-full, the default.");
    }

    private async Task<ConnectionCheck> ClockAsync(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = "SELECT clock_timestamp()";
        var then = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync().ConfigureAwait(false))!);
        TimeSpan apart = clock.UtcNow - then;
        string found = string.Create(CultureInfo.InvariantCulture, $"{apart.TotalSeconds:0.0} s apart from the database");
        return apart.Duration() <= s_usualDifference
            ? new ConnectionCheck("JournalClock", CheckStatus.Ok, found)
            : new ConnectionCheck("JournalClock", CheckStatus.Warning, found + ", whose clock is the one that counts",
                "Set the clock of this machine, or that of the database server.");
    }

    private static async Task<bool> FlagAsync(NpgsqlConnection connection, string sql, string? value = null)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        if (value is not null)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteScalarAsync().ConfigureAwait(false) is true;
    }
}
