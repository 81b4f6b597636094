using System;
using System.Collections.Generic;
using System.Management.Automation;
using Nanonets.Completers;
using Nanonets.Errors;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Gets models of the account: their type, state and labels.</para>
/// <para>Without -ModelId it lists all models of the account. Listing models is free. It looks for models that read fields and for models
/// that classify images.</para>
/// </summary>
/// <endpoint>GET OCR/Model/{model_id}</endpoint>
/// <endpoint>GET ImageCategorization/Model/</endpoint>
/// <endpoint>GET ImageCategorization/Models/</endpoint>
/// <endpoint>GET OCR/Model/</endpoint>
/// <example>
/// <code>Get-NanonetsModel</code>
/// <para>Lists all models of the account.</para>
/// </example>
/// <example>
/// <code>(Get-NanonetsModel -ModelId $model).Categories</code>
/// <para>Shows the labels of a model and how often each was annotated.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsModel | Where-Object State -eq Ready | ForEach-Object ModelId</code>
/// <para>Finds the models that can read documents.</para>
/// </example>
/// <exception cref="NanonetsErrorId.ModelNotFound"/>
[Cmdlet(VerbsCommon.Get, "NanonetsModel")]
[OutputType(typeof(NanonetsModel))]
public sealed class GetNanonetsModelCommand : ConnectedCmdlet
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>
    /// Ids of models, also piped or as the ModelId of piped objects. Default: all models of the account, not only the connection's.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string[]? ModelId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ModelId is null)
        {
            Get(string.Empty, async stop => await Session.Client.GetModelsAsync(Requests, stop).ConfigureAwait(false));
            return;
        }

        foreach (string id in ModelId)
        {
            if (_asked.Add(id.Trim()))
                Get(id.Trim(), async stop => [await Session.Client.GetModelAsync(id.Trim(), Requests, stop).ConfigureAwait(false)]);
        }
    }

    private void Get(
        string modelId, Func<System.Threading.CancellationToken, System.Threading.Tasks.Task<IReadOnlyList<NanonetsModel>>> ask)
    {
        try
        {
            IReadOnlyList<NanonetsModel> models = [];
            Await(async stop => models = await ask(stop).ConfigureAwait(false));
            foreach (NanonetsModel model in models)
                WriteObject(model);
        }
        catch (NanonetsException failure)
        {
            // An unknown model concerns itself only; a rejected key every model.
            ErrorRecord error = ErrorTable.From(failure, modelId.Length > 0 ? modelId : null);
            if (failure.FatalFor != FatalFor.Document && failure.ErrorId != NanonetsErrorId.ModelNotFound)
                ThrowTerminatingError(error);
            WriteError(error);
        }
    }
}
