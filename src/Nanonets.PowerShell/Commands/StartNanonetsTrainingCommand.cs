using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Errors;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Starts the training of a model.</para>
/// <para>Queues the training and writes the model. Training takes hours; Get-NanonetsModel shows its State, which is Queued, Training and
/// in the end Ready or TrainingFailed. What training costs is not documented: ask Nanonets. Some plans do not allow it (the error is
/// QuotaExhausted). A model without annotated documents cannot be trained. A request whose answer is lost is not repeated; it is
/// reported as RequestAmbiguous.</para>
/// </summary>
/// <endpoint>POST OCR/Model/{model_id}/Train/</endpoint>
/// <endpoint>POST ImageCategorization/Train/</endpoint>
/// <example>
/// <code>Start-NanonetsTraining -ModelId $model</code>
/// <para>Trains a model with the documents it has.</para>
/// </example>
/// <example>
/// <code>$started = Start-NanonetsTraining -ModelId $model
/// do { Start-Sleep -Seconds 300; $now = $started | Get-NanonetsModel } while ($now.State -in 'Queued', 'Training', 'Retraining')
/// $now.State</code>
/// <para>Waits for the end of a training.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsModel | Where-Object State -eq NotTrained | Start-NanonetsTraining -WhatIf</code>
/// <para>Shows which models could be trained, and trains none.</para>
/// </example>
/// <example>
/// <code>$new = New-NanonetsModel -Label invoice, receipt -ModelType classification
/// Get-ChildItem receipts/*.jpg | Add-NanonetsTrainingDocument -ModelId $new.ModelId -Category receipt
/// Get-ChildItem invoices/*.jpg | Add-NanonetsTrainingDocument -ModelId $new.ModelId -Category invoice
/// $new | Start-NanonetsTraining</code>
/// <para>Makes a model that tells two kinds of pictures apart.</para>
/// </example>
/// <exception cref="NanonetsErrorId.ModelNotFound"/>
/// <exception cref="NanonetsErrorId.ModelNotReady"/>
/// <exception cref="NanonetsErrorId.RequestAmbiguous"/>
/// <exception cref="ErrorTable.ModelIdMissing"/>
[Cmdlet(VerbsLifecycle.Start, "NanonetsTraining", SupportsShouldProcess = true)]
[OutputType(typeof(NanonetsModel))]
public sealed class StartNanonetsTrainingCommand : ConnectedCmdlet
{
    /// <summary>The model: its id, also as the ModelId of piped models. Default: the connection's model.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <summary>
    /// Kind of model; piped models have it as their ModelType. Use classification for a model that classifies images. Default: ocr.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ModelTypeCompleter))]
    public string? ModelType { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string modelId = ModelOrDefault(ModelId);
        if (!ShouldProcess($"model {modelId}", "Train"))
            return;

        try
        {
            NanonetsModel? model = null;
            Await(async stop => model = await (ModelTypes.Classifies(ModelType)
                ? Session.Client.TrainClassificationModelAsync(modelId, Requests, stop)
                : Session.Client.TrainModelAsync(modelId, Requests, stop)).ConfigureAwait(false));
            WriteObject(model);
        }
        catch (NanonetsException failure)
        {
            WriteError(ErrorTable.From(failure, modelId));
        }
    }
}
