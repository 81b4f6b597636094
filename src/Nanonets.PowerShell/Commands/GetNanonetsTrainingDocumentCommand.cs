using System.Collections.Generic;
using System.Management.Automation;
using Nanonets.Completers;
using Nanonets.Errors;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Gets the documents that a model learns from.</para>
/// <para>Gets the names, sizes and annotations of the documents. This is free. The call is known only from an old official client, and may
/// not work for every model.</para>
/// </summary>
/// <endpoint>GET ObjectDetection/Model/{model_id}/Annotations</endpoint>
/// <example>
/// <code>Get-NanonetsTrainingDocument -ModelId $model</code>
/// <para>Lists the training data of a model.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsTrainingDocument -ModelId $model | Where-Object { -not $_.Annotations }</code>
/// <para>Finds documents that are not annotated yet.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsModel | Where-Object ModelType -eq ocr | Get-NanonetsTrainingDocument | Select-Object ModelId, Input</code>
/// <para>Lists the training data of all models that read fields.</para>
/// </example>
/// <exception cref="NanonetsErrorId.ModelNotFound"/>
/// <exception cref="ErrorTable.ModelIdMissing"/>
[Cmdlet(VerbsCommon.Get, "NanonetsTrainingDocument")]
[OutputType(typeof(TrainingDocument))]
public sealed class GetNanonetsTrainingDocumentCommand : ConnectedCmdlet
{
    /// <summary>The model: its id, also as the ModelId of piped models. Default: the connection's model.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string modelId = ModelOrDefault(ModelId);
        try
        {
            IReadOnlyList<TrainingDocument> documents = [];
            Await(async stop => documents = await Session.Client.GetTrainingDocumentsAsync(modelId, Requests, stop).ConfigureAwait(false));
            foreach (TrainingDocument document in documents)
                WriteObject(document);
        }
        catch (NanonetsException failure)
        {
            WriteError(ErrorTable.From(failure, modelId));
        }
    }
}
