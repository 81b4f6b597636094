using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journal.PostgreSql.Serving;
using Npgsql;

namespace Nanonets.Journal.PostgreSql.Storage;

/// <summary>The tables of a journal, as the steps that lead from nothing to the newest format.</summary>
/// <param name="steps">The steps, oldest first; tests bring their own. The schema stands for <c>@</c>.</param>
internal sealed class Schema(IReadOnlyList<string> steps)
{
    private const string First = """
        CREATE TABLE @journal (
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
            format integer NOT NULL,         -- how many steps were made
            id text NOT NULL,                -- random; another journal in the same place has another
            continuity integer NOT NULL,     -- of models that are not in target yet
            known_until bigint,              -- the last change before entries may have been lost
            timeline text                    -- of the server, which changes with a failover
        );
        CREATE TABLE @run (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            id text NOT NULL UNIQUE,
            machine text NOT NULL,
            account text NOT NULL,
            process integer NOT NULL,
            started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            expires_at timestamptz NOT NULL, -- by the clock of this server; then its claims pass on
            ended_at timestamptz,            -- once it has ended it never lives again
            changes bigint NOT NULL DEFAULT 0,
            round uuid                       -- its last transaction
        ) WITH (fillfactor = 50);
        CREATE INDEX run_open ON @run (expires_at) WHERE ended_at IS NULL;
        CREATE TABLE @target (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            origin text NOT NULL,
            model_id text NOT NULL,
            continuity integer NOT NULL,
            known_until bigint,
            doubts integer NOT NULL DEFAULT 0, -- how often entries may have been lost
            pace text,                       -- the page window
            version bigint NOT NULL DEFAULT 0,
            round uuid,
            UNIQUE (origin, model_id)
        ) WITH (fillfactor = 50);
        -- What a rebuild found at the service and the journal did not know.
        CREATE TABLE @listed (
            target bigint NOT NULL REFERENCES @target,
            request_file_id text NOT NULL,
            input text,
            name text,                       -- the input in capitals
            mark text,                       -- of our tag; null when it has none
            attempt integer,
            metadata_digest text NOT NULL,
            uploaded_at bigint,
            PRIMARY KEY (target, request_file_id)
        );
        CREATE INDEX listed_mark ON @listed (target, mark) WHERE mark IS NOT NULL;
        CREATE INDEX listed_name ON @listed (target, name) WHERE mark IS NULL;
        -- All times of entries are UTC ticks of .NET, by the clock of the service.
        CREATE TABLE @entry (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            target bigint NOT NULL REFERENCES @target,
            content_hash text NOT NULL,
            pages text NOT NULL,
            metadata_digest text NOT NULL,
            created_at bigint NOT NULL,
            state integer NOT NULL,
            charged integer NOT NULL,
            input text NOT NULL,
            source_path text,
            bytes bigint NOT NULL,
            request_file_id text,
            page_count integer,
            attempts integer NOT NULL,
            ambiguous_attempts integer NOT NULL,
            accepted_at bigint,
            changed_at bigint NOT NULL,
            error_id text,
            message text,
            run bigint REFERENCES @run,
            seen text NOT NULL,              -- the attempts
            answered_from bigint,            -- the answered attempt, for neighbours
            answered_to bigint,
            version bigint NOT NULL DEFAULT 0, -- changes with every change
            round uuid,                      -- the transaction of the last one
            UNIQUE (target, content_hash, pages, metadata_digest)
        ) WITH (fillfactor = 80);
        CREATE INDEX entry_changed ON @entry (changed_at, id);
        CREATE INDEX entry_file ON @entry (request_file_id) WHERE request_file_id IS NOT NULL;
        CREATE INDEX entry_open ON @entry (target) WHERE state IN (1, 2, 3);
        CREATE INDEX entry_path ON @entry (source_path) WHERE source_path IS NOT NULL;
        CREATE INDEX entry_answered_from ON @entry (target, answered_from) WHERE answered_from IS NOT NULL;
        CREATE INDEX entry_answered_to ON @entry (target, answered_to) WHERE answered_to IS NOT NULL;
        INSERT INTO @journal (format, id, continuity) VALUES (1, replace(gen_random_uuid()::text, '-', ''), 1);
        """;

