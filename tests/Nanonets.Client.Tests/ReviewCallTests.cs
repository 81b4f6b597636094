using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Documents;

namespace Nanonets.Client.Tests;

/// <summary>Calls that change stored files: what is sent, and what may be sent again.</summary>
public class ReviewCallTests
{
    private const string File = "b3e2926c-b050-4f5b-938f-aac72a145a63";
    private const string Gateway = "<html>Bad Gateway</html>";

    /// <summary>Calls that have the same effect twice as once.</summary>
    public static TheoryData<string> Harmless => ["approve", "undo", "delete", "assign"];

    /// <summary>Calls that cost or create something each time.</summary>
    public static TheoryData<string> OnceOnly => ["predict", "export", "create", "train"];

    [Theory]
    [InlineData("approve", "POST", "Inferences/Model/{m}/ImageLevelInferences/Verify/{f}", "")]
    [InlineData("undo", "POST", "Inferences/Model/{m}/ImageLevelInferences/UnVerify/{f}", "")]
    [InlineData("delete", "DELETE", "Inferences/Model/{m}/InferenceRequestFiles/{f}", "")]
    [InlineData("export", "POST", "Inferences/Model/{m}/ImageLevelInferences/retryallexports", """{"file_ids":["{f}"]}""")]
    [InlineData("predict", "POST", "ObjectDetection/Model/{m}/RetryPrediction", """{"file_ids":["{f}"]}""")]
    [InlineData("assign", "POST", "team/members/model/{m}/assign/files", """{"member":"reviewer@example.com","file_ids":["{f}"]}""")]
    [InlineData("create", "POST", "OCR/Model/", """{"categories":["invoice_number","total_amount"],"model_type":"ocr"}""")]
    [InlineData("train", "POST", "OCR/Model/{m}/Train/", "")]
    public async Task Sends_what_is_documented(string call, string method, string target, string body)
    {
        using var test = new TestClient();
        string? sent = null, type = null, used = null;
        test.Respond(async request =>
        {
            (used, sent) = ($"{request.Method} {request.RequestUri}",
                await request.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken));
            type = request.Content.Headers.ContentType?.MediaType;
            return Answer(HttpStatusCode.OK, Example.Read("model-create"));
        });
        await Run(test, call);
        string Fill(string text) =>
            text.Replace("{m}", TestClient.Model, StringComparison.Ordinal).Replace("{f}", File, StringComparison.Ordinal);
        Assert.Equal($"{method} https://app.nanonets.com/api/v2/{Fill(target)}", used);
        Assert.Equal(Fill(body), sent);
        Assert.Equal(body.Length > 0 ? "application/json" : null, type);
    }

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("""{"message":"Success"}""")]
    [InlineData("""[1]""")]
    public async Task The_status_alone_decides(string body)
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.OK, body);
        foreach (string call in (string[])["approve", "undo", "delete", "assign", "predict", "export"])
            await Run(test, call);
        Assert.Equal(6, test.Traces.Count);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task What_is_harmless_is_repeated_after_any_passing_failure(string call)
    {
        using var test = new TestClient();
        test.AnswerInTurn(
            new HttpRequestException("reset"), (HttpStatusCode.BadGateway, Gateway), (HttpStatusCode.TooManyRequests, ""), "fine");
        await Run(test, call);
        Assert.Equal(4, test.Traces.Count);
    }

    [Theory]
    [MemberData(nameof(OnceOnly))]
    public async Task What_costs_is_never_repeated_once_it_was_handed_over(string call)
    {
        foreach (object answer in new object[] { new HttpRequestException("reset"), (HttpStatusCode.BadGateway, Gateway),
            (HttpStatusCode.InternalServerError, "") })
        {
            using var test = new TestClient();
            test.AnswerInTurn(answer, "fine");
            var failure = await Assert.ThrowsAsync<NanonetsException>(() => Run(test, call));
            Assert.Equal(NanonetsErrorId.RequestAmbiguous, failure.ErrorId);
            Assert.Single(test.Traces);
            Assert.False(failure.IsRetryable);
        }
    }

    [Theory]
    [MemberData(nameof(OnceOnly))]
    public async Task What_costs_is_repeated_while_it_provably_was_not_done(string call)
    {
        using var test = new TestClient();
        int tries = 0;
        test.Respond(async request =>
        {
            if (++tries == 1)
                throw new HttpRequestException("refused");
            await request.Content!.CopyToAsync(System.IO.Stream.Null, TestContext.Current.CancellationToken);
            return tries == 2 ? Answer((HttpStatusCode)429, Example.Read("error-429"))
                : Answer(HttpStatusCode.OK, Example.Read("model-create"));
        });
        await Run(test, call);
        Assert.Equal(3, test.Traces.Count);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    [MemberData(nameof(OnceOnly))]
    public async Task A_refusal_is_final(string call)
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.Unauthorized, "");
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => Run(test, call));
        Assert.Equal(NanonetsErrorId.ApiKeyRejected, failure.ErrorId);
        Assert.Single(test.Traces);
    }

    [Fact]
    public async Task A_file_that_is_gone_after_a_lost_answer_was_deleted()
    {
        using var test = new TestClient();
        test.AnswerInTurn(new HttpRequestException("reset"), (HttpStatusCode.NotFound, Example.Read("error-404-file")));
        await Run(test, "delete");

        test.AnswerInTurn((HttpStatusCode.NotFound, Example.Read("error-404-file")));
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => Run(test, "delete"));
        Assert.Equal(NanonetsErrorId.DocumentNotFound, failure.ErrorId);
    }

    [Fact]
    public async Task A_list_of_which_one_file_is_unknown_is_no_unknown_model()
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.NotFound, "");
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => test.Client.RestartExportAsync(TestClient.Model, ["a", "b"], test, TestContext.Current.CancellationToken));
        Assert.Equal(NanonetsErrorId.DocumentNotFound, failure.ErrorId);
        Assert.Equal(FatalFor.Document, failure.FatalFor);
    }

    [Theory]
    [InlineData("requestfile-pages", 3)]
    public async Task Page_ids_are_found_whatever_the_list_is_called(string example, int count)
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.OK, Example.Read(example));
        Assert.Equal(count, (await test.Client.GetPageIdsAsync(TestClient.Model, File, test, TestContext.Current.CancellationToken)).Count);
        test.Answer(HttpStatusCode.OK, """{"request_file_id":"f","tags":[],"pages":[{"id":"p1"},{"id":"p2"}]}""");
        Assert.Equal(["p1", "p2"], await test.Client.GetPageIdsAsync(TestClient.Model, File, test, TestContext.Current.CancellationToken));
        Assert.EndsWith($"/InferenceRequestFiles/{File}", test.Traces[0].Target);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };

    private static Task Run(TestClient test, string call)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        return call switch
        {
            "approve" => test.Client.ApproveAsync(TestClient.Model, File, test, cancel),
            "undo" => test.Client.UndoApprovalAsync(TestClient.Model, File, test, cancel),
            "delete" => test.Client.DeleteFileAsync(TestClient.Model, File, test, cancel),
            "export" => test.Client.RestartExportAsync(TestClient.Model, [File, File], test, cancel),
            "predict" => test.Client.RestartPredictionAsync(TestClient.Model, [File], test, cancel),
            "assign" => test.Client.AssignReviewerAsync(TestClient.Model, "reviewer@example.com", [File], test, cancel),
            "create" => test.Client.CreateModelAsync(["invoice_number", "total_amount"], observer: test, cancellationToken: cancel),
            "train" => test.Client.TrainModelAsync(TestClient.Model, test, cancel),
            _ => throw new ArgumentException(call),
        };
    }
}
