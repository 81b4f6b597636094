using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Documents;
using Nanonets.Errors;
using Nanonets.JournalLoading;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Uploads;

namespace Nanonets.Commands;

/// <summary>
/// <para>Uploads documents to a Nanonets model.</para>
/// <para>Sends files to a trained model and writes a page result for each page as soon as the service has accepted the file. Queued uploads
/// (the default) have no values yet: pipe them to Get-NanonetsResult -Wait.</para>
/// <para>Uploads cost money, and the service cannot be told that two uploads are the same. So nothing is sent again that may have been accepted. An upload whose answer was lost is looked for in the
/// service's listing, by a tag in its metadata, and taken when it is there. It is sent again only when two complete listings lack it, the same listing shows uploads accepted around it and well after it,
/// and enough time has passed (Connect-Nanonets -ResendAfter); at most twice in all. What cannot be settled is held and reported as UploadAmbiguous. What remains possible: a
/// service that stores an upload much later than that, or that hides single files from its listing, could bill a document twice; and text of your own as metadata is sent
/// untouched, without a tag, so that uploads alike in name and text cannot be told apart and are held (-TagMetadata puts the tag in front).</para>
/// <para>With -Journal a run can be repeated: what was accepted is not sent again and comes out as pages marked FromJournal, which Get-NanonetsResult fetches; what is unsettled is looked for; the same content under
/// two names is sent once and the second comes with DuplicateOf. What was refused before is skipped with a warning. Without a journal all this holds within the run only.</para>
/// <para>Several files are under way at once; results come as uploads finish and carry their SourcePath. Use -Ordered to keep the order of the input.
/// One bad document is one error, the rest go on; the error's target is the file (or what stands for an address, a stream or base64 data), so that $failed.TargetObject | Send-NanonetsDocument tries again. When no further
/// upload can succeed (key rejected, quota used up, unknown model, no connection), one error has all unsent documents as its target.</para>
/// <para>Besides files it takes addresses that the service fetches (-Uri), base64 data (-Base64Data) and streams (-InputStream).</para>
/// </summary>
/// <example>
/// <code>Get-ChildItem *.pdf | Send-NanonetsDocument -ModelId $model | Get-NanonetsResult -Wait</code>
/// <para>Sends all PDF files of the folder and waits for the values.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem *.pdf | Send-NanonetsDocument -ModelId $model -Metadata { $_.BaseName }</code>
/// <para>Gives each file metadata of its own; the service hands it back with the result.</para>
/// </example>
/// <example>
/// <code>Send-NanonetsDocument invoice.pdf -ModelId $model -ProcessingType Sync</code>
/// <para>Waits in the call itself: for one to three pages, where a person looks on.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem *.pdf | Send-NanonetsDocument -ModelId $model -ErrorVariable failed
/// if ($failed) { $failed.TargetObject | Send-NanonetsDocument -ModelId $model }</code>
/// <para>Tries the failed files again.</para>
/// </example>
/// <example>
/// <code>Import-Csv links.csv | Send-NanonetsDocument -ModelId $model | Get-NanonetsResult -Wait</code>
/// <para>Sends the documents whose addresses are in a column Uri; the service fetches them. -Uri takes addresses directly.</para>
/// </example>
/// <example>
/// <code>$mail.Attachments | ForEach-Object { Send-NanonetsDocument -InputStream $_.ContentStream -FileName $_.Name -ModelId $model }</code>
/// <para>Sends attachments from memory, without a file.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem *.jpg | Send-NanonetsDocument -ModelId $classifier -Classification | Where-Object { $_.Prediction[0].Score -gt 0.9 }</code>
/// <para>Sorts pictures by a classification model, and keeps the clear cases.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem inbox/*.pdf | Send-NanonetsDocument -ModelId $model -Journal uploads.db | Get-NanonetsResult -Wait | ConvertTo-NanonetsRow | Export-Csv results.csv</code>
/// <para>A nightly run that can be repeated after any interruption without sending a document twice.</para>
/// </example>
/// <exception cref="NanonetsErrorId.AddressNotFetched"/>
/// <exception cref="NanonetsErrorId.DocumentTooLarge"/>
/// <exception cref="NanonetsErrorId.EmptyFile"/>
/// <exception cref="NanonetsErrorId.FileMissing"/>
/// <exception cref="NanonetsErrorId.IncorrectImage"/>
/// <exception cref="NanonetsErrorId.JournalUnavailable"/>
/// <exception cref="NanonetsErrorId.ModelNotFound"/>
/// <exception cref="NanonetsErrorId.ModelNotReady"/>
/// <exception cref="NanonetsErrorId.PageBudgetReached"/>
/// <exception cref="NanonetsErrorId.SourceChanged"/>
/// <exception cref="NanonetsErrorId.SourceUnavailable"/>
/// <exception cref="NanonetsErrorId.UnsupportedFile"/>
/// <exception cref="NanonetsErrorId.UploadAmbiguous"/>
/// <exception cref="NanonetsErrorId.UploadElsewhere"/>
/// <exception cref="ErrorTable.ClassificationWithJournal"/>
/// <exception cref="ErrorTable.FilesPerRequestWithJournal"/>
/// <exception cref="ErrorTable.ResendNotAgreed"/>
/// <exception cref="ErrorTable.InvalidAddress"/>
/// <exception cref="ErrorTable.InvalidEncoding"/>
/// <exception cref="ErrorTable.InvalidStream"/>
/// <exception cref="ErrorTable.ModelIdMissing"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
/// <exception cref="ErrorTable.PathIsAddress"/>
/// <exception cref="ErrorTable.PathIsFolder"/>
[Cmdlet(VerbsCommunications.Send, "NanonetsDocument", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(PageResult))]
public sealed class SendNanonetsDocumentCommand : UploadCmdlet
{
    /// <summary>More than these are not sent again without a question.</summary>
    private const int ResentUnasked = 20;

