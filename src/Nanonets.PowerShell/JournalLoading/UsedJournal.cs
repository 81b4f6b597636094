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
    public static JournalLocation? Find(PSCmdlet cmdlet, string? given, NanonetsConnection? connection)
    {
        if (given is null && connection?.JournalLocation is { } usual)
            return usual;

        return (given ?? InEnvironment) is { } named ? Of(cmdlet, named, connection?.JournalCredential) : null;
    }

    /// <summary>The journal that a parameter names: a path, or the address of a database.</summary>
    /// <param name="credential">For a database; null for none.</param>
    public static JournalLocation Of(PSCmdlet cmdlet, string named, PSCredential? credential)
    {
        if (!JournalAddress.Is(named))
            return JournalLocation.OfFile(FileSystemPath.Of(cmdlet, named));

        try
        {
            JournalLocation journal = JournalLocation.OfDatabase(named, credential?.GetNetworkCredential());
            return RunspaceConnections.Current.Remember(journal);
        }
        catch (NanonetsException wrong)
        {
            // Without the address: it may hold a password.
            cmdlet.ThrowTerminatingError(ErrorTable.From(wrong, null));
            throw;
        }
    }

    private static string? InEnvironment => Environment.GetEnvironmentVariable(Variable)?.Trim() is { Length: > 0 } value ? value : null;
}
