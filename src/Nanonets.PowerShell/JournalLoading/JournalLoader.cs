using System;
using System.IO;
using System.Reflection;
using Nanonets.Journaling;

namespace Nanonets.JournalLoading;

/// <summary>
/// Loads the journal's library when a journal is first asked for, from a folder of its own beside the cmdlets. Importing the module loads
/// none of it, and whatever version of SQLite another module brings stays that module's.
/// </summary>
internal static class JournalLoader
{
    private const string AssemblyName = "Nanonets.Journal";
    private const string TypeName = "Nanonets.Journal.SqliteJournalLibrary";

    private static readonly object s_lock = new();
    private static IJournalLibrary? s_library;

    /// <summary>The library.</summary>
    /// <exception cref="NanonetsException">JournalUnavailable: the library is missing or does not fit this system.</exception>
    public static IJournalLibrary Library
    {
        get
        {
            lock (s_lock)
                return s_library ??= Load();
        }
    }

    private static IJournalLibrary Load()
    {
        // …/Nanonets/core/Nanonets.PowerShell.dll → …/Nanonets/journal/core/
        string edition = Path.GetDirectoryName(typeof(JournalLoader).Assembly.Location)!;
        string folder = Path.Combine(Path.GetDirectoryName(edition)!, "journal");
        string path = Path.Combine(folder, Path.GetFileName(edition), AssemblyName + ".dll");
        try
        {
            string native = NativeLibraryPath.For(Path.Combine(folder, "native"));
            Assembly assembly = JournalAssemblies.Load(path, native);
            return (IJournalLibrary)Activator.CreateInstance(assembly.GetType(TypeName, throwOnError: true)!, nonPublic: true)!;
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
