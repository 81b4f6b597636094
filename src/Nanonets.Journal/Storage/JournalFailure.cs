using System;
using System.IO;
using Microsoft.Data.Sqlite;

namespace Nanonets.Journal.Storage;

/// <summary>Explains why a journal cannot be used, in words for the person who has to mend it.</summary>
internal static class JournalFailure
{
    /// <summary>What to do about a file that is not whole.</summary>
    public const string Damaged =
        "is damaged. Move it away with its files -wal and -shm, but leave its file -mark, and put a copy from a backup in its place or "
            + "none: the next run then looks at what the service has before it sends";

    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Does something with a journal; a failure of the journal is explained.</summary>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    public static T Explained<T>(string location, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (Concerns(failure))
        {
            throw Explain(failure, location);
        }
    }

    /// <summary>Whether a failure is one of the journal's, and not a fault of the program.</summary>
    public static bool Concerns(Exception failure) =>
        failure is SqliteException or JournalFileException or IOException or UnauthorizedAccessException;

    /// <summary>Whether the same can succeed later with the file still open.</summary>
    public static bool IsPassing(Exception failure) => failure is SqliteException { SqliteErrorCode: Busy or Locked };

    /// <summary>The error a user sees.</summary>
    public static NanonetsException Explain(Exception failure, string location) => failure is NanonetsException known
        ? known
        : new NanonetsException(NanonetsErrorId.JournalUnavailable, $"The journal '{location}' {Cause(failure)}.", failure);

    private static string Cause(Exception failure) => failure switch
    {
        SqliteException sqlite => Cause(sqlite),
        JournalFileException => failure.Message,
        _ => $"cannot be used: {failure.Message.TrimEnd('.')}",
    };

    private static string Cause(SqliteException failure) => failure.SqliteErrorCode switch
    {
        Busy or Locked => "is locked by another process",
        ReadOnly => "cannot be written: it, or its folder, is read-only",
        Full => "cannot be written: the disk is full",
        IoError => $"cannot be written or read: the disk reports an error ({failure.Message.TrimEnd('.')})",
        Corrupt => Damaged,
        CannotOpen => "cannot be opened; check its folder and the permissions",
        NotADatabase => "is not a journal; the file has other content",
        _ => $"cannot be used: {failure.Message.TrimEnd('.')}",
    };
}
