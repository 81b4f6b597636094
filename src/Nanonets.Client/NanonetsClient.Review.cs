using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Editing;
using Nanonets.Http;
using Nanonets.Json;

namespace Nanonets;

/// <content>Review and management of stored files. What these calls answer is not documented: the status decides.</content>
internal sealed partial class NanonetsClient
{
    /// <summary>
    /// Gets the page ids of a file (GET Inferences/Model/{model_id}/InferenceRequestFiles/{request_file_id}; an old help page documents
    /// it).
    /// </summary>
    /// <param name="modelId">The model it was sent to.</param>
    /// <param name="requestFileId">The file.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The ids as they come: the list's name is not known, so the first list of texts is taken.</returns>
    /// <exception cref="NanonetsException">The call failed.</exception>
    public async Task<IReadOnlyList<string>> GetPageIdsAsync(
        string modelId, string requestFileId, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        JsonElement root = await _reader
            .GetAsync(FileTarget(modelId, requestFileId), new RequestSubject(modelId, requestFileId), observer, cancellationToken)
            .ConfigureAwait(false);
        return AnswerReader.PageIds(root);
    }

    /// <summary>Approves a file (POST …/ImageLevelInferences/Verify/{request_file_id}). Approving twice is the same as once.</summary>
    /// <param name="modelId">The model it was sent to.</param>
    /// <param name="requestFileId">The file.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the service has confirmed.</returns>
    /// <exception cref="NanonetsException">The call failed.</exception>
    public Task ApproveAsync(
        string modelId, string requestFileId, IRequestObserver? observer = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Post, $"{Inferences(modelId)}ImageLevelInferences/Verify/{Uri.EscapeDataString(requestFileId)}",
            new RequestSubject(modelId, requestFileId),
            "the approval", observer, cancellationToken);

    /// <summary>Takes an approval back (POST …/ImageLevelInferences/UnVerify/{request_file_id}). This does not reject the file.</summary>
    /// <param name="modelId">The model it was sent to.</param>
    /// <param name="requestFileId">The file.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the service has confirmed.</returns>
    /// <exception cref="NanonetsException">The call failed.</exception>
    public Task UndoApprovalAsync(
        string modelId, string requestFileId, IRequestObserver? observer = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Post, $"{Inferences(modelId)}ImageLevelInferences/UnVerify/{Uri.EscapeDataString(requestFileId)}",
            new RequestSubject(modelId, requestFileId),
            "taking the approval back", observer, cancellationToken);

    /// <summary>
    /// Deletes a file (DELETE …/InferenceRequestFiles/{request_file_id}). A file that is gone after a lost answer counts as deleted.
    /// </summary>
    /// <param name="modelId">The model it was sent to.</param>
    /// <param name="requestFileId">The file.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the service has confirmed.</returns>
    /// <exception cref="NanonetsException">The call failed.</exception>
    public Task DeleteFileAsync(
        string modelId, string requestFileId, IRequestObserver? observer = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, FileTarget(modelId, requestFileId), new RequestSubject(modelId, requestFileId), "the deletion",
            observer, cancellationToken);

    /// <summary>
    /// Changes the values of a page (PATCH …/ImageLevelInference?use_ui_version=true). The whole list of the page's values is sent, since
    /// the service deletes what is left out. Values that exist are replaced, which may be repeated; added ones are sent once only.
    /// </summary>
    /// <param name="modelId">The model it was sent to.</param>
    /// <param name="edit">The page as it stands, with changes.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the service has confirmed.</returns>
    /// <exception cref="NanonetsException">The call failed, or it is not known whether it did (RequestAmbiguous).</exception>
    public Task UpdatePageAsync(
        string modelId, PageEdit edit, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall(
            new HttpMethod("PATCH"), $"{Inferences(modelId)}ImageLevelInference?use_ui_version=true",
            new RequestSubject(modelId, edit.Page.RequestFileId, edit.Page.Id), $"the change of page {edit.Page.Page + 1}",
            edit.AddsValues ? Repetition.OnlyUntilHandedOver : Repetition.Harmless);
        return _writer.SendAsync(call, () => ApiBody.Json(edit.Write), observer, cancellationToken);
    }

