using System;
using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Errors;
using Nanonets.Journaling;
using Nanonets.Sessions;

namespace Nanonets.JournalLoading;

/// <summary>Finds the journal that is meant: the one given, else the connection's, else the environment's.</summary>
internal static class UsedJournal
{
    private const string Variable = "NANONETS_JOURNAL";

    /// <summary>The journal; null when none is meant.</summary>
    /// <param name="cmdlet">Whose current location counts.</param>
    /// <param name="given">What the user gave to -Journal; null when nothing.</param>
    /// <param name="connection">The connection; null when there is none.</param>
    public static JournalLocation? Find(PSCmdlet cmdlet, string? given, NanonetsConnection? connection) =>
        Named(given, connection) is not { } named ? null
            : given is null && connection?.JournalLocation is { } usual ? usual : Of(cmdlet, named, connection?.JournalCredential);

    /// <summary>The journal that is meant, as it is named; null when none is.</summary>
    public static string? Named(string? given, NanonetsConnection? connection) => given ?? connection?.Journal ?? InEnvironment;

    /// <summary>The journal that a parameter names: a path, or the address of a database.</summary>
    /// <param name="credential">For a database; null for none.</param>
    public static JournalLocation Of(PSCmdlet cmdlet, string named, PSCredential? credential)
    {
        if (!JournalAddress.Is(named))
            return JournalLocation.OfFile(FileSystemPath.Of(cmdlet, named));

        try
        {
            return OfDatabase(named, credential);
        }
        catch (NanonetsException wrong)
        {
            // Without the address: it may hold a password.
            cmdlet.ThrowTerminatingError(ErrorTable.From(wrong, null));
            throw;
        }
    }

    /// <summary>The journal at the address of a database.</summary>
    /// <exception cref="NanonetsException">
    /// It is no address that can be used. The message does not show it: it may hold a password.
    /// </exception>
    public static JournalLocation OfDatabase(string address, PSCredential? credential) =>
        RunspaceConnections.Current.Remember(JournalLocation.OfDatabase(address, credential?.GetNetworkCredential()));

    private static string? InEnvironment => Environment.GetEnvironmentVariable(Variable)?.Trim() is { Length: > 0 } value ? value : null;
}
