using System;
using System.Management.Automation;
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
/// <para>Sends files to a trained model and writes a page result for each page as soon as the service has accepted the file. Uploads are
/// queued by default and have no values yet: pipe them to Get-NanonetsResult -Wait. Besides files, the cmdlet takes web addresses (-Uri),
/// base64 data (-Base64Data) and streams (-InputStream).</para>
/// <para>Several files are sent at once. Results come as uploads finish and carry their SourcePath; use -Ordered to keep the order of the
/// input. One bad document is one error, and the others go on. The target of the error is the file, or an object that stands for the
/// address, stream or base64 data: with -ErrorVariable failed, $failed.TargetObject | Send-NanonetsDocument tries again. When no further
/// upload can succeed (key rejected, quota used up, unknown model, no connection), a single error has all unsent documents as its
/// target.</para>
/// <para>Uploads cost money. If the answer to an upload is lost, the document may have been accepted, so it is not simply sent again. The
/// cmdlet looks for it in the service's listing, and sends it again only when it is proven missing. Otherwise the document is held and
/// reported as UploadAmbiguous. With -Journal you can repeat the same command after any interruption, and no document is sent twice.
/// about_Nanonets_Journal explains this and the risk of double billing that remains.</para>
/// </summary>
/// <endpoint>POST OCR/Model/{model_id}/LabelFile/</endpoint>
/// <endpoint>POST OCR/Model/{model_id}/LabelFile/?async=true</endpoint>
/// <endpoint>POST OCR/Model/{model_id}/LabelUrls/</endpoint>
/// <endpoint>POST OCR/Model/{model_id}/LabelUrls/?async=true</endpoint>
/// <endpoint>POST ImageCategorization/LabelFile/</endpoint>
/// <endpoint>POST ImageCategorization/LabelUrls/</endpoint>
/// <endpoint>GET OCR/Model/{model_id}</endpoint>
/// <endpoint>GET ImageCategorization/Model/</endpoint>
/// <endpoint>GET Inferences/Model/{model_id}/ImageLevelInferences</endpoint>
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
/// if ($failed.TargetObject) { $failed.TargetObject | Send-NanonetsDocument -ModelId $model }</code>
/// <para>Tries the failed files again.</para>
/// </example>
/// <example>
/// <code>Import-Csv links.csv | Send-NanonetsDocument -ModelId $model | Get-NanonetsResult -Wait</code>
/// <para>Sends the documents whose addresses are in a column Uri; the service fetches them. -Uri takes addresses directly.</para>
/// </example>
/// <example>
/// <code>$mail.Attachments | ForEach-Object {
///     Send-NanonetsDocument -InputStream $_.ContentStream -FileName $_.Name -ModelId $model
/// }</code>
/// <para>Sends attachments from memory, without a file.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem *.jpg | Send-NanonetsDocument -ModelId $classifier -Classification |
///     Where-Object { $_.Prediction[0].Score -gt 0.9 }</code>
/// <para>Sorts pictures by a classification model, and keeps the clear cases.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem inbox/*.pdf | Send-NanonetsDocument -ModelId $model -Journal uploads.db |
///     Get-NanonetsResult -Wait | ConvertTo-NanonetsRow | Export-Csv results.csv</code>
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
/// <exception cref="ErrorTable.FilesPerRequestWithJournal"/>
/// <exception cref="ErrorTable.ShortResendAfter"/>
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
public sealed class SendNanonetsDocumentCommand : JournaledUploadCmdlet
{
    /// <summary>The model that reads the documents: its id, a UUID. Default: the connection's model.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <summary>
    /// <para>Text that the service stores with the document and returns with its results. A hashtable becomes JSON. A script block is
    /// evaluated for each piped object. Piped objects may have it as their Metadata property. No length limit is documented.</para>
    /// <para>By default a tag goes along, such as nn1.5d41402abc4b2a76b971.1, by which an upload is found again when its answer was lost.
    /// Without -Metadata, or with an empty text, the tag alone is sent; a hashtable gets it as a member _nn. Text of your own is sent
    /// unchanged and has no tag, unless you use -TagMetadata. RequestMetadata never has the tag. Raw has it, and so has whatever else reads
    /// request_metadata, such as webhooks.</para>
    /// <para>To send no tag, send text of your own. A lost upload is then found only by comparing the file with the stored originals of the
    /// same name and text, which takes longer and fails when these cannot be fetched. A new or restored journal does not know such files by
    /// a tag either.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = UriSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = Base64Set)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = StreamSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InputObjectSet)]
    [MetadataTransformation]
    [AllowEmptyString]
    [AllowNull]
    public string? Metadata { get; set; }

