using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;
using Nanonets.Review;

namespace Nanonets.Commands;

/// <summary>
/// <para>Has documents read again, for example after the model was trained further.</para>
/// <para>Whether reading again is charged is not documented: take it that it may be. So a request whose answer is lost is never repeated;
/// it is reported as RequestAmbiguous. Up to 50 files travel in one request, and each file is asked for once however many of its pages are
/// piped in. The service reads them like new uploads: wait for the new values with Get-NanonetsResult -Wait.</para>
/// </summary>
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
    /// Writes a page result without values, in the state Pending, for each file that is read again: something that Get-NanonetsResult -Wait
    /// can wait for. Without it nothing is written.
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
