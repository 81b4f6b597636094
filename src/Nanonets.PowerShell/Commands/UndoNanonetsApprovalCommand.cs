using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;
using Nanonets.Review;

namespace Nanonets.Commands;

/// <summary>
/// <para>Withdraws the approval of documents.</para>
/// <para>The files wait for review again. They are not rejected; the API has no call for that. Each file is sent once, even when you pipe
/// in several of its pages. Exports that were made on approval are not undone.</para>
/// </summary>
/// <endpoint>POST Inferences/Model/{model_id}/ImageLevelInferences/UnVerify/{request_file_id}</endpoint>
/// <endpoint>GET Inferences/Model/{model_id}/InferenceRequestFiles/GetPredictions/{request_file_id}</endpoint>
/// <example>
/// <code>Undo-NanonetsApproval -RequestFileId $id</code>
/// <para>Takes one approval back.</para>
/// </example>
/// <example>
/// <code>$pages | Where-Object VerifiedBy -eq 'intern@example.com' | Undo-NanonetsApproval -Confirm</code>
/// <para>Asks for each document that one person has approved.</para>
/// </example>
/// <example>
/// <code>$pages | Undo-NanonetsApproval -PassThru | Set-NanonetsReviewer -Reviewer reviewer@example.com</code>
/// <para>Takes approvals back and gives the documents to another reviewer.</para>
/// </example>
[Cmdlet(VerbsCommon.Undo, "NanonetsApproval", DefaultParameterSetName = PipelineSet, SupportsShouldProcess = true)]
[OutputType(typeof(PageResult))]
public sealed class UndoNanonetsApprovalCommand : FileActionCmdlet
{
    /// <summary>Fetches each file after its approval was withdrawn and writes its pages. Without it nothing is written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Take approval back";

    private protected override Task ActAsync(ResultFile file, CancellationToken cancellationToken) =>
        Session.Client.UndoApprovalAsync(file.ModelId, file.RequestFileId, Requests, cancellationToken);

    private protected override async Task<IReadOnlyList<PageResult>> FinishAsync(ResultFile file, CancellationToken cancellationToken) =>
        PassThru ? await FetchAsync(file, cancellationToken).ConfigureAwait(false) : [];
}
