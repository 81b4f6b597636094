using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Http;
using Nanonets.Uploading;

namespace Nanonets;

/// <content>Models that classify pictures: calls of their own, which name the model in the form or the query (documented). Pictures are
/// classified by UploadAsync.</content>
internal sealed partial class NanonetsClient
{
    /// <summary>Creates a model that classifies pictures (POST ImageCategorization/Model/).</summary>
    /// <param name="categories">What it is to tell apart: two or more categories.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The new model, in the state NoData.</returns>
    /// <exception cref="NanonetsException">The call failed, or it is not known whether it did (RequestAmbiguous): it is not repeated
    /// then.</exception>
    public async Task<NanonetsModel> CreateClassificationModelAsync(
        IReadOnlyList<string> categories, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        if (categories.Count < 2)
            throw new ArgumentException("A model needs two or more categories.", nameof(categories));

        var call = new ApiCall(
            HttpMethod.Post, "ImageCategorization/Model/", new RequestSubject(string.Empty), "the creation of the model",
            Repetition.OnlyUntilHandedOver);
        return CreatedModel(await _writer
            .SendAsync(call, () => ApiBody.Form(categories.Select(static category => ("categories", category))), observer,
                cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Starts the training of a model that classifies pictures (POST ImageCategorization/Train/?modelId=).</summary>
    /// <param name="modelId">The model.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The model as it stands then.</returns>
    /// <exception cref="NanonetsException">The call failed, or it is not known whether it did (RequestAmbiguous): it is not repeated
    /// then.</exception>
    public Task<NanonetsModel> TrainClassificationModelAsync(
        string modelId, IRequestObserver? observer = null, CancellationToken cancellationToken = default) =>
        TrainAsync(ClassifierTarget("Train/", modelId), modelId, observer, cancellationToken);

    /// <summary>
    /// Adds a picture to the training data of a model that classifies: a file (POST ImageCategorization/UploadFile/), or an address that
    /// the service fetches (POST ImageCategorization/UploadUrls/).
    /// </summary>
    /// <param name="modelId">The model.</param>
    /// <param name="source">The picture.</param>
    /// <param name="category">What it shows: a category of the model.</param>
    /// <param name="observer">Sees tries and bytes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The picture as the service has it.</returns>
    /// <exception cref="NanonetsException">The call failed, or it is not known whether it did (RequestAmbiguous).</exception>
    public Task<TrainingDocument> AddClassificationDocumentAsync(
        string modelId, UploadSource source, string category, IRequestObserver? observer = null,
        CancellationToken cancellationToken = default)
    {
        (string, string)[] fields = [("modelId", modelId), ("category", category)];
        return AddTrainingDocumentAsync(
            "ImageCategorization/", modelId, source, [new TrainingAnnotation(category, null, null)],
            () => source is UrlSource address
                ? ApiBody.Form([.. fields, ("urls", address.Address)])
                : UploadContent.Owning(fields, source.Open(), observer),
            observer, cancellationToken);
    }

    private static string ClassifierTarget(string call, string modelId) =>
        $"ImageCategorization/{call}?modelId={Uri.EscapeDataString(modelId)}";
}
