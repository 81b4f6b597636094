using System;
using System.Management.Automation;
using Nanonets.Async;
using Nanonets.Display;
using Nanonets.Errors;

namespace Nanonets.Sessions;

/// <summary>
/// Base of the cmdlets that talk to the service. The connection is, in this order: -Connection, the runspace's own, the environment's.
/// </summary>
/// <exception cref="NanonetsErrorId.ApiKeyRejected"/>
/// <exception cref="NanonetsErrorId.PermissionDenied"/>
/// <exception cref="NanonetsErrorId.QuotaExhausted"/>
/// <exception cref="NanonetsErrorId.RateLimited"/>
/// <exception cref="NanonetsErrorId.RequestRejected"/>
/// <exception cref="NanonetsErrorId.ServiceUnavailable"/>
/// <exception cref="NanonetsErrorId.ConnectionFailed"/>
/// <exception cref="NanonetsErrorId.TlsFailed"/>
/// <exception cref="NanonetsErrorId.RequestTimedOut"/>
/// <exception cref="NanonetsErrorId.InvalidResponse"/>
/// <exception cref="NanonetsErrorId.OperationCanceled"/>
/// <exception cref="ErrorTable.ApiKeyFileUnusable"/>
/// <exception cref="ErrorTable.ApiKeyMissing"/>
/// <exception cref="ErrorTable.InvalidConnection"/>
public abstract class ConnectedCmdlet : AsyncCmdlet
{
    private NanonetsConnection? _resolved;
    private RequestStreams? _requests;

    /// <summary>
    /// The connection to use, as Connect-Nanonets -PassThru or Get-NanonetsConnection gives it. Default: the connection of this runspace,
    /// else the one that the environment variables NANONETS_API_KEY or NANONETS_API_KEY_FILE, NANONETS_BASE_URI and NANONETS_MODEL_ID
    /// describe.
    /// </summary>
    [Parameter]
    public NanonetsConnection? Connection { get; set; }

    /// <summary>Connected, or the cmdlet ends with an error that says how to connect.</summary>
    private protected NanonetsConnection Session => _resolved ??= Resolve();

    /// <summary>Turns requests into verbose and debug lines of this cmdlet.</summary>
    private protected RequestStreams Requests => _requests ??= CreateRequestStreams();

    /// <summary>Fails early, before any input is taken, when there is no connection.</summary>
    protected override void BeginProcessing()
    {
        _ = Requests;
        NanonetsConnection session = Session;
        Writer.Seen = value =>
        {
            if (value is PageResult page)
                session.Known.Add(page);
        };
    }

    /// <summary>The observer of this cmdlet's requests.</summary>
    private protected virtual RequestStreams CreateRequestStreams() => new(Writer, null);

    /// <summary>The model to use: the one given, else the connection's.</summary>
    private protected string ModelOrDefault(string? given)
    {
        if (given is { Length: > 0 })
            return given;
        if (Session.ModelId is { Length: > 0 } usual)
            return usual;

        ThrowTerminatingError(ErrorTable.ModelIdMissing());
        throw new InvalidOperationException("ThrowTerminatingError returned.");
    }

    private NanonetsConnection Resolve()
    {
        if (FindConnection(out ErrorRecord? why) is { } found)
            return found;

        ThrowTerminatingError(why!);
        throw new InvalidOperationException("ThrowTerminatingError returned.");
    }

    /// <summary>The connection to use.</summary>
    /// <param name="why">Why there is none; null when there is one.</param>
    private protected NanonetsConnection? FindConnection(out ErrorRecord? why)
    {
        why = null;
        RunspaceConnections.Slot slot = RunspaceConnections.Current;
        if ((Connection ?? slot.Connection) is { } given)
            return given;

        try
        {
            slot.Environment = EnvironmentConnection.Read(SessionState, slot.Environment);
            if (slot.Environment is null)
                why = ErrorTable.ApiKeyMissing(RunspaceConnections.ExistElsewhere());
        }
        catch (ArgumentException invalid)
        {
            why = ErrorTable.InvalidConnection(invalid);
        }
        catch (ApiKeyFileException unusable)
        {
            why = ErrorTable.ApiKeyFileUnusable(unusable);
        }

        return why is null ? slot.Environment!.Connection : null;
    }
}
