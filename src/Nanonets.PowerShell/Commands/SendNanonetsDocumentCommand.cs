using System;
using System.Management.Automation;
using Nanonets.Async;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Display;
using Nanonets.Errors;
using Nanonets.Sending;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Uploads documents to a Nanonets model.</para>
/// <para>Sends files to a trained model and writes a page result for each page as soon as the service has accepted the file. Queued uploads
/// (the default) have no values yet: pipe them to Get-NanonetsResult -Wait. Uploads cost money; what was accepted is never sent again, and an upload
/// whose answer was lost is reported as UploadAmbiguous, not repeated.</para>
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
/// $failed.TargetObject | Send-NanonetsDocument -ModelId $model</code>
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
/// <code>Get-ChildItem *.jpg | Send-NanonetsDocument -ModelId $model -Classification | Where-Object { $_.Prediction[0].Score -gt 0.9 }</code>
/// <para>Sorts pictures by a classification model, and keeps the clear cases.</para>
/// </example>
/// <exception cref="NanonetsErrorId.AddressNotFetched"/>
/// <exception cref="NanonetsErrorId.DocumentTooLarge"/>
/// <exception cref="NanonetsErrorId.EmptyFile"/>
/// <exception cref="NanonetsErrorId.FileMissing"/>
/// <exception cref="NanonetsErrorId.IncorrectImage"/>
/// <exception cref="NanonetsErrorId.ModelNotFound"/>
/// <exception cref="NanonetsErrorId.ModelNotReady"/>
/// <exception cref="NanonetsErrorId.SourceChanged"/>
/// <exception cref="NanonetsErrorId.SourceUnavailable"/>
/// <exception cref="NanonetsErrorId.UnsupportedFile"/>
/// <exception cref="NanonetsErrorId.UploadAmbiguous"/>
/// <exception cref="ErrorTable.InvalidAddress"/>
/// <exception cref="ErrorTable.InvalidEncoding"/>
/// <exception cref="ErrorTable.InvalidStream"/>
/// <exception cref="ErrorTable.ModelIdMissing"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
/// <exception cref="ErrorTable.PathIsAddress"/>
/// <exception cref="ErrorTable.PathIsFolder"/>
[Cmdlet(VerbsCommunications.Send, "NanonetsDocument", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(PageResult))]
public sealed class SendNanonetsDocumentCommand : DocumentCmdlet
{
    /// <summary>Ctrl+C must return the prompt within half a second: this much of it may go into learning outcomes.</summary>
    private static readonly TimeSpan s_settleAfterStop = TimeSpan.FromMilliseconds(250);

    /// <summary>An error that stops the script leaves time to learn what became of uploads that are paid for.</summary>
    private static readonly TimeSpan s_settleAfterError = TimeSpan.FromSeconds(30);

    private readonly UploadProgress _progress = new();
    private ConcurrentWorker? _worker;
    private UploadRun? _run;
    private UploadBatch? _batch;

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
    /// their names differ.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 20)]
    public int FilesPerRequest { get; set; } = 1;

    /// <summary>How many requests are under way at once. Default 5.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>Writes results in the order of the input instead of as uploads finish.</summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <summary>
    /// The model classifies pictures: the answer comes in the call itself, and each page result has the classes as its Prediction, with a Label and a Score. Such results have no
    /// RequestFileId, since the service keeps no file to ask for; Get-NanonetsResult passes them through. ProcessingType, Metadata and PagesToProcess do not apply.
    /// </summary>
    [Parameter]
    public SwitchParameter Classification { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _worker = new ConcurrentWorker(Pump, ThrottleLimit);
        _run = new UploadRun(Writer, _worker, Session.Client, Requests, _progress, StopToken) { Ordered = Ordered };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (UploadItem item in Items())
            Accept(item);

        Pump.RunReady();
        OnTick();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _progress.InputEnded = true;
        Flush();
        _worker!.Drain();
        _progress.Complete(this);
        if (_run!.IsHopeless)
            ThrowTerminatingError(_run.DoomError()!);
        if (_run.DoomError() is { } doom)
            Writer.WriteError(doom);
    }

    private void Accept(UploadItem item)
    {
        // A document that comes after the run was doomed is not even looked at.
        if (_run!.IsDoomed)
            Skip(item);
        else if (DocumentContent.Check(item, SkipTypeCheck) is { } error)
            Writer.WriteError(error);
        else
            Add(item);
    }

    private void Add(UploadItem item)
    {
        string modelId = ModelOrDefault(ModelId);
        if (!ShouldProcess(item.Bytes is { } bytes ? $"{item.Source} ({FileSize.Format(bytes)})" : item.Source.ToString(), $"Upload to model {modelId}"))
            return;

        _progress.AddDocument(item.Bytes ?? 0);
        var batch = new UploadBatch
        {
            ModelId = modelId,
            Metadata = string.IsNullOrEmpty(Metadata) ? null : Metadata,
            PagesToProcess = PagesToProcess,
            Mode = ProcessingType,
            Call = Classification ? UploadCall.Classification : UploadCall.Ocr,
        };
        if (_batch is null || !_batch.Suits(batch) || !_batch.TryAdd(item, FilesPerRequest))
        {
            Flush();
            batch.TryAdd(item, FilesPerRequest);
            _batch = batch;
        }

        if (_batch.IsFull(FilesPerRequest))
            Flush();
    }

    private void Skip(UploadItem item)
    {
        _run!.Skip(item);
        if (_run.IsHopeless)
            ThrowTerminatingError(_run.DoomError()!);
    }

    private void Flush()
    {
        if (_batch is not { } batch)
            return;

        _batch = null;
        _run!.Start(batch);
    }

    private protected override RequestStreams CreateRequestStreams() => new(Writer, _progress);

    private protected override void OnTick() => _progress.Refresh(this);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        bool failed = Writer.StoppedByError && !IsStopped;
        string? settled = failed ? _run?.Close(s_settleAfterError) : null;
        base.Dispose(disposing);
        string? lost = failed ? settled : _run?.Close(s_settleAfterStop);

        // The pipeline is gone: the host is the only way left to say what may have been billed.
        if (lost is not null)
            Host?.UI?.WriteWarningLine(lost);
    }
}
