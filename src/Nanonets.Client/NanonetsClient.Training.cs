using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Http;
using Nanonets.Json;
using Nanonets.Uploading;

namespace Nanonets;

/// <content>Training data. An upload creates a document each time, so it is never repeated once it was handed over.</content>
internal sealed partial class NanonetsClient
{
    /// <summary>
    /// Adds a document to the training data of a model: a file (POST OCR/Model/{model_id}/UploadFile/), or an address that the service
    /// fetches (POST OCR/Model/{model_id}/UploadUrls/).
    /// </summary>
    /// <param name="modelId">The model.</param>
    /// <param name="source">The document.</param>
    /// <param name="annotations">What is in it; may be empty, and annotated later in the web application.</param>
    /// <param name="observer">Sees tries and bytes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The document as the service has it.</returns>
    /// <exception cref="NanonetsException">The call failed, or it is not known whether it did (RequestAmbiguous).</exception>
    public Task<TrainingDocument> AddTrainingDocumentAsync(
        string modelId, UploadSource source, IReadOnlyList<TrainingAnnotation> annotations, IRequestObserver? observer = null,
        CancellationToken cancellationToken = default) =>
        AddTrainingDocumentAsync(
            $"OCR/Model/{Uri.EscapeDataString(modelId)}/", modelId, source, annotations, () => TrainingBody(source, annotations, observer),
            observer, cancellationToken);

    private async Task<TrainingDocument> AddTrainingDocumentAsync(
        string family, string modelId, UploadSource source, IReadOnlyList<TrainingAnnotation> annotations, Func<ITrackedContent> body,
        IRequestObserver? observer,
        CancellationToken cancellationToken)
    {
        string route = source is UrlSource ? "UploadUrls/" : "UploadFile/";
        var call = new ApiCall(
            HttpMethod.Post, family + route, new RequestSubject(modelId, Document: $"'{source.FileName}'"),
            $"the upload of '{source.FileName}'",
            Repetition.OnlyUntilHandedOver);
        ApiAnswer answer = await _writer.SendAsync(call, body, observer, cancellationToken).ConfigureAwait(false);

        // The status says that it was added; what the answer does not say is known from the request.
        return TrainingJson.Read(answer.Json(), modelId, source.SourcePath) is { Length: > 0 } documents
            ? documents[0]
            : new TrainingDocument { Input = source.FileName, ModelId = modelId, SourcePath = source.SourcePath,
                Annotations = [.. annotations] };
    }

    /// <summary>
    /// Lists the training data of a model (GET ObjectDetection/Model/{model_id}/Annotations; seen in an old official wrapper).
    /// </summary>
    /// <param name="modelId">The model.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The documents.</returns>
    /// <exception cref="NanonetsException">The call failed.</exception>
    public async Task<IReadOnlyList<TrainingDocument>> GetTrainingDocumentsAsync(
        string modelId, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        JsonElement root = await _reader
            .GetAsync($"ObjectDetection/Model/{Uri.EscapeDataString(modelId)}/Annotations", new RequestSubject(modelId), observer,
                cancellationToken, listAllowed: true)
            .ConfigureAwait(false);
        return TrainingJson.Read(root, modelId);
    }

    private static ITrackedContent TrainingBody(
        UploadSource source, IReadOnlyList<TrainingAnnotation> annotations, IRequestObserver? observer)
    {
        if (source is UrlSource address)
        {
            return ApiBody.Json(json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("data");
                TrainingJson.Write(json, source.FileName, annotations);
                json.WriteStartArray("urls");
                json.WriteStringValue(address.Address);
                json.WriteEndArray();
                json.WriteEndObject();
            });
        }

        using var data = new MemoryStream();
        using (var json = new Utf8JsonWriter(data))
            TrainingJson.Write(json, source.FileName, annotations);
        return UploadContent.Owning([("data", Encoding.UTF8.GetString(data.ToArray()))], source.Open(), observer);
    }
}
