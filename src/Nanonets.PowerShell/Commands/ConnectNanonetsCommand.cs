using System;
using System.Management.Automation;
using System.Net;
using System.Security;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Errors;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Connects this runspace to the Nanonets service.</para>
/// <para>Remembers the API key, the address and the usual model for the cmdlets that follow in this runspace. Nothing is sent: a wrong key
/// shows with the first request. The key is held in memory only and never shown. A connection made before is replaced.</para>
/// </summary>
/// <example>
/// <code>Connect-Nanonets -ApiKey (Read-Host -AsSecureString 'API key') -ModelId $model</code>
/// <para>Asks for the key and makes one model the usual one.</para>
/// </example>
/// <example>
/// <code>$connection = Connect-Nanonets -ApiKey $key -PassThru
/// 1..2 | ForEach-Object -Parallel { Get-NanonetsResult -RequestFileId $using:id -ModelId $using:model -Connection $using:connection }</code>
/// <para>Hands the connection to other runspaces.</para>
/// </example>
/// <example>
/// <code>Connect-Nanonets -ApiKey $emulator.ApiKey -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId</code>
/// <para>Connects to an emulator on this machine.</para>
/// </example>
/// <exception cref="ErrorTable.InvalidConnection"/>
[Cmdlet(VerbsCommunications.Connect, "Nanonets")]
[OutputType(typeof(NanonetsConnection))]
public sealed class ConnectNanonetsCommand : PSCmdlet
{
    /// <summary>
    /// The API key of your Nanonets account, as a SecureString, a PSCredential whose password is the key, or text. The key has full rights
    /// over the account.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ApiKeyTransformation]
    [ValidateNotNull]
    public SecureString? ApiKey { get; set; }

    /// <summary>The model that cmdlets use when they get no -ModelId of their own: the id of a trained model, a UUID.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <summary>
    /// The address of the API, with or without /api/v2. Default: https://app.nanonets.com/api/v2. Plain http is taken for this machine only
    /// (an emulator), since the key would travel in the clear.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BaseUri { get; set; }

    /// <summary>
    /// Seconds to wait for the headers of an answer, from the last byte sent. Default 100; waiting uploads (-ProcessingType Sync) get at least 600.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>Seconds of silence while sending or reading a body after which a request is given up. Default 60. The whole transfer may take any time.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int IdleTimeoutSec { get; set; } = 60;

    /// <summary>How often a request is repeated that can be repeated without harm: reading, and uploads that provably never arrived. Default 4.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 4;

    /// <summary>Seconds before the first repetition; each later one waits about twice as long, and a Retry-After of the service goes first. Default 1.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int RetryIntervalSec { get; set; } = 1;

    /// <summary>Writes the connection, to be passed to -Connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string key = new NetworkCredential(string.Empty, ApiKey).Password.Trim();
        try
        {
            var settings = new ConnectionSettings
            {
                BaseUri = BaseUri,
                TimeoutSec = TimeoutSec,
                IdleTimeoutSec = IdleTimeoutSec,
                MaximumRetryCount = MaximumRetryCount,
                RetryIntervalSec = RetryIntervalSec,
            };
            var connection = new NanonetsConnection(settings.ToOptions(key), ModelId, ConnectionSource.Cmdlet);
            RunspaceConnections.Current.Connection = connection;
            if (PassThru)
                WriteObject(connection);
        }
        catch (ArgumentException invalid)
        {
            ThrowTerminatingError(ErrorTable.InvalidConnection(invalid));
        }
    }
}
