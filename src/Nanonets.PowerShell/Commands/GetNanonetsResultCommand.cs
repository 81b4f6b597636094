using System;
using System.Collections.Generic;
using System.Management.Automation;
using Nanonets.Async;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Display;
using Nanonets.Errors;
using Nanonets.Results;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Gets the values that Nanonets has read from documents.</para>
/// <para>Writes a page result for each page of the requested files. With -Wait it waits until each file is finished and shows the progress;
/// without -Wait it asks once, and pages may still be Pending. Piped page results that are already finished are passed on without a
/// request. Reading results is free.</para>
/// <para>The pages of a file are written together and in page order; with -Wait, files are written as they finish. If the service could not
/// read a document, its pages are written with the state Failure, and the error DocumentFailed is reported. A time-out is one error per
/// file, and its target can be piped in again.</para>
/// <para>With -After it lists all pages that the model got since then, whoever sent them, including pending ones. Pages are written as they
/// arrive, in the order of the service, and without SignedUrls. A list that breaks off is an error; the pages written before it are
/// valid.</para>
/// <para>With -IdOnly it gets only the page ids of the files, in one small answer. Use it to fetch single pages of a long document with
/// -Id.</para>
/// </summary>
/// <endpoint>GET Inferences/Model/{model_id}/InferenceRequestFiles/GetPredictions/{request_file_id}</endpoint>
/// <endpoint>GET Inferences/Model/{model_id}/ImageLevelInferences/{page_id}</endpoint>
/// <endpoint>GET Inferences/Model/{model_id}/ImageLevelInferences</endpoint>
/// <endpoint>GET Inferences/Model/{model_id}/InferenceRequestFiles/{request_file_id}</endpoint>
/// <example>
/// <code>Get-ChildItem *.pdf | Send-NanonetsDocument -ModelId $model | Get-NanonetsResult -Wait</code>
/// <para>Sends documents and waits for their values.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsResult -RequestFileId $id -ModelId $model | ForEach-Object { $_.Fields.total_amount }</code>
/// <para>Fetches one file by its id and shows a value.</para>
/// </example>
/// <example>
/// <code>$results = $sent | Get-NanonetsResult -Wait -Timeout 300 -ErrorVariable late
/// if ($late) { $late.TargetObject | Get-NanonetsResult -Wait }</code>
/// <para>Waits five minutes for each file, and later goes on with those that were not finished.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsResult -After (Get-Date).AddDays(-7) -ModelId $model | Where-Object State -eq Failure</code>
/// <para>Lists what the model could not read in the last seven days.</para>
/// </example>
/// <example>
/// <code>$waiting = Get-NanonetsResult -After (Get-Date).AddDays(-7) -ModelId $model |
///     Where-Object { $_.State -eq 'Success' -and -not $_.IsModerated -and $_.ApprovalStatus -ne 'rejected' }
/// $waiting | Group-Object RequestFileId | ForEach-Object { $_.Group[0] } | Select-Object Input, UploadedAt, RequestFileId</code>
/// <para>Lists what waits for approval, a line for each file: it is read, not approved, and not rejected.</para>
/// </example>
/// <example>
/// <code>$last = (Get-NanonetsResult $id -IdOnly -ModelId $model)[-1]
/// Get-NanonetsResult -Id $last.Id -ModelId $model</code>
/// <para>Fetches the last page of a long document alone.</para>
/// </example>
/// <exception cref="NanonetsErrorId.DocumentFailed"/>
/// <exception cref="NanonetsErrorId.DocumentNotFound"/>
/// <exception cref="NanonetsErrorId.ModelNotFound"/>
/// <exception cref="NanonetsErrorId.PageNotFound"/>
/// <exception cref="NanonetsErrorId.ResultTimedOut"/>
/// <exception cref="ErrorTable.EmptyTimeSpan"/>
/// <exception cref="ErrorTable.ModelIdMissing"/>
/// <exception cref="ErrorTable.RequestFileIdMissing"/>
[Cmdlet(VerbsCommon.Get, "NanonetsResult", DefaultParameterSetName = PipelineSet)]
[OutputType(typeof(PageResult))]
public sealed class GetNanonetsResultCommand : ConnectedCmdlet
{
    private const string PipelineSet = "Pipeline";
    private const string FileSet = "File";
    private const string PageSet = "Page";
    private const string DaysSet = "Days";
    private const string PipelineIdsSet = "PipelineIds";
    private const string FileIdsSet = "FileIds";

    /// <summary>How many requests run at once.</summary>
    private const int ConcurrentRequests = 4;

    /// <summary>Just after an upload no document is finished: asking at once would only cost a request.</summary>
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(1);

