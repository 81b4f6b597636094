using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Editing;
using Nanonets.Json;
using Nanonets.Tests.Conformance;
using Nanonets.Documents;
using Nanonets.Sending;
using Nanonets.Uploading;

namespace Nanonets.Client.Tests;

/// <summary>Every endpoint of the documented API has a call of the client, which goes where it should and says what was refused.</summary>
public class EndpointTests
{
    private const string File = "b3e2926c-b050-4f5b-938f-aac72a145a63";
    private const string Page = "3542f7bd-033b-11f0-9c4d-02a4c6e8f013";
    private const string Unknown = "a model that only the classification route knows";

    public static TheoryData<string> Endpoints => [.. ApiEndpoint.Names];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Is_called_as_documented(string name)
    {
        ApiEndpoint endpoint = ApiEndpoint.Of(name);
        using var test = new TestClient();
        var seen = new List<string>();
        test.Respond(async request =>
        {
            if (request.Content is not null)
                await request.Content.CopyToAsync(System.IO.Stream.Null, Cancel);
            seen.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
            return Answer(request.RequestUri);
        });
        await CallAsync(test, endpoint);
        Assert.Contains(seen, request => IsOf(endpoint, request));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Says_what_was_refused(string name)
    {
        ApiEndpoint endpoint = ApiEndpoint.Of(name);
        using var test = new TestClient();
        test.Answer(HttpStatusCode.Forbidden, Example.Read("error-403"));
        if (endpoint.Route is "ListReadingModels" or "GetClassifier")
        {
            // Asked second: what comes first must have failed to find anything.
            test.Respond(request => Task.FromResult(Response(
                IsOf(endpoint, $"{request.Method} {request.RequestUri!.PathAndQuery}") ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound,
                Example.Read("error-403"))));
        }

        NanonetsException failure = await Assert.ThrowsAsync<NanonetsException>(() => CallAsync(test, endpoint));
        Assert.Equal((NanonetsErrorId.PermissionDenied, 403), (failure.ErrorId, failure.StatusCode));
        Assert.True(IsOf(endpoint, Last(test)), Last(test));
    }

    private static string Last(TestClient test) => $"{test.Traces[^1].Method} /api/v2/{test.Traces[^1].Target}";

    private static bool IsOf(ApiEndpoint endpoint, string request)
    {
        string path = endpoint.Path.Replace("{m}", TestClient.Model, StringComparison.Ordinal)
            .Replace("{f}", File, StringComparison.Ordinal)
            .Replace("{p}", Page, StringComparison.Ordinal);
        string wanted = $"{endpoint.Method} /api/v2/{path}";
        string given = path.Contains('?', StringComparison.Ordinal) ? request : request.Split('?')[0];
        return given.TrimEnd('/') == wanted.TrimEnd('/');
    }

    private static HttpResponseMessage Answer(Uri address)
    {
        string path = address.AbsolutePath;
        bool isFirstList = path.EndsWith("/ImageCategorization/Models/", StringComparison.Ordinal);
        if (address.Query.Contains("modelId=", StringComparison.Ordinal))
            return Response(HttpStatusCode.OK, $$"""{"model_id":"{{Uri.UnescapeDataString(address.Query.Split('=')[1])}}"}""");
        if (path.EndsWith(Uri.EscapeDataString(Unknown), StringComparison.Ordinal))
            return Response(HttpStatusCode.NotFound, Example.Read("error-404-model"));

        // A list without a reading model: the other list is asked as well.
        return Response(HttpStatusCode.OK, isFirstList ? "[]"
            : path.Contains("/ImageCategorization/Label", StringComparison.Ordinal)
            ? Example.Read("imagecategorization-labelfile").Replace("cat.jpg", "a.jpg", StringComparison.Ordinal)
            : path.EndsWith("/FullText", StringComparison.Ordinal) ? Example.Read("fulltext")
            : path.Contains("/LabelFile/", StringComparison.Ordinal) ? Example.Read("labelfile-sync-1page")
            : path.EndsWith("/ImageLevelInferences", StringComparison.Ordinal) ? Example.Read("imagelevel-list")
            : Example.Read("model-create"));
    }

    private static HttpResponseMessage Response(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };

    private static async Task CallAsync(TestClient test, ApiEndpoint endpoint)
    {
        NanonetsClient client = test.Client;
        const string model = TestClient.Model;
        switch (endpoint.Route)
        {
            case "LabelFile" or "ClassifierLabelFile" or "FullText":
                await UploadAsync(test, endpoint, UploadSource.FromPath(test.CreateFile("a.jpg")));
                break;
            case "LabelUrls" or "ClassifierLabelUrls":
                await UploadAsync(test, endpoint, UploadSource.FromUri(new Uri("https://h.example/a.jpg")));
                break;
            case "GetPredictions":
                Assert.NotNull(await client.GetFileResultAsync(model, File, test, Cancel));
                break;
            case "GetPage":
                Assert.NotNull(await client.GetPageResultAsync(model, Page, test, Cancel));
                break;
            case "List":
                Assert.NotEqual(
                    0, (await client.ListPagesAsync(model, 20164, 20165, static _ => Task.CompletedTask, test, Cancel)).PageCount);
                break;
            case "GetPageIds":
                Assert.NotNull(await client.GetPageIdsAsync(model, File, test, Cancel));
                break;
            case "Verify":
                await client.ApproveAsync(model, File, test, Cancel);
                break;
            case "UnVerify":
                await client.UndoApprovalAsync(model, File, test, Cancel);
                break;
            case "Update":
                var edit = new FileEdit(AnswerReader.File(Example.Json("getpredictions-finished"), model, File).Pages);
                edit.Set("invoice_number", "changed");
                await client.UpdatePageAsync(model, edit.Changed.Single(), test, Cancel);
                break;
            case "Delete":
                await client.DeleteFileAsync(model, File, test, Cancel);
                break;
            case "RetryExports":
                await client.RestartExportAsync(model, [File], test, Cancel);
                break;
            case "RetryPrediction":
                await client.RestartPredictionAsync(model, [File], test, Cancel);
                break;
            case "AssignFiles":
                await client.AssignReviewerAsync(model, "reviewer@example.com", [File], test, Cancel);
                break;
            case "CreateModel":
                Assert.Equal(model, (await client.CreateModelAsync(["a", "b"], observer: test, cancellationToken: Cancel)).ModelId);
                break;
            case "GetModel":
                Assert.Equal(model, (await client.GetModelAsync(model, test, Cancel)).ModelId);
                break;
            case "ListModels" or "ListReadingModels":
                Assert.NotNull(await client.GetModelsAsync(test, Cancel));
                break;
            case "UploadFile":
                await client.AddTrainingDocumentAsync(model, UploadSource.FromPath(test.CreateFile("a.jpg")), [], test, Cancel);
                break;
            case "UploadUrls":
                await client.AddTrainingDocumentAsync(model, UploadSource.FromUri(new Uri("https://h.example/a.jpg")), [], test, Cancel);
                break;
            case "Train":
                Assert.Equal(model, (await client.TrainModelAsync(model, test, Cancel)).ModelId);
                break;
            case "Annotations":
                Assert.NotNull(await client.GetTrainingDocumentsAsync(model, test, Cancel));
                break;
            case "CreateClassifier":
                Assert.Equal(model, (await client.CreateClassificationModelAsync(["a", "b"], test, Cancel)).ModelId);
                break;
            case "GetClassifier":
                Assert.Equal(Unknown, (await client.GetModelAsync(Unknown, test, Cancel)).ModelId);
                break;
            case "ClassifierUploadFile":
                await client.AddClassificationDocumentAsync(model, UploadSource.FromPath(test.CreateFile("a.jpg")), "a", test, Cancel);
                break;
            case "ClassifierUploadUrls":
                await client.AddClassificationDocumentAsync(
                    model, UploadSource.FromUri(new Uri("https://h.example/a.jpg")), "a", test, Cancel);
                break;
            case "ClassifierTrain":
                Assert.Equal(model, (await client.TrainClassificationModelAsync(model, test, Cancel)).ModelId);
                break;
            default:
                Assert.Fail($"No call of the client is tried for {endpoint}.");
                break;
        }
    }

    /// <summary>An upload does not throw: its outcome says what is proven.</summary>
    private static async Task UploadAsync(TestClient test, ApiEndpoint endpoint, UploadSource source)
    {
        var request = new SendRequest(TestClient.Model, [new Document(source)])
        {
            Call = endpoint.Route == "FullText" ? UploadCall.FullText : endpoint.Route.StartsWith("Classifier", StringComparison.Ordinal)
                ? UploadCall.Classification
                : UploadCall.Ocr,
            Mode = endpoint.Path.EndsWith("async=true", StringComparison.Ordinal) ? ProcessingType.Async : ProcessingType.Sync,
        };
        UploadOutcome outcome = Assert.Single(await test.UploadAsync(request));
        if (outcome.Class == UploadClass.Refused)
            throw outcome.Error!;
    }
}
