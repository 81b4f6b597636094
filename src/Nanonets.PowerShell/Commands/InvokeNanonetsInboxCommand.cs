using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Display;
using Nanonets.Errors;
using Nanonets.Inbox;
using Nanonets.Sessions;
using Nanonets.Uploads;

namespace Nanonets.Commands;

/// <summary>
/// <para>Empties a folder of documents: sends them, waits for their values, writes rows, and files the originals away.</para>
/// <para>Makes one pass over the folder and ends. Each document is sent to the model, and its result is waited for. A row with the labels
/// of -Label goes to a CSV file, and the original is moved to the destination with a JSON file beside it: to done when it was read, to
/// review when nothing was found, a score is below -MinimumScore or some pages could not be read, to failed when the document itself is
/// at fault (not PDF, PNG, JPEG or TIFF, damaged, or not readable for the service). What concerns all documents (key, quota, model,
/// network, budget) moves nothing: they stay in the inbox for the next run. So does a document that may have been billed, until that is
/// settled.</para>
/// <para>A label of -Label that the model does not have ends the run before anything is sent; labels of tables (-As Table), and models that
/// name no labels, are taken at their word. A file that stays empty waits for a day, then it goes to failed. A JSON file that a run has
/// written, put back with its original, is left alone and said.</para>
/// <para>Made for a scheduled task. Run it again after anything, a kill, a full disk or a power failure: nothing is sent twice, results
/// that are paid for are fetched again, which is free, and a document ends in exactly one place. Two runs at once share the work. A
/// document that comes again with the same content is not sent: it is filed with the result of the first, whose place is in
/// DuplicateOf.</para>
/// <para>Below the destination are the folders done, review, failed and rows, with -Report also reports; runs.jsonl with a line for each
/// run; and the journal uploads.db, unless -Journal or the connection names another. Names are kept, and a name that is taken gets a
/// number. Nothing is overwritten.</para>
/// <para>The output is one object with every document and its state. Its ExitCode is for the scheduler: 2 nothing could be done, 1 a person
/// is needed, 3 something is left for the next run, 0 all is done; the first that fits. A run that cannot begin writes such an object
/// too; one that is stopped writes only its line in runs.jsonl.</para>
/// </summary>
/// <endpoint>POST OCR/Model/{model_id}/LabelFile/?async=true</endpoint>
/// <endpoint>GET OCR/Model/{model_id}</endpoint>
/// <endpoint>GET Inferences/Model/{model_id}/ImageLevelInferences</endpoint>
/// <endpoint>GET Inferences/Model/{model_id}/InferenceRequestFiles/GetPredictions/{request_file_id}</endpoint>
/// <example>
/// <code>$run = Invoke-NanonetsInbox inbox invoices -Label invoice_number, invoice_date, seller_name, total_amount
/// $run</code>
/// <para>One pass, and its summary. In a script for a scheduler, exit $run.ExitCode follows.</para>
/// </example>
/// <example>
/// <code>Invoke-NanonetsInbox inbox invoices -Label invoice_number, total_amount -WhatIf</code>
/// <para>Says what would be sent, filed and left, and about how many pages that are. Sends, makes and moves nothing.</para>
/// </example>
/// <example>
/// <code>$run = Invoke-NanonetsInbox inbox invoices -Label invoice_number, total_amount -MinimumScore 0.8
/// $run.Documents | Where-Object State -eq Review | Format-List Input, Reason, SourcePath</code>
/// <para>Puts what the model was not sure of into review, and shows it.</para>
/// </example>
/// <example>
/// <code>Invoke-NanonetsInbox inbox invoices -Recurse -Label invoice_number, total_amount -RowsPath all.csv -Metadata {
///     $_.Directory.Name
/// }</code>
/// <para>Takes subfolders too, which are kept below the destination, sends the name of each document's folder along, and adds the rows to
/// one file.</para>
/// </example>
/// <exception cref="NanonetsErrorId.FileMissing"/>
/// <exception cref="NanonetsErrorId.JournalUnavailable"/>
/// <exception cref="NanonetsErrorId.LabelNotFound"/>
/// <exception cref="NanonetsErrorId.ModelNotFound"/>
/// <exception cref="NanonetsErrorId.ModelNotReady"/>
/// <exception cref="ErrorTable.ColumnsDiffer"/>
/// <exception cref="ErrorTable.DestinationInvalid"/>
/// <exception cref="ErrorTable.DuplicateColumn"/>
/// <exception cref="ErrorTable.FileNotWritten"/>
/// <exception cref="ErrorTable.ModelIdMissing"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
[Cmdlet(VerbsLifecycle.Invoke, "NanonetsInbox", SupportsShouldProcess = true)]
[OutputType(typeof(InboxRun))]
public sealed class InvokeNanonetsInboxCommand : ConnectedCmdlet
{
    private readonly InboxProgress _progress = new();
    private InboxPass? _pass;
    private PassReport? _report;
    private bool _isTold;

