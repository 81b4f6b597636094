using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nanonets.Journaling;

/// <summary>
/// The address of a journal in a database server, in libpq's form:
/// <c>postgresql://user:password@host:port,host:port/database?name=value</c>. What is wrong with one is said without showing it, since it
/// may hold a password.
/// </summary>
internal sealed class JournalAddress
{
    private static readonly string[] s_schemes = ["postgresql://", "postgres://"];

    /// <summary>Parameters of libpq that have a meaning here; ours is <c>schema</c>.</summary>
    private static readonly string[] s_known =
    [
        "host", "port", "dbname", "user", "password", "passfile", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout",
        "application_name", "target_session_attrs", "schema",
    ];

    private readonly Dictionary<string, string> _parameters;

    private JournalAddress(string shown, Dictionary<string, string> parameters) => (Shown, _parameters) = (shown, parameters);

    /// <summary>The address without a password.</summary>
    public string Shown { get; }

    /// <summary>The servers, in the order in which they are tried; a path for a socket of this machine.</summary>
    public IReadOnlyList<(string Host, int Port)> Hosts { get; private set; } = [];

    /// <summary>Whether every server is on this machine.</summary>
    public bool IsLocal => Hosts.All(static server => IsLocalHost(server.Host));

    /// <summary>Whether a text is such an address, and not a path.</summary>
    public static bool Is(string text) => SchemeOf(text) is not null;

    /// <summary>A parameter; null when it is not given.</summary>
    public string? this[string name] => _parameters.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <exception cref="FormatException">It is no such address. The message does not show it.</exception>
    public static JournalAddress Parse(string text)
    {
        string rest = text.Substring((SchemeOf(text) ?? throw new FormatException("it does not begin with postgresql://")).Length);
        (rest, string query) = Split(rest, '?');
        (string authority, string database) = Split(rest, '/');
        if (Split(database, '@').Before != database)
            throw new FormatException("it has an @ after a /; in a password write / as %2F, ? as %3F and @ as %40");
        int at = authority.LastIndexOf('@');
        (string user, string password) = Split(at < 0 ? string.Empty : authority.Substring(0, at), ':');
        string servers = authority.Substring(at + 1);
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["user"] = Decoded(user), ["password"] = Decoded(password), ["dbname"] = Decoded(database),
        };
        foreach (string pair in query.Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            (string name, string value) = Split(pair, '=');
            if (!s_known.Contains(name, StringComparer.Ordinal))
                throw new FormatException($"its parameter '{name}' is not known; there are {string.Join(", ", s_known)}");
            parameters[name] = Decoded(value);
        }

        string userInfo = user.Length > 0 ? user + "@" : string.Empty;
        string shownQuery = string.Join("&", query.Split(['&'], StringSplitOptions.RemoveEmptyEntries)
            .Where(static pair => !pair.StartsWith("password=", StringComparison.Ordinal)));
        string shown = $"postgresql://{userInfo}{servers}{(database.Length > 0 ? "/" + database : string.Empty)}"
            + (shownQuery.Length > 0 ? "?" + shownQuery : string.Empty);
        var address = new JournalAddress(shown, parameters);
        address.Hosts = address.ReadHosts(servers);
        address.Check();
        return address;
    }

    /// <summary>The address without a password.</summary>
    public override string ToString() => Shown;

    private static string? SchemeOf(string text) =>
        Array.Find(s_schemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    private static bool IsLocalHost(string host) =>
        host[0] is '/' or '@' || host == "::1" || host.StartsWith("127.", StringComparison.Ordinal)
        || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase);

    private List<(string Host, int Port)> ReadHosts(string servers)
    {
        var hosts = new List<(string, int)>();
        foreach (string server in (servers.Length > 0 ? servers : this["host"] ?? "localhost").Split(','))
        {
            // An address of IPv6 stands in brackets.
            int end = server.LastIndexOf(']');
            int colon = server.IndexOf(':', end + 1);
            string host = Decoded(colon < 0 ? server : server.Substring(0, colon)).Trim('[', ']');
            string port = colon < 0 ? this["port"] ?? "5432" : server.Substring(colon + 1);
            if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is 0 or > 65535)
                throw new FormatException("a port in it is not a number from 1 to 65535");
            hosts.Add((host.Length > 0 ? host : "localhost", number));
        }

        return hosts;
    }

    private void Check()
    {
        if (this["sslmode"] is { } mode && mode is not ("disable" or "allow" or "prefer" or "require" or "verify-ca" or "verify-full"))
            throw new FormatException($"its sslmode '{mode}' is none of disable, allow, prefer, require, verify-ca and verify-full");
        if (this["schema"] is { } schema && !(schema.Length <= 63 && schema.All(static letter => letter is '_' or (>= 'a' and <= 'z')
            or (>= '0' and <= '9'))))
            throw new FormatException("its schema may have lower-case letters, digits and _, 63 at most");
    }

    private static (string Before, string After) Split(string text, char separator)
    {
        int at = text.IndexOf(separator);
        return at < 0 ? (text, string.Empty) : (text.Substring(0, at), text.Substring(at + 1));
    }

    /// <summary>Percent signs as in libpq; a plus sign stays one.</summary>
    private static string Decoded(string text)
    {
        try
        {
            return Uri.UnescapeDataString(text);
        }
        catch (UriFormatException)
        {
            throw new FormatException("a part of it has a % that is not followed by two digits");
        }
    }
}
