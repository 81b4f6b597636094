using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Security.Authentication;
using Nanonets.Journaling;
using Npgsql;

namespace Nanonets.Journal.PostgreSql.Serving;

/// <summary>Explains why a journal in a database cannot be used, in words for the person who has to mend it.</summary>
internal static class ServerFailure
{
    /// <summary>Whether a failure is the database's or its connection's, and not a fault of the program.</summary>
    public static bool Concerns(Exception failure) =>
        failure is NpgsqlException or IOException or SocketException or TimeoutException or AuthenticationException
            or JournalDatabaseException;

    /// <summary>Whether the same may succeed in a moment: the server is restarting, failing over, or was not reached.</summary>
    public static bool IsPassing(Exception failure) => failure switch
    {
        PostgresException answer => answer.SqlState switch
        {
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
                or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.QueryCanceled
                or PostgresErrorCodes.ReadOnlySqlTransaction => true,

            // What a pooler says while it cannot reach its server.
            "08P01" or "08006" or "08001" or "08003" or "58000" => true,
            _ => false,
        },
        NpgsqlException { InnerException: AuthenticationException } => false,

        // The provider's own word: no encryption, no password. Of several servers also that none is the primary just now.
        NpgsqlException { InnerException: null } => failure.Message.StartsWith("No suitable host", StringComparison.Ordinal),
        NpgsqlException { InnerException: AggregateException each } => each.InnerExceptions.Any(IsPassing),
        NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound } } => false,
        SocketException { SocketErrorCode: SocketError.HostNotFound } => false,
        NpgsqlException or IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>The error a user sees.</summary>
    public static NanonetsException Explain(Exception failure, JournalLocation location) => failure as NanonetsException
        ?? new NanonetsException(NanonetsErrorId.JournalUnavailable, $"The journal '{location}' {Cause(failure)}.", failure);

    private static string Cause(Exception failure) => failure switch
    {
        JournalDatabaseException => failure.Message,
        PostgresException answer => Cause(answer),
        NpgsqlException { InnerException: CertificateRefusedException refused } =>
            $"cannot be used: the server's certificate is not accepted: {refused.Message}",
        NpgsqlException { InnerException: AuthenticationException tls } =>
            $"cannot be used: no encrypted connection with the server comes about ({Text(tls)})",
        NpgsqlException { InnerException: AggregateException each } =>
            Cause(each.InnerExceptions.FirstOrDefault(static one => !IsPassing(one)) ?? each.InnerExceptions[0]),
        NpgsqlException { InnerException: { } inner } => $"cannot be reached: {Text(inner)}",
        NpgsqlException => $"cannot be used: {Text(failure)}",
        TimeoutException => "cannot be reached: the server did not answer in time",
        _ => $"cannot be reached: {Text(failure)}",
    };

    private static string Cause(PostgresException answer) => answer.SqlState switch
    {
        PostgresErrorCodes.InsufficientPrivilege =>
            $"cannot be used: the account may not do this ({answer.MessageText}). Get-NanonetsJournalSchema writes the script that makes "
                + "the tables and grants what is needed",
        PostgresErrorCodes.DiskFull => "cannot be written: the disk of the database server is full",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"cannot be used: the server refuses the account ({answer.MessageText})",
        PostgresErrorCodes.InvalidCatalogName => $"cannot be used: {answer.MessageText}",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn =>
            $"is not whole: {answer.MessageText}",
        PostgresErrorCodes.ReadOnlySqlTransaction => "cannot be written: the server is a standby, or is read-only",
        PostgresErrorCodes.TooManyConnections => "cannot be reached: the server has no connection left",
        PostgresErrorCodes.DuplicateTable => $"cannot be made: its schema has tables of another program ({answer.MessageText})",
        _ => $"cannot be used: {answer.MessageText.TrimEnd('.')} ({answer.SqlState})",
    };

    private static string Text(Exception failure) => failure.Message.TrimEnd('.');
}

/// <summary>A journal that cannot be used; the message goes on from "The journal '…' ".</summary>
internal sealed class JournalDatabaseException(string message) : Exception(message);
