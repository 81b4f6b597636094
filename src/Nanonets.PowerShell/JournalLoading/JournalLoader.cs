using System;
using System.IO;
using System.Reflection;
using Nanonets.Journaling;

namespace Nanonets.JournalLoading;

/// <summary>
/// Loads the library of a kind of journal when one is first asked for, from a folder of its own beside the cmdlets. Importing the module
/// loads none of it, and whatever version of a database's library another module brings stays that module's.
/// </summary>
internal static class JournalLoader
{
    private static readonly object s_lock = new();
    private static IJournalLibrary? s_ofFiles;
    private static IJournalLibrary? s_ofDatabases;

    /// <summary>The library for a journal.</summary>
    /// <exception cref="NanonetsException">JournalUnavailable: the library is missing or does not fit this system.</exception>
    public static IJournalLibrary For(JournalLocation journal)
    {
        lock (s_lock)
            return journal.Address is null ? s_ofFiles ??= LoadOfFiles() : s_ofDatabases ??= LoadOfDatabases();
    }

    private static IJournalLibrary LoadOfFiles()
    {
        // …/Nanonets/core/Nanonets.PowerShell.dll → …/Nanonets/journal/core/
        string folder = Path.Combine(ModuleFolder(out string edition), "journal");
        return Load(folder, "Nanonets.Journal.SqliteJournalLibrary", () => JournalAssemblies.Load(
            Path.Combine(folder, edition, "Nanonets.Journal.dll"), NativeLibraryPath.For(Path.Combine(folder, "native"))));
    }

#if NETSTANDARD2_0
    private static IJournalLibrary LoadOfDatabases() => throw new NanonetsException(
        NanonetsErrorId.JournalUnavailable,
        "A journal in PostgreSQL needs PowerShell 7.4 or later: the library for it does not run in Windows PowerShell 5.1. Run the same "
            + "command in pwsh, or use a journal in a file.");
#else
    private static IJournalLibrary LoadOfDatabases()
    {
        string folder = Path.Combine(ModuleFolder(out _), "journal", "postgresql");
        return Load(folder, "Nanonets.Journal.PostgreSql.PostgreSqlJournalLibrary", () => JournalAssemblies.Load(
            Path.Combine(folder, "Nanonets.Journal.PostgreSql.dll")));
    }
#endif

    private static string ModuleFolder(out string edition)
    {
        string own = Path.GetDirectoryName(typeof(JournalLoader).Assembly.Location)!;
        edition = Path.GetFileName(own);
        return Path.GetDirectoryName(own)!;
    }

    private static IJournalLibrary Load(string folder, string type, Func<Assembly> load)
    {
        try
        {
            return (IJournalLibrary)Activator.CreateInstance(load().GetType(type, throwOnError: true)!, nonPublic: true)!;
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or BadImageFormatException or TypeLoadException
                or DllNotFoundException
            or EntryPointNotFoundException or TargetInvocationException or PlatformNotSupportedException or InvalidCastException)
        {
            string cause = (failure as TargetInvocationException)?.GetBaseException().Message ?? failure.Message;
            throw new NanonetsException(
                NanonetsErrorId.JournalUnavailable,
                $"The journal's library cannot be loaded from '{folder}': {cause.TrimEnd('.')}. Install the module again.", failure);
        }
    }
}
