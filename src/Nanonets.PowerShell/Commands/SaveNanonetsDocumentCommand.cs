using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Nanonets.Async;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Downloading;
using Nanonets.Display;
using Nanonets.Errors;
using Nanonets.Results;
using Nanonets.Saving;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Saves documents, page images or thumbnails to files.</para>
/// <para>Downloads files from the signed addresses of the service; the API key is not sent to the storage host. If page results have no
/// addresses, such as those of a listing, or the addresses have expired, new ones are fetched, once for each file. A download that fails or
/// is stopped leaves no incomplete file.</para>
/// <para>Files keep the names under which they were uploaded, made safe for every system. Page images are named after them, such as
/// invoice.pdf.page-1.jpg. If two documents of a run have the same name, a number is appended. If the file already exists, that is an error
/// unless you use -Force.</para>
/// </summary>
/// <endpoint>GET Inferences/Model/{model_id}/InferenceRequestFiles/GetPredictions/{request_file_id}</endpoint>
/// <example>
/// <code>Get-NanonetsResult -After (Get-Date).AddDays(-1) | Save-NanonetsDocument -Destination out</code>
/// <para>Saves the originals of all documents of the last day.</para>
/// </example>
/// <example>
/// <code>Save-NanonetsDocument out -RequestFileId $id -ModelId $model</code>
/// <para>Saves the original of one document by its id.</para>
/// </example>
/// <example>
/// <code>$pages | Save-NanonetsDocument -Destination out -Part PageImage, Thumbnail -Force</code>
/// <para>Saves both pictures of each page and overwrites what is there.</para>
/// </example>
/// <example>
/// <code>Import-Csv open.csv | Save-NanonetsDocument out -ModelId $model -WhatIf</code>
/// <para>Shows what would be saved for rows that have a RequestFileId.</para>
/// </example>
/// <returns>The file that was written, with its PSPath and the RequestFileId of the document.</returns>
/// <exception cref="NanonetsErrorId.AddressRejected"/>
/// <exception cref="NanonetsErrorId.DocumentNotFound"/>
/// <exception cref="NanonetsErrorId.ModelNotFound"/>
/// <exception cref="ErrorTable.AddressMissing"/>
/// <exception cref="ErrorTable.DestinationInvalid"/>
/// <exception cref="ErrorTable.FileExists"/>
/// <exception cref="ErrorTable.FileNotWritten"/>
/// <exception cref="ErrorTable.ModelIdMissing"/>
/// <exception cref="ErrorTable.RequestFileIdMissing"/>
[Cmdlet(VerbsData.Save, "NanonetsDocument", DefaultParameterSetName = PipelineSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveNanonetsDocumentCommand : ConnectedCmdlet
{
    private const string PipelineSet = "Pipeline";
    private const string FileSet = "File";

    /// <summary>Time for stopped downloads to take their unfinished files away.</summary>
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(250);

    private readonly NameBook _names = new();
    private readonly HashSet<(string ModelId, string RequestFileId)> _files = [];
    private readonly HashSet<(DocumentPart Part, string Id)> _taken = [];
    private string _folder = string.Empty;
    private ConcurrentWorker? _worker;
    private SaveRun? _run;

    /// <summary>The folder to write to. It is created when it does not exist.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>
    /// Page results, ids of files as text, or objects with a RequestFileId property. For an id or object, all pages of the file are
    /// saved.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>The ids of the files (request_file_id).</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RequestFileIdCompleter))]
    public string[] RequestFileId { get; set; } = [];

    /// <summary>
    /// Original is the uploaded file (the default), PageImage the image of each page, Thumbnail a small image, 240 pixels wide. You can
    /// give several.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public DocumentPart[] Part { get; set; } = [DocumentPart.Original];

    /// <summary>The model that the documents were sent to. Default: the page result's own, else the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <summary>Overwrites existing files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How many downloads run at once. Default 5.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 5;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _folder = FileSystemPath.FolderOf(this, Destination);
        _worker = new ConcurrentWorker(Pump, ThrottleLimit);
        _run = new SaveRun(Writer, _worker, Session.Client, Requests, StopToken)
        {
            Overwrite = Force,
            GetItem = path => InvokeProvider.Item.Get([path], force: true, literalPath: true)[0],
        };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is { } input)
            Take(input);
        foreach (string id in RequestFileId)
            AddFile(new ResultFile { RequestFileId = id.Trim(), ModelId = ModelOrDefault(ModelId) });
        Pump.RunReady();
    }

    private void Take(PSObject input)
    {
        if (ResultInput.PageOf(input) is { } page)
            Add(page);
        else if (ResultInput.FileOf(input, known => known ?? ModelOrDefault(ModelId)) is { } file)
            AddFile(file);
        else
            WriteError(ErrorTable.RequestFileIdMissing(input));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _worker!.Drain();
        foreach (ErrorRecord error in _run!.Fatal.Errors())
            Writer.WriteError(error);
    }

    /// <summary>A file by its id: however many rows of it come, it is asked for once.</summary>
    private void AddFile(ResultFile file)
    {
        if (!_files.Add((file.ModelId, file.RequestFileId)))
            return;

        PageResult target = file.Target(null);
        if (_run!.Fatal.AreFor(file.ModelId))
        {
            _run.Fatal.AddOpen(file.ModelId, target);
            return;
        }

        FileResult? fetched = null;
        try
        {
            Await(async stop => fetched = await Session.Client.GetFileResultAsync(file.ModelId, file.RequestFileId, Requests, stop)
                .ConfigureAwait(false));
        }
        catch (NanonetsException failure)
        {
            if (!_run.Fatal.Takes(failure, file.ModelId, target))
                Writer.WriteError(ErrorTable.From(failure, target));
        }

        foreach (PageResult page in fetched?.Pages ?? [])
            Add(page);
    }

    private void Add(PageResult page)
    {
        string modelId = page.ModelId ?? ModelOrDefault(ModelId);
        if (_run!.Fatal.AreFor(modelId))
        {
            _run.Fatal.AddOpen(modelId, page);
            return;
        }

        foreach (DocumentPart part in Part.Distinct())
        {
            // An original belongs to all pages of its file; what cannot be told from others is saved as often as it comes.
            string? id = part == DocumentPart.Original ? page.RequestFileId ?? page.Id : page.Id;
            if (id is null || _taken.Add((part, id)))
                Start(page, part);
        }
    }

    private void Start(PageResult page, DocumentPart part)
    {
        string path = Path.Combine(_folder, _names.Of(page, part));
        if (!Force && File.Exists(path))
        {
            Writer.WriteError(ErrorTable.FileExists(path));
            return;
        }

        if (!ShouldProcess(ShownPath.Of(path, SessionState), $"Save {part} of {page}"))
            return;

        FileSystemPath.MakeFolder(this, _folder);
        _run!.Start(new SaveItem(page, part, page.ModelId ?? ModelOrDefault(ModelId), path));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _worker?.Settle(s_settle);
    }
}