    /// <summary>Exports files again to where the model exports to (POST …/ImageLevelInferences/retryallexports).</summary>
    /// <param name="modelId">The model they were sent to.</param>
    /// <param name="requestFileIds">The files, one or several.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the service has confirmed.</returns>
    /// <exception cref="NanonetsException">The call failed, or it is not known whether it did (RequestAmbiguous): it is not repeated then,
    /// since exports may create records.</exception>
    public Task RestartExportAsync(
        string modelId, IReadOnlyList<string> requestFileIds, IRequestObserver? observer = null,
        CancellationToken cancellationToken = default) =>
        SendIdsAsync(
            $"{Inferences(modelId)}ImageLevelInferences/retryallexports", modelId, requestFileIds, null, "the new export",
            Repetition.OnlyUntilHandedOver, observer,
            cancellationToken);

    /// <summary>
    /// Has files read again (POST ObjectDetection/Model/{model_id}/RetryPrediction; the path is the same for models that read text).
    /// </summary>
    /// <param name="modelId">The model they were sent to.</param>
    /// <param name="requestFileIds">The files, one or several.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the service has confirmed.</returns>
    /// <exception cref="NanonetsException">The call failed, or it is not known whether it did (RequestAmbiguous): it is not repeated then,
    /// since it may be charged.</exception>
    public Task RestartPredictionAsync(
        string modelId, IReadOnlyList<string> requestFileIds, IRequestObserver? observer = null,
        CancellationToken cancellationToken = default) =>
        SendIdsAsync(
            $"ObjectDetection/Model/{Uri.EscapeDataString(modelId)}/RetryPrediction", modelId, requestFileIds, null, "the new prediction",
            Repetition.OnlyUntilHandedOver, observer, cancellationToken);

    /// <summary>Gives files to a reviewer (POST team/members/model/{model_id}/assign/files). Doing it twice is the same as once.</summary>
    /// <param name="modelId">The model they were sent to.</param>
    /// <param name="member">E-mail address of the reviewer.</param>
    /// <param name="requestFileIds">The files, one or several.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the service has confirmed.</returns>
    /// <exception cref="NanonetsException">The call failed.</exception>
    public Task AssignReviewerAsync(
        string modelId, string member, IReadOnlyList<string> requestFileIds, IRequestObserver? observer = null,
        CancellationToken cancellationToken = default) =>
        SendIdsAsync(
            $"team/members/model/{Uri.EscapeDataString(modelId)}/assign/files", modelId, requestFileIds, member, "the assignment",
            Repetition.Harmless, observer,
            cancellationToken);

    private static string Inferences(string modelId) => $"Inferences/Model/{Uri.EscapeDataString(modelId)}/";

    private static string FileTarget(string modelId, string requestFileId) =>
        $"{Inferences(modelId)}InferenceRequestFiles/{Uri.EscapeDataString(requestFileId)}";

    private Task<ApiAnswer> SendAsync(
        HttpMethod method, string target, RequestSubject subject, string action, IRequestObserver? observer,
        CancellationToken cancellationToken) =>
        _writer.SendAsync(new ApiCall(method, target, subject, action, Repetition.Harmless), null, observer, cancellationToken);

    private Task<ApiAnswer> SendIdsAsync(
        string target, string modelId, IReadOnlyList<string> requestFileIds, string? member, string action, Repetition repetition,
        IRequestObserver? observer,
        CancellationToken cancellationToken)
    {
        if (requestFileIds.Count == 0)
            throw new ArgumentException("There is no file.", nameof(requestFileIds));

        // A 404 of a list is about a file, as far as is known, and never a reason to give up the others.
        string files = requestFileIds.Count == 1 ? requestFileIds[0] : $"of these {requestFileIds.Count}";
        var call = new ApiCall(HttpMethod.Post, target, new RequestSubject(modelId, files), action, repetition);
        string[] ids = [.. requestFileIds.Distinct(StringComparer.Ordinal)];
        return _writer.SendAsync(
            call,
            () => ApiBody.Json(json =>
            {
                json.WriteStartObject();
                if (member is not null)
                    json.WriteString("member", member);
                json.WriteStartArray("file_ids");
                foreach (string id in ids)
                    json.WriteStringValue(id);
                json.WriteEndArray();
                json.WriteEndObject();
            }),
            observer,
            cancellationToken);
    }
}
