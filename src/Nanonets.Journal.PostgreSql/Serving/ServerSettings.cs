using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
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
        string mode = SslModeOf(address);
        if (mode.StartsWith("verify", StringComparison.Ordinal))
        {
            X509Certificate2Collection? authorities = RootOf(address) is { } root ? ServerCertificate.Authorities(root) : null;
            settings.SslMode = SslMode.Require;
            builder.UseSslClientAuthenticationOptionsCallback(new ServerCertificate(mode == "verify-full", authorities).Demand);
        }
        else
        {
            settings.SslMode = Enum.Parse<SslMode>(mode, ignoreCase: true);
        }

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

    /// <summary>
    /// How the way is protected, in libpq's words. On the way to another machine what is not encrypted and verified must be asked for; who
    /// names an authority wants it verified.
    /// </summary>
    public static string SslModeOf(JournalAddress address) => (address["sslmode"], Root: address["sslrootcert"]) switch
    {
        (null, null) when address.IsLocal => "prefer",
        (null, _) => "verify-full",
        ("require", not null) => "verify-ca",
        (string mode, _) => mode,
    };

    /// <summary>The file of authorities, from where libpq takes it; null for those that the machine knows.</summary>
    private static string? RootOf(JournalAddress address)
    {
        string? root = address["sslrootcert"] ?? Named(Environment.GetEnvironmentVariable("PGSSLROOTCERT"));
        if (root is not null)
            return root == "system" ? null : root;

        string usual = OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "postgresql", "root.crt")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".postgresql", "root.crt");
        return File.Exists(usual) ? usual : null;
    }

    private static string HostText(string host, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}");

    private static string? Named(string? userName) => string.IsNullOrEmpty(userName) ? null : userName;

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException("its connect_timeout is not a number of seconds");
}
