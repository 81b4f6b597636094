using System.Collections.Generic;
using System.Threading;
using Nanonets.Http;
using Nanonets.Journal.PostgreSql.Serving;
using Nanonets.Journal.PostgreSql.Storage;
using Nanonets.Journaling;

namespace Nanonets.Journal.PostgreSql;

/// <summary>What the module loads this assembly for.</summary>
internal sealed class PostgreSqlJournalLibrary : IJournalLibrary
{
    /// <inheritdoc/>
    public IUploadJournal Open(JournalLocation location) => PostgreSqlJournal.Open(location);

    /// <inheritdoc/>
    public IUploadJournal OpenReadOnly(JournalLocation location) => PostgreSqlJournal.OpenReadOnly(location);

    /// <inheritdoc/>
    public bool Exists(JournalLocation location)
    {
        using var server = new Server(location, new JournalTimes());
        return server.Run(connection => Schema.FormatAsync(server, connection, CancellationToken.None)) > 0;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ConnectionCheck> Check(JournalLocation location)
    {
        // Somebody waits for the answer, and no document depends on it.
        using var server = new Server(location, JournalTimes.Impatient);
        return server.Run(connection => new ServerCheck(server, Clock.System).LookAsync(connection));
    }

    /// <inheritdoc/>
    public string SchemaScript(JournalLocation location, string? role) =>
        Schema.Current.Script(ServerSettings.SchemaOf(location.Address!), role);
}
