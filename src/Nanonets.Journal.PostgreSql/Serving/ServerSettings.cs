using System;
using System.Globalization;
using System.Linq;
using Nanonets.Journaling;
using Npgsql;

namespace Nanonets.Journal.PostgreSql.Serving;

/// <summary>What the provider is told to reach the database of a journal.</summary>
internal static class ServerSettings
{
    /// <summary>The schema of a journal that names none.</summary>
    private const string UsualSchema = "nanonets";

    /// <summary>The schema in which the journal has its tables.</summary>
    public static string SchemaOf(JournalAddress address) => address["schema"] ?? UsualSchema;

    /// <summary>
    /// The connections to a journal's database. Passwords that are neither in the address nor given apart come from where libpq takes
    /// them: PGPASSWORD and the password file.
    /// </summary>
    /// <exception cref="FormatException">A value in the address is not usable.</exception>
    public static NpgsqlDataSource DataSource(JournalLocation location, JournalTimes times)
    {
        JournalAddress address = location.Address!;
        var builder = new NpgsqlDataSourceBuilder();
        NpgsqlConnectionStringBuilder settings = builder.ConnectionStringBuilder;
        settings.Host = string.Join(",", address.Hosts.Select(static server => HostText(server.Host, server.Port)));
        settings.Username = address["user"] ?? Named(location.Credential?.UserName) ?? Environment.GetEnvironmentVariable("PGUSER")
            ?? Environment.UserName;
        settings.Database = address["dbname"] ?? settings.Username;
        settings.Password = address["password"] ?? location.Credential?.Password;
        settings.Passfile = address["passfile"];
        settings.SslMode = SslModeOf(address);
        settings.RootCertificate = address["sslrootcert"] is { } root and not "system" ? root : null;
        settings.SslCertificate = address["sslcert"];
        settings.SslKey = address["sslkey"];
        settings.ApplicationName = address["application_name"] ?? "Nanonets for PowerShell";
        settings.Timeout = address["connect_timeout"] is { } seconds ? Number(seconds) : (int)times.Connect.TotalSeconds;
        settings.CommandTimeout = (int)times.Command.TotalSeconds;

        // Nothing is kept in a session, so that a pooler in transaction mode may stand between. Types are not asked for: those that are
        // used are the same everywhere.
        settings.NoResetOnClose = true;
        builder.ConfigureTypeLoading(static types => types.EnableTypeLoading(false));
        settings.MaxPoolSize = 8;
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = 5;
        settings.TcpKeepAliveInterval = 5;
        return address.Hosts.Count == 1
            ? builder.Build()
            : builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
    }

    /// <summary>On the way to another machine what is not encrypted and verified must be asked for.</summary>
    private static SslMode SslModeOf(JournalAddress address) => address["sslmode"] switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        null when address.IsLocal => SslMode.Prefer,
        _ => SslMode.VerifyFull,
    };

    private static string HostText(string host, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}");

    private static string? Named(string? userName) => string.IsNullOrEmpty(userName) ? null : userName;

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException("its connect_timeout is not a number of seconds");
}
