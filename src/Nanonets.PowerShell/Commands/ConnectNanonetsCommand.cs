using System;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Errors;
using Nanonets.Journaling;
using Nanonets.JournalLoading;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Connects this runspace to the Nanonets service.</para>
/// <para>Remembers the API key, the address and the default model for the cmdlets that follow in this runspace. Nothing is sent: a wrong
/// key shows with the first request. The key is held in memory only and never shown. A connection made before is replaced.</para>
/// </summary>
/// <example>
/// <code>Connect-Nanonets -ApiKey (Read-Host -AsSecureString 'API key') -ModelId $model</code>
/// <para>Asks for the key and makes one model the default.</para>
/// </example>
/// <example>
/// <code>Connect-Nanonets -ApiKey $emulator.ApiKey -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId</code>
/// <para>Connects to an emulator on this machine.</para>
/// </example>
/// <example>
/// <code>$connection = Connect-Nanonets -ApiKey $key -BaseUri $emulator.BaseUri -PassThru
/// 1..2 | ForEach-Object -Parallel {
///     Get-NanonetsResult -RequestFileId $using:id -ModelId $using:model -Connection $using:connection
/// }</code>
/// <para>In PowerShell 7: hands the connection to other runspaces.</para>
/// </example>
/// <example>
/// <code>Connect-Nanonets -ApiKeyFile ~/.nanonets-key -ModelId $model -Proxy http://proxy.example.com:8080 -ProxyUseDefaultCredentials</code>
/// <para>Takes the key from a file that only this account can read, and goes through a proxy that knows the account: for scheduled
/// tasks.</para>
/// </example>
/// <exception cref="ErrorTable.ApiKeyFileUnusable"/>
/// <exception cref="ErrorTable.InvalidConnection"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
[Cmdlet(VerbsCommunications.Connect, "Nanonets", DefaultParameterSetName = KeySet)]
[OutputType(typeof(NanonetsConnection))]
public sealed class ConnectNanonetsCommand : PSCmdlet
{
    private const string KeySet = "ApiKey";
    private const string KeyFileSet = "ApiKeyFile";

    /// <summary>
    /// The API key, from the account page of app.nanonets.com, as a SecureString, a PSCredential whose password is the key, or text. The
    /// key has full rights over the account.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = KeySet)]
    [ApiKeyTransformation]
    [ValidateNotNull]
    public SecureString? ApiKey { get; set; }

    /// <summary>
    /// A file that holds the API key on one line and nothing else. No other account may be able to read or change it (on Unix only its
    /// owner; on Windows only the running account, SYSTEM and Administrators). Otherwise the error shows the command that fixes it.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = KeyFileSet)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? ApiKeyFile { get; set; }

    /// <summary>The default model for cmdlets without -ModelId: the id of a trained model, a UUID.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <summary>
    /// The address of the API, with or without /api/v2. Default: https://app.nanonets.com/api/v2. Plain http is allowed for this
    /// machine only (an emulator), since it would send the key unencrypted.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BaseUri { get; set; }

    /// <summary>
    /// How long to wait for the headers of an answer after the last byte was sent: seconds, or a time span. Default 100; uploads with
    /// -ProcessingType Sync get at least 600.
    /// </summary>
    [Parameter]
    [SecondsTransformation(AsNumber = true)]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>
    /// How long a request may transfer no data before it is given up: seconds, or a time span. Default 60. The whole transfer may take
    /// any time.
    /// </summary>
    [Parameter]
    [SecondsTransformation(AsNumber = true)]
    [ValidateRange(1, 86400)]
    public int IdleTimeoutSec { get; set; } = 60;

    /// <summary>
    /// How often a request is retried. Only requests that are safe to repeat are retried: reading, and uploads that provably never
    /// arrived. Default 4.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 4;

    /// <summary>
    /// How long to wait before the first retry: seconds, or a time span. Each later wait is about twice as long. If the service asks
    /// for a wait (Retry-After), that is used. Default 1.
    /// </summary>
    [Parameter]
    [SecondsTransformation(AsNumber = true)]
    [ValidateRange(1, 3600)]
    public int RetryIntervalSec { get; set; } = 1;