    private string? _usedJournal;

    /// <summary>The model that reads the documents: its id, a UUID. Default: the connection's model.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <summary>
    /// Text that the service stores with the document and hands back with its results. A hashtable becomes JSON; a script block is evaluated for each piped
    /// object; a Metadata property of piped objects is taken. No length limit is documented.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MetadataTransformation]
    [AllowEmptyString]
    [AllowNull]
    public string? Metadata { get; set; }

    /// <summary>
    /// Async queues the document and answers at once (the default); Sync answers when the document is read, and is advised for up to three pages.
    /// </summary>
    [Parameter]
    public ProcessingMode ProcessingType { get; set; } = ProcessingMode.Async;

    /// <summary>The pages to read, counted from 1. Default: all. Documented for the waiting call only.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int[]? PagesToProcess { get; set; }

    /// <summary>
    /// How many files travel in one request, 1 to 20. Default 1, which is safest: a failure concerns one file only. Files share a request when their metadata is equal and
    /// their names differ. Not with a journal.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 20)]
    public int FilesPerRequest { get; set; } = 1;

    /// <summary>Writes results in the order of the input instead of as uploads finish.</summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <summary>
    /// The model classifies pictures: the answer comes in the call itself, and each page result has the classes as its Prediction, with a Label and a Score. Such results have no
    /// RequestFileId, since the service keeps no file to ask for; Get-NanonetsResult passes them through. ProcessingType, Metadata and PagesToProcess do not apply; a journal of the connection is not used, and -Journal is
    /// refused. An upload whose answer was lost is held.
    /// </summary>
    [Parameter]
    public SwitchParameter Classification { get; set; }

    /// <summary>
    /// Path of the journal: a file on a disk of this machine that remembers what was sent, so that the same line can be run again without sending anything twice. It is made when it is not there. Default:
    /// the connection's (Connect-Nanonets -Journal), else what the environment variable NANONETS_JOURNAL names, else none.
    /// </summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>
    /// With a journal: sends again what it would skip. Failed: what was refused or given up. Held: what may have been accepted and could not be found out; it may be billed twice. All: both. Asks when that
    /// concerns more than 20 documents; after a no they are skipped and the others go. Default: None.
    /// </summary>
    [Parameter]
    public ResendScope Resend { get; set; } = ResendScope.None;