    /// <summary>
    /// Async queues the document and returns at once (the default). Sync returns when the document is read; use it for up to three
    /// pages.
    /// </summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = Base64Set), Parameter(ParameterSetName = StreamSet), Parameter(ParameterSetName = InputObjectSet)]
    public ProcessingType ProcessingType { get; set; } = ProcessingType.Async;

    /// <summary>
    /// The pages to read, counted from 1. Default: all. The API documents this for -ProcessingType Sync. Whether a queued upload (Async,
    /// the default) heeds it is not known: the cmdlet sends it all the same and counts these pages for -PageBudget and -WhatIf, but the
    /// service may read, and bill, all pages. PageCount of the results shows how many it read.
    /// </summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = Base64Set), Parameter(ParameterSetName = StreamSet), Parameter(ParameterSetName = InputObjectSet)]
    [ValidateRange(1, int.MaxValue)]
    public int[]? PagesToProcess { get; set; }

    /// <summary>
    /// How many files are sent in one request, 1 to 20. Default 1, which is safest, because a failure then affects one file only. Files
    /// share a request when their metadata is the same and their names differ. Not with a journal.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 20)]
    public int FilesPerRequest { get; set; } = 1;

    /// <summary>Writes results in the order of the input instead of as uploads finish.</summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <summary>
    /// What to do about an upload whose answer was lost. Resolve (the default) looks for it and sends it again only when it is proven
    /// missing. Hold does neither and leaves it to a later run or to you. Resend looks once and sends it again when it is not found,
    /// although it may then be billed twice. See "Sending again" in about_Nanonets_Journal.
    /// </summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = Base64Set), Parameter(ParameterSetName = StreamSet), Parameter(ParameterSetName = InputObjectSet)]
    public AmbiguousAction OnAmbiguous { get; set; } = AmbiguousAction.Resolve;

    /// <summary>
    /// The most pages that this run may use, from 1. A document for which what is left does not suffice is not sent, while smaller ones go
    /// on; one error has all that was not sent as its target. Pages are estimated before a document is sent, and counted when it is
    /// accepted. Default: no limit.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? PageBudget { get; set; }

    /// <summary>
    /// Puts the tag by which a lost upload is found in front of your own metadata text: "nn1.… your text". The tag is removed from
    /// RequestMetadata again, but other programs see it. It makes no difference without -Metadata or with a hashtable, which are tagged in
    /// any case: see -Metadata.
    /// </summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = Base64Set), Parameter(ParameterSetName = StreamSet), Parameter(ParameterSetName = InputObjectSet)]
    public SwitchParameter TagMetadata { get; set; }

    /// <summary>
    /// How long to wait while the service is down, or cannot be reached after an upload was accepted: seconds, or a time span such as
    /// '01:00:00'; -1 for ever. After that the run ends with one error, ServiceUnavailable, and its target is the documents that were not
    /// sent. Before the first accepted upload a service that cannot be reached ends the run at once, with ConnectionFailed. Default: 12
    /// hours.
    /// </summary>
    [Parameter]
    [SecondsTransformation(OrForEver = true)]
    public TimeSpan OutageTimeout { get; set; } = TimeSpan.FromHours(12);

    private protected override int MostInRequest => FilesPerRequest;

    private protected override int? MostPages => PageBudget;

    private protected override bool CountsPages => PageBudget is not null || Session.PagesPerMinute is not null;

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

    private protected override int PagesOf(Document document) =>
        PagesToProcess is { Length: > 0 } chosen ? chosen.Length : base.PagesOf(document);
}
