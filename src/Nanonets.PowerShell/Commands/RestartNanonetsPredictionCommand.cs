using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;
using Nanonets.Review;

namespace Nanonets.Commands;

/// <summary>
/// <para>Has the service read documents again, for example after the model was trained further.</para>
/// <para>Nothing is uploaded: the service reads the files that it has. That is also the way for a document that it could not read
/// (DocumentFailed) and that a journal would not send again.</para>
/// <para>It is not documented whether reading again is charged, so assume that it may be. A request whose answer is lost is never repeated;
/// it is reported as RequestAmbiguous. Up to 50 files are sent in one request, and each file once, even when you pipe in several of its
/// pages. The service reads them like new uploads: wait for the new values with Get-NanonetsResult -Wait.</para>
/// </summary>
/// <endpoint>POST ObjectDetection/Model/{model_id}/RetryPrediction</endpoint>
/// <example>
/// <code>Restart-NanonetsPrediction -RequestFileId $id</code>
/// <para>Has one file read again.</para>
/// </example>
/// <example>
/// <code>$pages | Where-Object State -eq Failure | Restart-NanonetsPrediction -PassThru | Get-NanonetsResult -Wait</code>
/// <para>Tries documents again that could not be read, and waits for them.</para>
/// </example>
/// <example>
/// <code>Import-Csv lowscore.csv | Restart-NanonetsPrediction -WhatIf</code>
/// <para>Shows which files would be read again, and spends nothing.</para>
/// </example>
/// <exception cref="NanonetsErrorId.RequestAmbiguous"/>
[Cmdlet(VerbsLifecycle.Restart, "NanonetsPrediction", DefaultParameterSetName = PipelineSet, SupportsShouldProcess = true)]
[OutputType(typeof(PageResult))]
public sealed class RestartNanonetsPredictionCommand : FileBatchCmdlet
{
    /// <summary>
    /// Writes a page result in the state Pending for each file that is read again; pipe it to Get-NanonetsResult -Wait. Without it
    /// nothing is written.
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Read again (may be charged)";

    private protected override Task ActAsync(string modelId, IReadOnlyList<string> requestFileIds, CancellationToken cancellationToken) =>
        Session.Client.RestartPredictionAsync(modelId, requestFileIds, Requests, cancellationToken);

    private protected override Task<IReadOnlyList<PageResult>> FinishAsync(ResultFile file, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PageResult>>(
            PassThru ? [PageResult.Placeholder(file.RequestFileId, file.ModelId, file.SourcePath)] : []);
}