    /// <summary>
    /// The address of the proxy, such as http://proxy.example.com:8080. Default: the proxy of the system's settings, if any.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>User name and password for the proxy.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Authenticates to the proxy as the account that runs PowerShell.</summary>
    [Parameter]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>Uses no proxy, not even the system's.</summary>
    [Parameter]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>A client certificate with its private key, for a gateway that asks for one. Default: none.</summary>
    [Parameter]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>
    /// The journal for uploads with this connection, so that a run that was interrupted can be repeated without sending anything twice:
    /// the path of a file on a disk of this machine, or in PowerShell 7.4 and later the address of a PostgreSQL database that several
    /// machines share, such as postgresql://nanonets@db.example.com/nanonets. The first upload creates it. Default: the one that the
    /// environment variable NANONETS_JOURNAL names, else none.
    /// </summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>
    /// User name and password for a journal in a database. What stands in the address comes first; without either, the environment
    /// variable PGPASSWORD or the password file of PostgreSQL (~/.pgpass, %APPDATA%\postgresql\pgpass.conf) is used.
    /// </summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? JournalCredential { get; set; }

    /// <summary>
    /// The rate limit of your plan: pages per minute for a model, from 1. All runs of this process, or of the journal, share it, for each
    /// model. Default:
    /// not known; the module learns it when the service refuses an upload.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? PagesPerMinute { get; set; }

    /// <summary>
    /// The least time before an upload whose answer was lost is sent again, once it is proven missing: seconds, or a time span. Default: 10
    /// minutes. A shorter time saves waiting, but a late upload may then be billed twice. With a journal in a database it must be at least
    /// 5 seconds. See "Sending again" in about_Nanonets_Journal.
    /// </summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Writes the connection, for use with -Connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        JournalLocation? journal = Journal is null ? null : UsedJournal.Of(this, Journal, JournalCredential);
        try
        {
            if (journal?.Address is not null && ResendAfter < ClaimConfirmation.Life)
                throw new ArgumentException(ErrorTable.ResendAfterTooShort);
            var connection = new NanonetsConnection(Settings().ToOptions(Key()), ModelId, ConnectionSource.Cmdlet)
            {
                JournalLocation = journal,
                JournalCredential = JournalCredential,
                PagesPerMinute = PagesPerMinute,
                ResendAfter = ResendAfter,
            };
            RunspaceConnections.Current.Connection = connection;
            if (PassThru)
                WriteObject(connection);
        }
        catch (ArgumentException invalid)
        {
            ThrowTerminatingError(ErrorTable.InvalidConnection(invalid));
        }
        catch (ApiKeyFileException unusable)
        {
            ThrowTerminatingError(ErrorTable.ApiKeyFileUnusable(unusable));
        }
    }

    private string Key() => ApiKeyFile is null
        ? new NetworkCredential(string.Empty, ApiKey).Password.Trim()
        : Sessions.ApiKeyFile.Read(FileSystemPath.Of(this, ApiKeyFile));

    private ConnectionSettings Settings()
    {
        if (NoProxy && (Proxy is not null || ProxyCredential is not null || ProxyUseDefaultCredentials))
            throw new ArgumentException("-NoProxy cannot be combined with other proxy parameters.");
        if (ProxyCredential is not null && ProxyUseDefaultCredentials)
            throw new ArgumentException("Use either -ProxyCredential or -ProxyUseDefaultCredentials, not both.");

        return new ConnectionSettings
        {
            BaseUri = BaseUri,
            TimeoutSec = TimeoutSec,
            IdleTimeoutSec = IdleTimeoutSec,
            MaximumRetryCount = MaximumRetryCount,
            RetryIntervalSec = RetryIntervalSec,
            Proxy = Proxy,
            ProxyCredential = ProxyUseDefaultCredentials ? CredentialCache.DefaultCredentials : ProxyCredential?.GetNetworkCredential(),
            NoProxy = NoProxy,
            Certificate = Certificate,
        };
    }
}
