using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;
using Nanonets.Review;

namespace Nanonets.Commands;

/// <summary>
/// <para>Assigns documents to a reviewer.</para>
/// <para>The reviewer is a member of the team that owns the model, identified by e-mail address. Up to 50 files are sent in one request,
/// and each file once, even when you pipe in several of its pages. It is not documented whether an earlier reviewer is replaced;
/// AssignedMembers with -PassThru shows it.</para>
/// </summary>
/// <endpoint>POST team/members/model/{model_id}/assign/files</endpoint>
/// <endpoint>GET Inferences/Model/{model_id}/InferenceRequestFiles/GetPredictions/{request_file_id}</endpoint>
/// <example>
/// <code>Set-NanonetsReviewer -RequestFileId $id -Reviewer reviewer@example.com</code>
/// <para>Gives one file to a reviewer.</para>
/// </example>
/// <example>
/// <code>$pages | Where-Object { $_.Prediction.Score -lt 0.8 } | Set-NanonetsReviewer -Reviewer reviewer@example.com</code>
/// <para>Gives documents with uncertain values to a person. With an instant-learning model this is every document, since it
/// gives 0 for every value.</para>
/// </example>
/// <example>
/// <code>$pages | Set-NanonetsReviewer -Reviewer reviewer@example.com -PassThru | Select-Object Input, AssignedMembers</code>
/// <para>Shows who has the documents then.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "NanonetsReviewer", DefaultParameterSetName = PipelineSet, SupportsShouldProcess = true)]
[OutputType(typeof(PageResult))]
public sealed class SetNanonetsReviewerCommand : FileBatchCmdlet
{
    /// <summary>E-mail address of the reviewer, a member of the team.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Member")]
    public string Reviewer { get; set; } = string.Empty;

    /// <summary>Fetches each file after it was assigned to the reviewer and writes its pages. Without it nothing is written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => $"Give to {Reviewer}";

    private protected override Task ActAsync(string modelId, IReadOnlyList<string> requestFileIds, CancellationToken cancellationToken) =>
        Session.Client.AssignReviewerAsync(modelId, Reviewer.Trim(), requestFileIds, Requests, cancellationToken);

    private protected override async Task<IReadOnlyList<PageResult>> FinishAsync(ResultFile file, CancellationToken cancellationToken) =>
        PassThru ? await FetchAsync(file, cancellationToken).ConfigureAwait(false) : [];
}
