using System;
using System.Linq;
using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Errors;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Creates a model.</para>
/// <para>A new model has only the labels that it should find. Give it documents with Add-NanonetsTrainingDocument and start its training
/// with Start-NanonetsTraining. A request whose answer is lost is not repeated, since a second model could be created; it is reported as
/// RequestAmbiguous.</para>
/// </summary>
/// <endpoint>POST OCR/Model/</endpoint>
/// <endpoint>POST ImageCategorization/Model/</endpoint>
/// <example>
/// <code>New-NanonetsModel -Label invoice_number, invoice_date, total_amount</code>
/// <para>Creates a model that reads three fields.</para>
/// </example>
/// <example>
/// <code>$model = New-NanonetsModel -Label (Get-NanonetsModel -ModelId $other).Categories.Label
/// Connect-Nanonets -ApiKey $key -ModelId $model.ModelId</code>
/// <para>Creates a model with the labels of another and makes it the default.</para>
/// </example>
/// <example>
/// <code>New-NanonetsModel -Label invoice, receipt, letter -ModelType classification</code>
/// <para>Creates a model that tells kinds of pictures apart.</para>
/// </example>
/// <exception cref="NanonetsErrorId.RequestAmbiguous"/>
/// <exception cref="ErrorTable.TooFewLabels"/>
[Cmdlet(VerbsCommon.New, "NanonetsModel", SupportsShouldProcess = true)]
[OutputType(typeof(NanonetsModel))]
public sealed class NewNanonetsModelCommand : ConnectedCmdlet
{
    /// <summary>The labels that the model should find: two or more. The API calls them categories.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Label { get; set; } = [];

    /// <summary>
    /// Kind of model: ocr reads fields (the default), classification classifies images; localization and multilabelclassification are
    /// also documented.
    /// </summary>
    [Parameter]
    [ValidateSet(ModelTypes.Ocr, ModelTypes.Classification, ModelTypes.Localization, ModelTypes.MultilabelClassification)]
    public string ModelType { get; set; } = ModelTypes.Ocr;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string[] labels =
            [.. Label.Select(static label => label.Trim()).Where(static label => label.Length > 0).Distinct(StringComparer.Ordinal)];
        if (labels.Length < 2)
            ThrowTerminatingError(ErrorTable.TooFewLabels(labels));
        if (!ShouldProcess(string.Join(", ", labels), $"Create {ModelType} model"))
            return;

        try
        {
            NanonetsModel? model = null;
            Await(async stop => model = await (ModelTypes.Classifies(ModelType)
                ? Session.Client.CreateClassificationModelAsync(labels, Requests, stop)
                : Session.Client.CreateModelAsync(labels, ModelType.ToLowerInvariant(), Requests, stop)).ConfigureAwait(false));
            WriteObject(model);
        }
        catch (NanonetsException failure)
        {
            ThrowTerminatingError(ErrorTable.From(failure, labels));
        }
    }
}
