using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;
using Nanonets.Review;

namespace Nanonets.Commands;

/// <summary>
/// <para>Exports documents again, for example after an export failed.</para>
/// <para>ExportStatus of a page result is empty when nothing was exported; its other values are not documented. The export target may get a
/// document twice, so a request whose answer is lost is never repeated; it is reported as RequestAmbiguous. Up to 50 files are sent in one
/// request, and each file once, even when you pipe in several of its pages. You set up exports in the Nanonets web application.</para>
/// </summary>
/// <endpoint>POST Inferences/Model/{model_id}/ImageLevelInferences/retryallexports</endpoint>
/// <endpoint>GET Inferences/Model/{model_id}/InferenceRequestFiles/GetPredictions/{request_file_id}</endpoint>
/// <example>
/// <code>Restart-NanonetsExport -RequestFileId $id</code>
/// <para>Exports one file again.</para>
/// </example>
/// <example>
/// <code>$pages | Group-Object ExportStatus -NoElement
/// $failedValue = 'failed'    # the value that the first line shows for those that failed
/// $pages | Where-Object ExportStatus -eq $failedValue | Restart-NanonetsExport</code>
/// <para>Shows which values there are, and exports again what has one of them.</para>
/// </example>
/// <example>
/// <code>$pages | Restart-NanonetsExport -PassThru | ForEach-Object ExportStatus</code>
/// <para>Exports again and shows how that stands just after.</para>
/// </example>
/// <exception cref="NanonetsErrorId.RequestAmbiguous"/>
[Cmdlet(VerbsLifecycle.Restart, "NanonetsExport", DefaultParameterSetName = PipelineSet, SupportsShouldProcess = true)]
[OutputType(typeof(PageResult))]
public sealed class RestartNanonetsExportCommand : FileBatchCmdlet
{
    /// <summary>Fetches each file after the export was requested and writes its pages. Without it nothing is written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Export again";

    private protected override Task ActAsync(string modelId, IReadOnlyList<string> requestFileIds, CancellationToken cancellationToken) =>
        Session.Client.RestartExportAsync(modelId, requestFileIds, Requests, cancellationToken);

    private protected override async Task<IReadOnlyList<PageResult>> FinishAsync(ResultFile file, CancellationToken cancellationToken) =>
        PassThru ? await FetchAsync(file, cancellationToken).ConfigureAwait(false) : [];
}
