using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Json;

namespace Nanonets;

/// <content>Models and their training.</content>
internal sealed partial class NanonetsClient
{
    /// <summary>Route of the documented list of all models.</summary>
    private const string AllModels = "ImageCategorization/Models/";

    /// <summary>Route of the list of reading models, known from client code only.</summary>
    private const string ReadingModels = "OCR/Model/";

    /// <summary>Types of models that read fields.</summary>
    private const string ReadingType = "ocr";

    /// <summary>
    /// Lists the models of the account (GET ImageCategorization/Models/, documented). Where that route is not there or names no reading
    /// model, GET OCR/Model/ (seen in client code) is asked as well.
    /// </summary>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The models, each once.</returns>
    /// <exception cref="NanonetsException">Neither call succeeds.</exception>
    public async Task<IReadOnlyList<NanonetsModel>> GetModelsAsync(
        IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        NanonetsException? missing = null;
        NanonetsModel[] models = [];
        try
        {
            models = await ListModelsAsync(AllModels, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (NanonetsException failure) when (IsNoSuchRoute(failure))
        {
            missing = failure;
        }

        if (models.Any(static model => string.Equals(model.ModelType, ReadingType, StringComparison.OrdinalIgnoreCase)))
            return models;

        try
        {
            NanonetsModel[] further = await ListModelsAsync(ReadingModels, observer, cancellationToken).ConfigureAwait(false);
            return [.. models.Concat(further).GroupBy(static model => model.ModelId).Select(static same => same.First())];
        }
        catch (NanonetsException failure) when (missing is null && IsNoSuchRoute(failure))
        {
            return models;
        }
    }

    /// <summary>
    /// Gets the details of a model (GET OCR/Model/{model_id}). Where that route does not know it, the route of image classification (GET
    /// ImageCategorization/Model/?modelId=) is asked; both are documented.
    /// </summary>
    /// <param name="modelId">The model.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The model.</returns>
    /// <exception cref="NanonetsException">The call failed.</exception>
    public async Task<NanonetsModel> GetModelAsync(
        string modelId, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        try
        {
            JsonElement answer = await ReadModelAsync($"{ReadingModels}{Uri.EscapeDataString(modelId)}").ConfigureAwait(false);
            return AnswerReader.IsModel(answer)
                ? AnswerReader.Model(answer)
                : throw new NanonetsException(
                    NanonetsErrorId.InvalidResponse,
                    $"{BaseUri.Authority} is not the Nanonets service: its answer describes no model {modelId}.");
        }
        catch (NanonetsException unknown) when (unknown.ErrorId == NanonetsErrorId.ModelNotFound)
        {
            if (await FindClassifierAsync().ConfigureAwait(false) is { } classifier)
                return classifier;
            throw;
        }

        Task<JsonElement> ReadModelAsync(string target) =>
            _reader.GetAsync(target, new RequestSubject(modelId), observer, cancellationToken);

        async Task<NanonetsModel?> FindClassifierAsync()
        {
            try
            {
                NanonetsModel model = AnswerReader.Model(await ReadModelAsync(ClassifierTarget("Model/", modelId)).ConfigureAwait(false));
                return model.ModelId == modelId ? model : null;
            }
            catch (NanonetsException failure) when (IsNoSuchRoute(failure))
            {
                return null;
            }
        }
    }

    /// <summary>Creates a model (POST OCR/Model/).</summary>
    /// <param name="labels">What it is to find: two or more labels.</param>
    /// <param name="modelType">Its type; <c>ocr</c> reads fields (documented: ocr, classification, localization,
    /// multilabelclassification).</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The new model, in the state NoData.</returns>
    /// <exception cref="NanonetsException">The call failed, or it is not known whether it did (RequestAmbiguous): it is not repeated
    /// then.</exception>
    public async Task<NanonetsModel> CreateModelAsync(
        IReadOnlyList<string> labels, string modelType = ReadingType, IRequestObserver? observer = null,
        CancellationToken cancellationToken = default)
    {
        if (labels.Count < 2)
            throw new ArgumentException("A model needs two or more labels.", nameof(labels));

        var call = new ApiCall(
            HttpMethod.Post, ReadingModels, new RequestSubject(string.Empty), "the creation of the model", Repetition.OnlyUntilHandedOver);
        ApiAnswer answer = await _writer.SendAsync(
            call,
            () => ApiBody.Json(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("categories");
                foreach (string label in labels)
                    json.WriteStringValue(label);
                json.WriteEndArray();
                json.WriteString("model_type", modelType);
                json.WriteEndObject();
            }),
            observer,
            cancellationToken).ConfigureAwait(false);
        return CreatedModel(answer);
    }

    /// <summary>Starts the training of a model (POST OCR/Model/{model_id}/Train/).</summary>
    /// <param name="modelId">The model.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The model as it stands then.</returns>
    /// <exception cref="NanonetsException">The call failed, or it is not known whether it did (RequestAmbiguous): it is not repeated
    /// then.</exception>
    public Task<NanonetsModel> TrainModelAsync(
        string modelId, IRequestObserver? observer = null, CancellationToken cancellationToken = default) =>
        TrainAsync($"OCR/Model/{Uri.EscapeDataString(modelId)}/Train/", modelId, observer, cancellationToken);

    private async Task<NanonetsModel> TrainAsync(
        string target, string modelId, IRequestObserver? observer, CancellationToken cancellationToken)
    {
        var call = new ApiCall(
            HttpMethod.Post, target, new RequestSubject(modelId), "the start of the training", Repetition.OnlyUntilHandedOver);
        ApiAnswer answer = await _writer.SendAsync(call, null, observer, cancellationToken).ConfigureAwait(false);
        return AnswerReader.Model(answer.Json()) is { ModelId: not null } model
            ? model
            : await GetModelAsync(modelId, observer, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="NanonetsException">The answer does not name the model.</exception>
    private static NanonetsModel CreatedModel(ApiAnswer answer) => AnswerReader.Model(answer.Json()) is { ModelId: not null } model
        ? model
        : throw new NanonetsException(
            NanonetsErrorId.RequestAmbiguous,
            $"The model was probably created (HTTP {answer.StatusCode}), but the answer does not name it.")
        {
            StatusCode = answer.StatusCode,
        };

    private async Task<NanonetsModel[]> ListModelsAsync(string target, IRequestObserver? observer, CancellationToken cancellationToken)
    {
        JsonElement root = await _reader
            .GetAsync(target, new RequestSubject(string.Empty), observer, cancellationToken, listAllowed: true).ConfigureAwait(false);
        return AnswerReader.Models(root);
    }

    private static bool IsNoSuchRoute(NanonetsException failure) =>
        failure.StatusCode is 400 or 404 or 405 or 410 || failure.ErrorId == NanonetsErrorId.InvalidResponse;
}
