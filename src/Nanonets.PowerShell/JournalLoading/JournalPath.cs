using System;
using System.Management.Automation;
using Nanonets.Binding;

namespace Nanonets.JournalLoading;

/// <summary>Finds the journal that is meant: the one given, else the connection's, else the environment's.</summary>
internal static class JournalPath
{
    private const string Variable = "NANONETS_JOURNAL";

    /// <summary>Full path of the journal; null when none is meant.</summary>
    /// <param name="cmdlet">Whose current location counts.</param>
    /// <param name="given">What the user gave to -Journal; null when nothing.</param>
    /// <param name="connection">The connection; null when there is none.</param>
    public static string? Find(PSCmdlet cmdlet, string? given, NanonetsConnection? connection) =>
        Named(given, connection) is { } named ? FileSystemPath.Of(cmdlet, named) : null;

    /// <summary>The journal that is meant, as it is named; null when none is.</summary>
    public static string? Named(string? given, NanonetsConnection? connection) => given ?? connection?.Journal ?? InEnvironment;

    private static string? InEnvironment => Environment.GetEnvironmentVariable(Variable)?.Trim() is { Length: > 0 } value ? value : null;
}