    /// <summary>The inbox: the folder with the documents.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// The folder that documents, results and rows go to. It is created when it does not exist. It may be on another disk.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>
    /// The columns of the rows besides the fixed ones: labels of fields and of table columns, in this order. A hashtable renames them
    /// (label = column); use [ordered] to keep the order. -MinimumScore looks at the values of these labels.
    /// </summary>
    [Parameter(Mandatory = true)]
    [LabelTransformation]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public OrderedDictionary? Label { get; set; }

    /// <summary>Names of files to take, with wildcards, such as *.pdf. Others stay and are not mentioned. Default: all.</summary>
    [Parameter]
    [Alias("Filter")]
    [SupportsWildcards]
    public string[] Include { get; set; } = [];

    /// <summary>
    /// Names that are not taken as documents, with wildcards; such files are left alone. This list replaces the default: .*, ~$*,
    /// Thumbs.db, desktop.ini, *.tmp, *.part, *.crdownload, *.filepart.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Ignore { get; set; } = InboxOptions.UsualIgnore;

    /// <summary>Takes documents in subfolders too. The subfolders are kept below the destination.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The model that reads the documents: its id, a UUID. Default: the connection's model.</summary>
    [Parameter]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <summary>Fields gives a row for each document (the default), Table a row for each line of its tables.</summary>
    [Parameter]
    public RowKind As { get; set; } = RowKind.Fields;

    /// <summary>
    /// Converts numbers and dates in the rows that are written as in this culture, such as de-DE, to 1234.50 and 2025-03-17. What could
    /// mean something else stays as it was read. Default: nothing is converted.
    /// </summary>
    [Parameter]
    [CultureTransformation]
    public CultureInfo? Culture { get; set; }

    /// <summary>
    /// A document goes to review when the score of a value for -Label is below this, from 0 to 1, unless a person has approved it. Default:
    /// scores do not matter. It has no effect on documents without scores: instant-learning models give 0 for every value, which is no
    /// score. A document of which nothing was found for -Label goes to review in any case.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? MinimumScore { get; set; }