    /// <summary>What this version of the module writes.</summary>
    public static Schema Current { get; } = new([First]);

    /// <summary>The steps, oldest first.</summary>
    public IReadOnlyList<string> Steps => steps;

    /// <summary>Brings a database to the newest format; nothing is asked for where it has it.</summary>
    /// <exception cref="JournalDatabaseException">It has a newer one, or is in use by a run of an older version.</exception>
    public async Task ApplyAsync(Server server, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        int format = Checked(await FormatAsync(server, connection, cancellationToken).ConfigureAwait(false));
        if (format == steps.Count)
            return;

        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            // The second of two who come at once waits here, and finds it done.
            await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock(hashtext('nanonets {server.Schema}'))", cancellationToken)
                .ConfigureAwait(false);
            format = Checked(await FormatAsync(server, connection, cancellationToken).ConfigureAwait(false));
            const string isThere = "SELECT 1 FROM pg_namespace WHERE nspname = $1";
            if (format == 0
                && await ScalarAsync(connection, isThere, cancellationToken, server.Schema).ConfigureAwait(false) is null)
                await ExecuteAsync(connection, $"CREATE SCHEMA {server.Schema}", cancellationToken).ConfigureAwait(false);
            if (format > 0 && format < steps.Count && await ScalarAsync(
                connection, server.Sql("SELECT 1 FROM @run WHERE ended_at IS NULL AND expires_at > clock_timestamp() LIMIT 1"),
                cancellationToken).ConfigureAwait(false) is not null)
            {
                throw new JournalDatabaseException("must be updated to this version of the module, but a run of an older version is using "
                    + "it; try again after that run");
            }

            foreach (string step in steps.Skip(format))
                await ExecuteAsync(connection, server.Sql(step), cancellationToken).ConfigureAwait(false);
            if (format < steps.Count)
                await ExecuteAsync(connection, server.Sql(SetFormat), cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Checks that a journal can be read as it is.</summary>
    /// <exception cref="JournalDatabaseException">There is none, or one of another format.</exception>
    public async Task CheckAsync(Server server, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        int format = Checked(await FormatAsync(server, connection, cancellationToken).ConfigureAwait(false));
        if (format == 0)
            throw new JournalDatabaseException("does not exist");
        if (format < steps.Count)
            throw new JournalDatabaseException("was written by an older version of the module; Send-NanonetsDocument -Journal updates it");
    }

    /// <summary>The format of the journal in a database; 0 when there is none.</summary>
    /// <remarks>By the catalogue itself: the names that a session has looked up it remembers, also that there was none.</remarks>
    public static async Task<int> FormatAsync(Server server, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string isThere =
            "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = 'journal'";
        return await ScalarAsync(connection, isThere, cancellationToken, server.Schema).ConfigureAwait(false) is null
            ? 0
            : (int)(await ScalarAsync(connection, server.Sql("SELECT format FROM @journal"), cancellationToken).ConfigureAwait(false) ?? 0);
    }

    /// <summary>What an administrator runs where the account of the runs may not make tables.</summary>
    /// <param name="schema">The name of the schema.</param>
    /// <param name="role">Who gets the rights that suffice for runs; null for nobody.</param>
    public string Script(string schema, string? role)
    {
        string grants = role is null ? string.Empty : $"""

            GRANT USAGE ON SCHEMA {schema} TO {Quoted(role)};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {Quoted(role)};
            """;
        string made = string.Join("\n", steps.Append(SetFormat)).Replace("@", schema + ".", StringComparison.Ordinal);
        return $"BEGIN;\nCREATE SCHEMA IF NOT EXISTS {schema};\n{made}{grants}\nCOMMIT;\n"
            .ReplaceLineEndings();
    }

    private string SetFormat => string.Create(CultureInfo.InvariantCulture, $"UPDATE @journal SET format = {steps.Count};");

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private int Checked(int format) => format <= steps.Count ? format : throw new JournalDatabaseException(
        $"was written by a newer version of the module (format {format}, this one knows {steps.Count})");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<object?> ScalarAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, string? value = null)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        if (value is not null)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is { } found and not DBNull ? found : null;
    }
}
