using System;
using System.Management.Automation;
using Nanonets.Errors;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Gets the connection that cmdlets in this runspace use.</para>
/// <para>Gets the connection made by Connect-Nanonets, or else the one that the environment variables describe, or else nothing. Nothing is
/// sent, and the key is never shown.</para>
/// </summary>
/// <example>
/// <code>Get-NanonetsConnection</code>
/// <para>Shows the address and the default model.</para>
/// </example>
/// <example>
/// <code>if (-not (Get-NanonetsConnection)) { Connect-Nanonets -ApiKey $key }</code>
/// <para>Connects only when that has not happened yet.</para>
/// </example>
/// <example>
/// <code>$connection = Get-NanonetsConnection
/// $jobs = 1..4 | ForEach-Object { Start-ThreadJob { Get-NanonetsResult -RequestFileId $using:id -Connection $using:connection } }</code>
/// <para>In PowerShell 7: hands the connection of this runspace to thread jobs, which have runspaces of their own.</para>
/// </example>
/// <exception cref="ErrorTable.ApiKeyFileUnusable"/>
/// <exception cref="ErrorTable.InvalidConnection"/>
[Cmdlet(VerbsCommon.Get, "NanonetsConnection")]
[OutputType(typeof(NanonetsConnection))]
public sealed class GetNanonetsConnectionCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RunspaceConnections.Slot slot = RunspaceConnections.Current;
        try
        {
            slot.Environment = slot.Connection is null ? EnvironmentConnection.Read(SessionState, slot.Environment) : slot.Environment;
        }
        catch (ArgumentException invalid)
        {
            ThrowTerminatingError(ErrorTable.InvalidConnection(invalid));
        }
        catch (ApiKeyFileException unusable)
        {
            ThrowTerminatingError(ErrorTable.ApiKeyFileUnusable(unusable));
        }

        if ((slot.Connection ?? slot.Environment?.Connection) is { } connection)
            WriteObject(connection);
    }
}
