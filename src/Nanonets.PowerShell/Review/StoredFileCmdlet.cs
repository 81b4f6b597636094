using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Completers;
using Nanonets.Errors;
using Nanonets.Results;
using Nanonets.Sessions;

namespace Nanonets.Review;

/// <summary>
/// Base of the cmdlets that do something to stored files: takes files in every form in which they are piped, and does a few at once.
/// </summary>
/// <exception cref="NanonetsErrorId.DocumentNotFound"/>
/// <exception cref="NanonetsErrorId.ModelNotFound"/>
/// <exception cref="ErrorTable.ModelIdMissing"/>
/// <exception cref="ErrorTable.RequestFileIdMissing"/>
public abstract class StoredFileCmdlet : ConnectedCmdlet
{
    /// <summary>Files by the pipeline.</summary>
    private protected const string PipelineSet = "Pipeline";

    /// <summary>Files by their ids.</summary>
    private protected const string FileSet = "File";

    /// <summary>How many requests run at once.</summary>
    private const int ConcurrentRequests = 4;

    private readonly HashSet<(string Model, string File)> _taken = [];
    private ConcurrentWorker? _worker;

    /// <summary>
    /// Page results, ids of files as text, or objects with a RequestFileId property, such as CSV rows and page results that come back
    /// from a job. A file is processed once, even if several of its pages are piped.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>The ids of the files (request_file_id).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RequestFileIdCompleter))]
    public string[] RequestFileId { get; set; } = [];

    /// <summary>The model that the documents were sent to. Default: the page result's own, else the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    private protected FileRun Run { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _worker = new ConcurrentWorker(Pump, ConcurrentRequests);
        Run = new FileRun(Writer, _worker, StopToken);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is { } input)
        {
            if (ResultInput.FileOf(input, known => known ?? ModelOrDefault(ModelId)) is { } file)
                Take(file, input);
            else
                WriteError(ErrorTable.RequestFileIdMissing(input));
        }

        foreach (string id in RequestFileId)
            Take(new ResultFile { RequestFileId = id.Trim(), ModelId = ModelOrDefault(ModelId) }, null);
        Pump.RunReady();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Flush();
        _worker!.Drain();
        foreach (ErrorRecord error in Run.FatalErrors())
            WriteError(error);
    }

    /// <summary>Takes a file, on the pipeline thread.</summary>
    /// <param name="file">The file.</param>
    /// <param name="input">What was piped; null for an id given as an argument.</param>
    private protected abstract void Take(ResultFile file, PSObject? input);

    /// <summary>Begins what is still held back: no further file will come.</summary>
    private protected virtual void Flush()
    {
    }

    /// <summary>Whether a file comes for the first time.</summary>
    private protected bool IsFirst(ResultFile file) => _taken.Add((file.ModelId, file.RequestFileId));

    /// <summary>The pages of a file as they stand now.</summary>
    private protected async Task<IReadOnlyList<PageResult>> FetchAsync(ResultFile file, CancellationToken cancellationToken)
    {
        try
        {
            return file.WithOrigin(await Session.Client.GetFileResultAsync(file.ModelId, file.RequestFileId, Requests, cancellationToken)
                .ConfigureAwait(false));
        }
        catch (NanonetsException failure) when (failure.FatalFor == FatalFor.Document)
        {
            throw new NanonetsException(
                failure.ErrorId, $"{file.Title} was changed, but cannot be fetched for -PassThru: {failure.Message}", failure);
        }
    }
}
