using System.Management.Automation;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Forgets the connection of this runspace.</para>
/// <para>The key is dropped from this runspace. Cmdlets that run with the connection end normally, a connection in a variable stays usable,
/// and environment variables stay as they are. Disconnecting twice does no harm.</para>
/// </summary>
/// <example>
/// <code>Disconnect-Nanonets</code>
/// <para>Forgets the key at the end of a script.</para>
/// </example>
/// <example>
/// <code>try { Get-ChildItem *.pdf | Send-NanonetsDocument } finally { Disconnect-Nanonets }</code>
/// <para>Forgets the key also when the script fails.</para>
/// </example>
/// <example>
/// <code>Disconnect-Nanonets
/// Remove-Item Env:NANONETS_API_KEY</code>
/// <para>Forgets the key of the environment too, which cmdlets would use next.</para>
/// </example>
[Cmdlet(VerbsCommunications.Disconnect, "Nanonets")]
[OutputType(typeof(void))]
public sealed class DisconnectNanonetsCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (RunspaceConnections.Current.Connection is null)
            WriteVerbose("This runspace has no connection.");
        RunspaceConnections.Current.Connection = null;
        RunspaceConnections.Current.Environment = null;
    }
}