    /// <summary>
    /// A file that was changed later than this ago is left for the next run, since it may still be being written: seconds, or a time span.
    /// Default: 10 seconds.
    /// </summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan MinimumAge { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long to wait for the result of each document: seconds, or a time span such as '00:30:00'; -1 for ever. The next run fetches what
    /// is not read by then. Default: one hour.
    /// </summary>
    [Parameter]
    [SecondsTransformation(OrForEver = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long to wait while the service is down, or cannot be reached after an upload was accepted: seconds, or a time span; -1 for
    /// ever. After that the run ends with one error, ServiceUnavailable, and the next run tries again. Before the first accepted upload a
    /// service that cannot be reached ends the run at once, with ConnectionFailed. Default: 5 minutes.
    /// </summary>
    [Parameter]
    [SecondsTransformation(OrForEver = true)]
    public TimeSpan OutageTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The most pages that this run may use, from 1. The oldest documents come first. One for which what is left does not suffice waits for
    /// the next run, while smaller ones go on; one that exceeds the whole budget is TooLarge, and a person is needed. Pages are estimated
    /// before a document is sent, and counted when it is accepted. Default: no limit.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? PageBudget { get; set; }

    /// <summary>How many documents are sent at once. Default 5.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>
    /// The journal, which knows what was sent: the path of a file on a disk of this machine, or the address of a database
    /// (postgresql://…), with which several machines may share an inbox. Default: the connection's, else the one that the environment
    /// variable NANONETS_JOURNAL names, else uploads.db in the destination.
    /// </summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>
    /// Text that the service stores with a document and returns with its results. A hashtable becomes JSON. A script block is run for each
    /// file, which is $_ in it. Without it, and in a hashtable, a tag is sent by which a lost upload is found; text of your own is sent
    /// without one: see Send-NanonetsDocument -Metadata.
    /// </summary>
    [Parameter]
    [FileMetadataTransformation]
    public FileMetadata? Metadata { get; set; }

    /// <summary>
    /// Path of one CSV file that all runs add their rows to. It must have the same columns. Default: a file for each run in rows.
    /// </summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? RowsPath { get; set; }

    /// <summary>
    /// Writes an HTML report of what was read in this run, as Export-NanonetsReport does, to the folder reports. Values with a score below
    /// -MinimumScore are marked. Its pictures are downloaded after their documents are filed. Default: no report.
    /// </summary>
    [Parameter]
    public SwitchParameter Report { get; set; }

    /// <summary>A run that cannot begin says so in its object, so that a script can end with its exit code.</summary>
    protected override void BeginProcessing()
    {
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var start = new InboxStart(this, FindConnection(out ErrorRecord? why), why);
        if (start.Options is not { } options)
        {
            End(start.Refused(), start.Error);
            return;
        }

        _report = Report ? new PassReport(options, Session.Client, Pump, Writer, Requests, StopToken) : null;
        _pass = new InboxPass(
            options, Session.Client, start.OpenJournal, new InboxWatcher(Writer, Requests, _progress, _report), StopToken);
        IReadOnlyList<InboxItem>? items = [];
        bool isReal = !IsWhatIf;
        try
        {
            if (isReal)
                Await(_ => _pass.RecoverAsync());
            items = start.List();
            if (items is null)
                End(start.Refused(), start.Error);
            else if (Agree(start, items))
                Run(items);
        }
        finally
        {
            // Stopped by Ctrl+C, or by who takes its output: nothing can be written to the pipeline any more.
            if (isReal && !_isTold)
                RunsFile.TryAdd(_pass.CutOff(items ?? []), mayWait: false);
        }
    }

    /// <summary>Asks where somebody wants to be asked.</summary>
    /// <returns>False when nothing is to be done, but to tell what would be.</returns>
    private bool Agree(InboxStart start, IReadOnlyList<InboxItem> items)
    {
        using UploadForecast? forecast = IsWhatIf ? start.Forecast() : null;
        new InboxQuestions(this, start.Options!, forecast, Metadata, Await).Ask(items);
        return !IsWhatIf;
    }

    private void Run(IReadOnlyList<InboxItem> items)
    {
        InboxRun? run = null;
        _progress.Documents = items.Count;
        Await(async _ => run = await _pass!.RunAsync(items).ConfigureAwait(false));
        run!.ReportPath = _report?.Complete(run);
        _progress.Complete(this);
        End(run, InboxStart.ErrorOf(_pass!.Failure, run));
    }

    /// <summary>The object first: with -ErrorAction Stop the error ends the script.</summary>
    private void End(InboxRun run, ErrorRecord? error)
    {
        _isTold = true;
        if (!IsWhatIf && RunsFile.TryAdd(run) is { } why)
            WriteWarning(why);
        WriteObject(run);
        if (error is not null)
            Writer.WriteError(error);
    }

    private protected override void OnTick()
    {
        _progress.Refresh(this);
        _report?.Take();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _report?.Dispose();
        _pass?.Dispose();
    }
}
