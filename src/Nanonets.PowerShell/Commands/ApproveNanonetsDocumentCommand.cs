using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;
using Nanonets.Review;

namespace Nanonets.Commands;

/// <summary>
/// <para>Approves documents: their values are taken as right.</para>
/// <para>Approval is a property of the file, so each file is approved once however many of its pages are piped in. From then on results
/// hold the values that a human has corrected, where there are any. Approving what is approved does no harm. What the model is set up to do
/// on approval (exports, web hooks) happens.</para>
/// <para>A file that cannot be approved is one error, and its target can be piped in again; when no further request can succeed, one error
/// has all files that are still open as its target.</para>
/// </summary>
/// <example>
/// <code>Get-NanonetsResult -RequestFileId $id | Approve-NanonetsDocument</code>
/// <para>Approves one file.</para>
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
    /// <summary>Fetches each file when it is approved and writes its pages as they stand then. Without it nothing is written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Approve";

    private protected override Task ActAsync(ResultFile file, CancellationToken cancellationToken) =>
        Session.Client.ApproveAsync(file.ModelId, file.RequestFileId, Requests, cancellationToken);

    private protected override async Task<IReadOnlyList<PageResult>> FinishAsync(ResultFile file, CancellationToken cancellationToken) =>
        PassThru ? await FetchAsync(file, cancellationToken).ConfigureAwait(false) : [];
}
