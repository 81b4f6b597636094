using System.Collections.Generic;
using System.Management.Automation;
using Nanonets.Completers;
using Nanonets.Errors;
using Nanonets.JournalLoading;
using Nanonets.Journaling;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Tests the connection to the Nanonets service step by step, and says what to do where it fails.</para>
/// <para>Checks, in this order, the host name, the proxy, the secure connection and its certificate, the answer of the service, the clock
/// of this machine, the key, the model and its state, and the journal. Writes one object for each check with its Status (Ok, Warning,
/// Failed, Skipped) and a Remedy. A check that depends on a failed one is skipped. The cmdlet sends one reading request; it uploads nothing
/// and never costs a page. A failed check is not an error; test Status.</para>
/// </summary>
/// <endpoint>GET OCR/Model/{model_id}</endpoint>
/// <example>
/// <code>Test-NanonetsConnection</code>
/// <para>Checks the connection of this runspace, or of the environment, with its default model.</para>
/// </example>
/// <example>
/// <code>if (Test-NanonetsConnection | Where-Object Status -eq Failed) { exit 2 }</code>
/// <para>Ends a scheduled task early when nothing could be sent.</para>
/// </example>
/// <example>
/// <code>Test-NanonetsConnection | Where-Object Status -ne Ok | Format-List</code>
/// <para>Shows what is not well, with what to do about it.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "NanonetsConnection")]
[OutputType(typeof(ConnectionCheck))]
public sealed class TestNanonetsConnectionCommand : ConnectedCmdlet
{
    /// <summary>The model to check: its id, a UUID. Default: the connection's model; without one, the model is not checked.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Await(stop => Session.Client.DiagnoseAsync(ModelId ?? Session.ModelId, check => Writer.WriteObjectsAsync([check]), Requests, stop));
        WriteObject(Journal(), enumerateCollection: true);
    }

    private IReadOnlyList<ConnectionCheck> Journal()
    {
        const string check = "Journal";
        if (UsedJournal.Find(this, null, Session) is not { } journal)
            return [new ConnectionCheck(check, CheckStatus.Skipped, "none is configured for this connection")];

        try
        {
            return JournalLoader.For(journal).Check(journal);
        }
        catch (NanonetsException unusable)
        {
            return [new ConnectionCheck(check, CheckStatus.Failed, unusable.Message, Advice.For(unusable.ErrorId))];
        }
    }
}
