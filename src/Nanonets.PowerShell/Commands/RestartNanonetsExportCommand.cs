using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;
using Nanonets.Review;

namespace Nanonets.Commands;

/// <summary>
/// <para>Exports documents again to where their model exports to.</para>
/// <para>For exports that failed (see ExportStatus). The target may get a document twice, so a request whose answer is lost is never
/// repeated; it is reported as RequestAmbiguous. Up to 50 files travel in one request, and each file is asked for once however many of its
/// pages are piped in. What the service exports to is set up in the Nanonets web application.</para>
/// </summary>
/// <example>
/// <code>Restart-NanonetsExport -RequestFileId $id</code>
/// <para>Exports one file again.</para>
/// </example>
/// <example>
/// <code>$pages | Where-Object ExportStatus -eq 'failed' | Restart-NanonetsExport</code>
/// <para>Exports again what failed.</para>
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
    /// <summary>
    /// Fetches each file when the export is asked for and writes its pages as they stand then. Without it nothing is written.
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Export again";

    private protected override Task ActAsync(string modelId, IReadOnlyList<string> requestFileIds, CancellationToken cancellationToken) =>
        Session.Client.RestartExportAsync(modelId, requestFileIds, Requests, cancellationToken);

    private protected override async Task<IReadOnlyList<PageResult>> FinishAsync(ResultFile file, CancellationToken cancellationToken) =>
        PassThru ? await FetchAsync(file, cancellationToken).ConfigureAwait(false) : [];
}
