using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;
using Nanonets.Review;

namespace Nanonets.Commands;

/// <summary>
/// <para>Approves documents, which confirms that their values are right.</para>
/// <para>Approval is a property of the file, so each file is approved once, even when you pipe in several of its pages. From then on
/// results hold the values that a person has corrected, if there are any. Approving a file again does no harm. Anything that the model is
/// set up to do on approval (exports, webhooks) is done.</para>
/// <para>A file that cannot be approved is one error, and its target can be piped in again. When no further request can succeed, one error
/// has all remaining files as its target.</para>
/// </summary>
/// <endpoint>POST Inferences/Model/{model_id}/ImageLevelInferences/Verify/{request_file_id}</endpoint>
/// <endpoint>GET Inferences/Model/{model_id}/InferenceRequestFiles/GetPredictions/{request_file_id}</endpoint>
/// <example>
/// <code>Get-NanonetsResult -RequestFileId $id | Approve-NanonetsDocument</code>
/// <para>Approves one file.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsResult -After (Get-Date).AddDays(-7) |
///     Where-Object { $_.State -eq 'Success' -and -not $_.IsModerated -and $_.ApprovalStatus -ne 'rejected' } |
///     Approve-NanonetsDocument -WhatIf</code>
/// <para>Shows which documents of the last week wait for approval, and would be approved: IsModerated tells whether a file is approved,
/// ApprovalStatus whether a person has rejected it in the web application.</para>
/// </example>
/// <example>
/// <code>$rows = $pages | ConvertTo-NanonetsRow -Culture en-US
/// $rows | Where-Object { $_.total_amount -is [decimal] -and $_.total_amount -lt 1000 } | Approve-NanonetsDocument -WhatIf</code>
/// <para>Shows which documents with small amounts would be approved, and changes nothing.</para>
/// </example>
/// <example>
/// <code>Import-Csv checked.csv | Approve-NanonetsDocument -PassThru | Where-Object VerifiedBy</code>
/// <para>Approves the files named in the column RequestFileId and shows who counts as their reviewer.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Approve, "NanonetsDocument", DefaultParameterSetName = PipelineSet, SupportsShouldProcess = true)]
[OutputType(typeof(PageResult))]
public sealed class ApproveNanonetsDocumentCommand : FileActionCmdlet
{
    /// <summary>Fetches each file after it is approved and writes its pages. Without it nothing is written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Approve";

    private protected override Task ActAsync(ResultFile file, CancellationToken cancellationToken) =>
        Session.Client.ApproveAsync(file.ModelId, file.RequestFileId, Requests, cancellationToken);

    private protected override async Task<IReadOnlyList<PageResult>> FinishAsync(ResultFile file, CancellationToken cancellationToken) =>
        PassThru ? await FetchAsync(file, cancellationToken).ConfigureAwait(false) : [];
}
