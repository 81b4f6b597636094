using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using Nanonets.Binding;
using Nanonets.Errors;
using Nanonets.Journaling;
using Nanonets.JournalLoading;
using Nanonets.Sending;

namespace Nanonets.Uploads;

/// <summary>Base of the cmdlet that uploads with a journal: which one, and what is done about documents that it knows.</summary>
public abstract class JournaledUploadCmdlet : ModelUploadCmdlet
{
    /// <summary>More than these are not sent again without a question.</summary>
    private const int ResentUnasked = 20;

    private JournalLocation? _usedJournal;

    /// <summary>
    /// The journal, which remembers what was sent, so that the same command can be repeated without sending anything twice: the path of a
    /// file on a disk of this machine, or in PowerShell 7.4 and later the address of a PostgreSQL database that several machines share
    /// (postgresql://…). It is created when it does not exist. Default: the connection's (Connect-Nanonets -Journal), else the one
    /// that the environment variable NANONETS_JOURNAL names, else none.
    /// </summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = Base64Set), Parameter(ParameterSetName = StreamSet), Parameter(ParameterSetName = InputObjectSet)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>
    /// With a journal: sends documents again that the run would skip. Failed: documents that the service refused or that you discarded; not
    /// those that it has and could not read (Restart-NanonetsPrediction is for these). Held: documents that may have been accepted, and so
    /// may be billed twice. All: both. Asks before it sends more than 20 of them; after a no they are skipped, and the others are sent.
    /// Default: None. See "Sending again" in about_Nanonets_Journal.
    /// </summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = Base64Set), Parameter(ParameterSetName = StreamSet), Parameter(ParameterSetName = InputObjectSet)]
    public ResendScope Resend { get; set; } = ResendScope.None;

    /// <summary>With a journal: writes no pages for documents that an earlier run has sent.</summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = Base64Set), Parameter(ParameterSetName = StreamSet), Parameter(ParameterSetName = InputObjectSet)]
    public SwitchParameter NewOnly { get; set; }

    /// <summary>Sends more than 20 documents again with -Resend without asking.</summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = Base64Set), Parameter(ParameterSetName = StreamSet), Parameter(ParameterSetName = InputObjectSet)]
    public SwitchParameter Force { get; set; }

    private protected override JournalLocation? JournalInUse => _usedJournal;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _usedJournal = UsedJournal.Find(this, Journal, Session);
        if (Classification && _usedJournal is not null)
        {
            WriteWarning("The journal is not used with -Classification, since the service keeps no file to ask for later. "
                + "Each run classifies, and bills, every picture again.");
        }

        if (Classification)
            _usedJournal = null;
        if (_usedJournal?.Address is not null && Session.ResendAfter < ClaimConfirmation.Life)
            ThrowTerminatingError(ErrorTable.ShortResendAfter());
        if (_usedJournal is not null && MostInRequest > 1)
            ThrowTerminatingError(ErrorTable.FilesPerRequestWithJournal());
    }

    /// <summary>After a no they are skipped, as without -Resend, and new documents are sent.</summary>
    private protected ResendScope AgreedResend(string modelId)
    {
        if (Resend == ResendScope.None || _usedJournal is null || Force)
            return Resend;

        int count = 0;
        try
        {
            count = ResendCount.Of(_usedJournal, Resend, modelId);
            return count <= ResentUnasked
                || ShouldContinue($"Up to {count} documents would be sent again, and may be billed again.", "Send again")
                    ? Resend
                    : ResendScope.None;
        }
        catch (NanonetsException unusable)
        {
            ThrowTerminatingError(ErrorTable.From(unusable, _usedJournal.Name));
        }
        catch (Exception nobody) when (nobody
            is PSInvalidOperationException or HostException or PSNotImplementedException or NotImplementedException)
        {
            ThrowTerminatingError(ErrorTable.ResendNotAgreed(count, nobody));
        }

        return ResendScope.None;
    }
}