    /// <summary>With a journal: leaves out what an earlier run sent, instead of writing its pages.</summary>
    [Parameter]
    public SwitchParameter NewOnly { get; set; }

    /// <summary>
    /// What to do about an upload whose answer was lost. Resolve (the default): look for it, and send it again only when it is proven missing. Hold: neither; a later run or a person settles it. Resend: look once and send
    /// it again when it is not found, although it may then be billed twice.
    /// </summary>
    [Parameter]
    public AmbiguousAction OnAmbiguous { get; set; } = AmbiguousAction.Resolve;

    /// <summary>Most pages that this run may use, from 1; what would go beyond is not sent and is the target of one error. Pages are estimated before a document is sent, and counted when it was accepted. Default: no limit.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? PageBudget { get; set; }

    /// <summary>
    /// Puts the tag by which a lost upload is found in front of your own text: "nn1.… your text". It is taken off again in RequestMetadata, and other programs see it. Without -Metadata the tag is
    /// the metadata, and a hashtable gets it as a member _nn, with or without this switch.
    /// </summary>
    [Parameter]
    public SwitchParameter TagMetadata { get; set; }

    /// <summary>How long a service that fails is waited for: a time span, counted while it fails. After that the run ends, and what was not sent is the target of one error. Default: 12 hours.</summary>
    [Parameter]
    public TimeSpan OutageTimeout { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Does not ask before -Resend sends more than 20 documents again.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override string? UsedJournal => _usedJournal;

    private protected override int MostInRequest => FilesPerRequest;

    private protected override bool CountsPages => PageBudget is not null || Session.PagesPerMinute is not null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _usedJournal = JournalPath.Find(this, Journal, Session);
        if (Classification && Journal is not null)
            ThrowTerminatingError(ErrorTable.ClassificationWithJournal());
        if (Classification && _usedJournal is not null)
            WriteWarning("The journal is not used: a classification leaves no file that a later run could ask for. Each run classifies, and bills, every picture anew.");
        if (Classification)
            _usedJournal = null;
        if (_usedJournal is not null && FilesPerRequest > 1)
            ThrowTerminatingError(ErrorTable.FilesPerRequestWithJournal());
    }

    private protected override SendRequest NewRequest() => new(ModelOrDefault(ModelId), [])
    {
        Metadata = string.IsNullOrEmpty(Metadata) ? null : Metadata,
        MetadataIsObject = MarkedText.ObjectMetadata.Has(Metadata),
        PagesToProcess = PagesToProcess,
        Mode = ProcessingType,
        Call = Classification ? UploadCall.Classification : UploadCall.Ocr,
    };

    private protected override SendingOptions NewOptions(SendRequest first) => new()
    {
        OnAmbiguous = OnAmbiguous,
        ResendAfter = Session.ResendAfter,
        Resend = AgreedResend(first.ModelId),
        NewOnly = NewOnly,
        PageBudget = PageBudget,
        PagesPerMinute = Session.PagesPerMinute,
        TagMetadata = TagMetadata,
        OutagePatience = OutageTimeout,
        Ordered = Ordered,
    };

    private protected override int PagesOf(Document document) => PagesToProcess is { Length: > 0 } chosen ? chosen.Length : base.PagesOf(document);

    /// <summary>Who says no has them skipped, as without -Resend; new documents go all the same.</summary>
    private ResendScope AgreedResend(string modelId)
    {
        if (Resend == ResendScope.None || _usedJournal is null || Force)
            return Resend;

        int count = 0;
        try
        {
            count = ResendCount.Of(_usedJournal, Resend, modelId);
            return count <= ResentUnasked || ShouldContinue($"Up to {count} documents would be sent again, and may be billed again.", "Send again")
                ? Resend
                : ResendScope.None;
        }
        catch (NanonetsException unusable)
        {
            ThrowTerminatingError(ErrorTable.From(unusable, _usedJournal));
        }
        catch (Exception nobody) when (nobody is PSInvalidOperationException or HostException or PSNotImplementedException or NotImplementedException)
        {
            ThrowTerminatingError(ErrorTable.ResendNotAgreed(count, nobody));
        }

        return ResendScope.None;
    }
}