    private readonly HashSet<(string ModelId, string RequestFileId)> _listed = [];
    private readonly HashSet<(string ModelId, string PageId)> _pages = [];
    private ResultWaiter? _waiter;
    private PageGate? _gate;
    private ConcurrentWorker? _worker;
    private ResultRun? _run;
    private FinishedNotes? _notes;
    private WaitProgress? _progress;

    /// <summary>
    /// Page results, ids of files as text, or objects with a RequestFileId property, such as CSV rows and page results that come back
    /// from a job.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineIdsSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>The ids of the files (request_file_id).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FileSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FileIdsSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RequestFileIdCompleter))]
    public string[] RequestFileId { get; set; } = [];

    /// <summary>The ids of single pages (Id or PageId of a page result).</summary>
    [Parameter(Mandatory = true, ParameterSetName = PageSet)]
    [ValidateNotNullOrEmpty]
    [Alias("PageId")]
    public string[] Id { get; set; } = [];

    /// <summary>
    /// Gets page ids only: a page result for each page with its Id, RequestFileId and ModelId, without values and in the state Pending.
    /// Page is the position in the list. The documentation does not say that the list is in page order.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = PipelineIdsSet)]
    [Parameter(Mandatory = true, ParameterSetName = FileIdsSet)]
    public SwitchParameter IdOnly { get; set; }

    /// <summary>Lists all pages that the model got at this time or later. A time without an offset is local time.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DaysSet)]
    [TimeTransformation]
    public DateTimeOffset After { get; set; }

    /// <summary>
    /// With -After: lists pages that the model got before this time. Default: up to now. A time without an offset is local time.
    /// </summary>
    [Parameter(ParameterSetName = DaysSet)]
    [TimeTransformation]
    public DateTimeOffset? Before { get; set; }

    /// <summary>The model that the documents were sent to. Default: the page result's own, else the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <summary>Asks again until each document is finished or the time is up.</summary>
    [Parameter(ParameterSetName = PipelineSet)]
    [Parameter(ParameterSetName = FileSet)]
    [Parameter(ParameterSetName = PageSet)]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// With -Wait: how long to wait for each file, from when the cmdlet gets it. Seconds, or a time span such as '00:05:00'; -1 for
    /// ever. Default: one hour. Documents are usually read within five minutes.
    /// </summary>
    [Parameter(ParameterSetName = PipelineSet)]
    [Parameter(ParameterSetName = FileSet)]
    [Parameter(ParameterSetName = PageSet)]
    [SecondsTransformation(OrForEver = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _worker = new ConcurrentWorker(Pump, Wait ? null : ConcurrentRequests);
        _run = new ResultRun(Writer, _worker, Session.Client, Requests, StopToken)
        {
            Waiter = _waiter = Wait ? new ResultWaiter(Session.Client, Timeout, Requests) : null,
            FirstDelay = s_firstDelay,
            Progress = _progress = Wait ? new WaitProgress() : null,
            Notes = _notes = new FinishedNotes(Session.Client, Writer),
        };
        _gate = new PageGate(WriteObject, _run.Start, known => known.ModelId ?? ModelOrDefault(ModelId));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == DaysSet)
        {
            List();
            return;
        }

        if (InputObject is { } input)
            Add(input);
        foreach (string id in RequestFileId)
            Start(new ResultFile { RequestFileId = id.Trim(), ModelId = ModelOrDefault(ModelId) });
        foreach (string id in Id)
        {
            if (_pages.Add((ModelOrDefault(ModelId), id.Trim())))
                _run!.StartPage(ModelOrDefault(ModelId), id.Trim());
        }

        Pump.RunReady();
        OnTick();
    }

    private void List()
    {
        var listing = new ListingRun(Writer, Session.Client, Requests, ModelOrDefault(ModelId));
        if (!TimeWindow.TryCreate(After, Before, DateTimeOffset.UtcNow, out TimeWindow window))
            ThrowTerminatingError(ErrorTable.EmptyTimeSpan(After, Before!.Value));
        Await(stop => listing.RunAsync(window, stop));
    }

    private void Add(PSObject input)
    {
        if (!IdOnly && ResultInput.PageOf(input) is { } page)
            _gate!.Add(page);
        else if (ResultInput.FileOf(input, known => known ?? ModelOrDefault(ModelId)) is { } file)
            Start(file);
        else
            WriteError(ErrorTable.RequestFileIdMissing(input));
    }

    private void Start(ResultFile file)
    {
        if (!IdOnly)
            _gate!.AddFile(file);
        else if (_listed.Add((file.ModelId, file.RequestFileId)))
            _run!.StartIds(file);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _gate!.Release();
        if (_progress is not null)
            _progress.InputEnded = true;
        _worker!.Drain();
        _progress?.Complete(this);
        foreach (ErrorRecord error in _run!.FatalErrors())
            WriteError(error);
    }

    private protected override void OnTick() => _progress?.Refresh(this);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _waiter?.Dispose();
        _notes?.Dispose();
    }
}
