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
/// <para>Saves documents, pictures of their pages or thumbnails to files.</para>
/// <para>Downloads what the service stores through its signed addresses; the API key is not sent to the storage host. Page results without
/// addresses, such as those of a listing, and addresses that have expired are asked for again, once for each file. A file comes into being
/// when it is whole: a download that fails or is stopped leaves nothing.</para>
/// <para>Files are named as they were uploaded, made safe for every system; pictures are called after them, such as invoice.pdf.page-1.jpg.
/// Two documents of the same name in one run get a number behind it. A file that is there already is an error, unless -Force is
/// given.</para>
/// </summary>
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

    /// <summary>The folder to write to; made when it is not there.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>
    /// What is to be saved: page results as Send-NanonetsDocument or Get-NanonetsResult writes them, ids of files as text, or objects with
    /// a RequestFileId property. Of an id or object all pages of the file are meant.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>The files: their request_file_id. All pages of each are meant.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RequestFileIdCompleter))]
    public string[] RequestFileId { get; set; } = [];

    /// <summary>
    /// Original is the uploaded file (the default), PageImage the picture of each page, Thumbnail a small one, 240 pixels wide. Several may
    /// be given.
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

    /// <summary>Overwrites files that are there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How many downloads are under way at once. Default 5.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 5;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _folder = ResolveFolder();
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
        string path = Path.Combine(_folder, NameOf(page, part));
        if (!Force && File.Exists(path))
        {
            Writer.WriteError(ErrorTable.FileExists(path));
            return;
        }

        if (!ShouldProcess(ShownPath.Of(path, SessionState), $"Save {part} of {page}"))
            return;

        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorTable.DestinationInvalid(_folder, failure.Message));
        }

        _run!.Start(new SaveItem(page, part, page.ModelId ?? ModelOrDefault(ModelId), path));
    }

    private string NameOf(PageResult page, DocumentPart part) => part switch
    {
        DocumentPart.Original => _names.OfDocument(page),
        DocumentPart.PageImage => _names.OfPage(page, string.Empty, FileType.OfKey(page.PageImageKey)),
        _ => _names.OfPage(page, ".thumbnail", FileType.OfKey(page.PageImageKey)),
    };

    private string ResolveFolder()
    {
        string? folder = FileSystemPath.Find(SessionState, Destination);
        if (folder is null)
            ThrowTerminatingError(ErrorTable.DestinationInvalid(Destination, "It is not a folder of the file system."));
        if (File.Exists(folder))
            ThrowTerminatingError(ErrorTable.DestinationInvalid(folder!, "It is a file."));
        try
        {
            // As Windows will name it: without a blank or dot at its end.
            return Path.GetFullPath(folder!);
        }
        catch (Exception unnameable) when (unnameable is ArgumentException or NotSupportedException or PathTooLongException)
        {
            ThrowTerminatingError(ErrorTable.DestinationInvalid(folder!, unnameable.Message));
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _worker?.Settle(s_settle);
    }
}
