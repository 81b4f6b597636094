using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;
using Nanonets.Review;

namespace Nanonets.Commands;

/// <summary>
/// <para>Deletes documents from the Nanonets service, with everything that was read from them.</para>
/// <para>This cannot be undone, so the cmdlet asks for each file; -Confirm:$false suppresses the question. Each file is deleted once, even
/// when you pipe in several of its pages. The local file is not touched. Nothing is documented about a refund of the charge for reading
/// it.</para>
/// </summary>
/// <endpoint>DELETE Inferences/Model/{model_id}/InferenceRequestFiles/{request_file_id}</endpoint>
/// <example>
/// <code>Remove-NanonetsDocument -RequestFileId $id</code>
/// <para>Deletes one file after asking.</para>
/// </example>
/// <example>
/// <code>$pages | Where-Object ApprovalStatus -eq 'rejected' | Remove-NanonetsDocument -WhatIf</code>
/// <para>Shows which documents would be deleted, and deletes none.</para>
/// </example>
/// <example>
/// <code>$old | Remove-NanonetsDocument -Confirm:$false -PassThru | Export-Csv deleted.csv</code>
/// <para>Deletes without asking and keeps a list of what is gone.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "NanonetsDocument", DefaultParameterSetName = PipelineSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PageResult))]
public sealed class RemoveNanonetsDocumentCommand : FileActionCmdlet
{
    /// <summary>
    /// Writes a page result for each deleted file: the piped page, else one with the id only. Without it nothing is written.
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Delete for good";

    private protected override Task ActAsync(ResultFile file, CancellationToken cancellationToken) =>
        Session.Client.DeleteFileAsync(file.ModelId, file.RequestFileId, Requests, cancellationToken);

    private protected override Task<IReadOnlyList<PageResult>> FinishAsync(ResultFile file, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PageResult>>(PassThru ? [file.Target(null)] : []);
}
