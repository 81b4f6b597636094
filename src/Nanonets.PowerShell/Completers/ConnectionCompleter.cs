using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using Nanonets.Sessions;

namespace Nanonets.Completers;

/// <summary>
/// Base of the completers that know values from a connection: the one given with -Connection, else the one that the cmdlet would use.
/// </summary>
public abstract class ConnectionCompleter : IArgumentCompleter
{
    private protected ConnectionCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Find(fakeBoundParameters?["Connection"]) is { } connection
            ? new CompletionWord(wordToComplete).Matches(Values(connection, fakeBoundParameters))
            : [];

    /// <summary>The values to offer.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="bound">The other arguments of the command, as far as they can be told without running it.</param>
    private protected abstract IEnumerable<(string Value, string ToolTip)> Values(NanonetsConnection connection, IDictionary? bound);

    private static NanonetsConnection? Find(object? given)
    {
        if ((given is PSObject wrapped ? wrapped.BaseObject : given) is NanonetsConnection connection)
            return connection;
        if (Runspace.DefaultRunspace is null)
            return null;

        RunspaceConnections.Slot slot = RunspaceConnections.Current;
        try
        {
            return slot.Connection ?? (slot.Environment = EnvironmentConnection.Read(Session(), slot.Environment))?.Connection;
        }
        catch (Exception unusable) when (unusable is ArgumentException or ApiKeyFileException)
        {
            // The environment holds an address or a key file that cannot be used: the cmdlet says so when it runs, Tab has nothing to
            // offer.
            return null;
        }
    }

    /// <summary>The session that Tab was pressed in: a completer is not handed it.</summary>
    private static SessionState Session() => (SessionState)ScriptBlock.Create("$ExecutionContext.SessionState").Invoke()[0].BaseObject;
}
