using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;

namespace Nanonets.Client.Tests;

public class ModelCallTests
{
    private const string Reading = """{"model_id":"r","model_type":"ocr","state":5}""";
    private const string Classifying = """{"model_id":"c","model_type":"classification","state":0}""";

    [Theory]
    [InlineData("[" + Reading + "," + Classifying + "]", "not asked", "r c")]
    [InlineData("[" + Classifying + "]", "[" + Reading + "]", "c r")]
    [InlineData("[" + Classifying + "]", "404", "c")]
    [InlineData("404", """{"models":[""" + Reading + "]}", "r")]
    [InlineData("404", Reading, "r")]
    [InlineData("<html>", "[" + Reading + "]", "r")]
    [InlineData("[]", "[]", "")]
    [InlineData("[" + Classifying + "]", "[" + Classifying + "," + Reading + "]", "c r")]
    public async Task Both_lists_are_tolerated(string all, string reading, string expected)
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 0);
        Answer(test, all, reading);
        IReadOnlyList<NanonetsModel> models = await test.Client.GetModelsAsync(test, TestContext.Current.CancellationToken);
        Assert.Equal(expected, string.Join(' ', models.Select(model => model.ModelId)));
        Assert.Equal(reading == "not asked" ? 1 : 2, test.Traces.Count);
    }

    [Fact]
    public async Task Without_either_list_the_failure_is_told()
    {
        using var test = new TestClient();
        Answer(test, "404", "404");
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => test.Client.GetModelsAsync(test, TestContext.Current.CancellationToken));
        Assert.Equal((NanonetsErrorId.RequestRejected, 404), (failure.ErrorId, failure.StatusCode));
    }

    [Fact]
    public async Task The_example_list_has_types_states_and_labels()
    {
        using var test = new TestClient();
        Answer(test, Example.Read("model-list"), "not asked");
        IReadOnlyList<NanonetsModel> models = await test.Client.GetModelsAsync(test, TestContext.Current.CancellationToken);
        Assert.Equal([ModelState.Ready, ModelState.NoData], models.Select(model => model.State!.Value));
        Assert.Equal(57, models[0].Categories[0].Count);
    }

    [Fact]
    public async Task A_created_model_that_is_not_named_is_no_success()
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.OK, """{"message":"Success"}""");
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => test.Client.CreateModelAsync(["a", "b"], observer: test, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(NanonetsErrorId.RequestAmbiguous, failure.ErrorId);
    }

    [Theory]
    [InlineData(409, "error-409-model-not-ready", NanonetsErrorId.ModelNotReady, "not ready")]
    [InlineData(402, "error-402-train", NanonetsErrorId.QuotaExhausted, "needs a paid plan")]
    public async Task Training_that_is_refused_says_why(int status, string example, NanonetsErrorId expected, string words)
    {
        using var test = new TestClient();
        test.Answer((HttpStatusCode)status, Example.Read(example));
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => test.Client.TrainModelAsync("m", test, TestContext.Current.CancellationToken));
        Assert.Equal(expected, failure.ErrorId);
        Assert.Contains(words, failure.Message);
    }

    [Fact]
    public async Task The_model_is_fetched_where_the_answer_to_training_is_none()
    {
        using var test = new TestClient();
        test.Respond(request => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(request.Method == HttpMethod.Post ? "" : Example.Read("model-train")),
        }));
        NanonetsModel model = await test.Client.TrainModelAsync(TestClient.Model, test, TestContext.Current.CancellationToken);
        Assert.Equal((TestClient.Model, ModelState.Queued), (model.ModelId, model.State));
    }

    private static void Answer(TestClient test, string all, string reading) => test.Respond(request =>
    {
        string body = request.RequestUri!.AbsolutePath.EndsWith("/ImageCategorization/Models/", System.StringComparison.Ordinal)
            ? all
            : reading;
        var status = body == "404" ? HttpStatusCode.NotFound : HttpStatusCode.OK;
        return Task.FromResult(
            new HttpResponseMessage(status) { Content = new StringContent(status == HttpStatusCode.OK ? body : string.Empty) });
    });
}
