using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Sending;
using Nanonets.Uploading;

namespace Nanonets.Client.Tests;

/// <summary>Image classification and plain text: other calls, the same proofs.</summary>
public class OtherCallsTests
{
    [Fact]
    public async Task A_classified_picture_has_its_classes_as_predictions()
    {
        using var test = new TestClient();
        string body = string.Empty;
        Respond(test, Example.Read("imagecategorization-labelfile"), seen => body = seen);
        string path = test.CreateFile("cat.jpg");
        UploadOutcome outcome = Assert.Single(await UploadAsync(test, UploadCall.Classification, UploadSource.FromPath(path)));
        Assert.Equal(UploadClass.Accepted, outcome.Class);
        PageResult page = Assert.Single(outcome.Pages);
        Assert.Equal((PageState.Success, "cat.jpg", path, TestClient.Model), (page.State, page.Input, page.SourcePath, page.ModelId));
        Assert.Equal([("cat_a", 0.97), ("cat_b", 0.03)], page.Prediction.Select(value => (value.Label, value.Score!.Value)));
        Assert.Contains("\"probability\"", page.Raw);
        Assert.Equal("ImageCategorization/LabelFile/", Assert.Single(test.Traces).Target);
        Assert.Contains($"name=\"modelId\"\r\n\r\n{TestClient.Model}\r\n", body);
        Assert.Contains("name=\"file\"; filename=\"cat.jpg\"", body);
    }

    [Fact]
    public async Task Addresses_of_pictures_go_as_a_form_and_each_has_its_outcome()
    {
        using var test = new TestClient();
        string body = string.Empty;
        Respond(test,
            """
            {"result":[{"message":"Success","file":"a.jpg","prediction":[{"label":"x","probability":"1"}]},{"message":"failure","file":"gone.jpg","prediction":[]}]}
            """, seen => body = seen);
        IReadOnlyList<UploadOutcome> outcomes = await UploadAsync(test, UploadCall.Classification, Url("https://h.example/a.jpg"),
            Url("https://h.example/gone.jpg"), Url("https://h.example/other.jpg"));
        Assert.Equal([UploadClass.Accepted, UploadClass.Refused, UploadClass.Ambiguous], outcomes.Select(outcome => outcome.Class));
        Assert.StartsWith($"modelId={TestClient.Model}&urls=https%3A%2F%2Fh.example%2Fa.jpg&urls=", body);
        Assert.Equal("ImageCategorization/LabelUrls/", Assert.Single(test.Traces).Target);
    }

    [Theory]
    [InlineData("result")]
    [InlineData("results")]
    public async Task Plain_text_comes_by_page_with_words_and_places(string member)
    {
        using var test = new TestClient();
        string body = string.Empty;
        Respond(test, Example.Read("fulltext").Replace("\"result\"", $"\"{member}\"", StringComparison.Ordinal), seen => body = seen);
        string path = test.CreateFile("letter.pdf");
        UploadOutcome outcome = Assert.Single(await UploadAsync(test, UploadCall.FullText, UploadSource.FromPath(path)));
        Assert.Equal((UploadClass.Accepted, 2), (outcome.Class, outcome.TextPages.Length));
        TextPage page = outcome.TextPages[0];
        Assert.Equal(("Dear customer,\nthank you.", "letter.pdf", path, 2), (page.Text, page.Input, page.SourcePath, page.PageCount));
        Assert.Equal([("Dear", "120,200 - 190,230"), ("customer,", "198,200 - 340,230")],
            page.Words.Select(word => (word.Text, word.Box.ToString())));
        Assert.Equal((1, string.Empty, 0), (outcome.TextPages[1].Page, outcome.TextPages[1].Text, outcome.TextPages[1].Words.Length));
        Assert.Equal("OCR/FullText", Assert.Single(test.Traces).Target);
        Assert.DoesNotContain("request_metadata", body);
    }

    [Fact]
    public async Task Plain_text_takes_addresses_and_decoded_base64_as_parts()
    {
        using var test = new TestClient();
        var bodies = new List<string>();
        Respond(test, Example.Read("fulltext"), bodies.Add);
        await UploadAsync(test, UploadCall.FullText, Url("https://h.example/letter.pdf?sig=1"));
        await UploadAsync(test, UploadCall.FullText, UploadSource.FromBase64(Convert.ToBase64String("%PDF-1.7 x"u8), "letter.pdf"));
        Assert.Contains("name=\"urls\"\r\n\r\nhttps://h.example/letter.pdf?sig=1\r\n--", bodies[0]);
        Assert.Contains("name=\"file\"; filename=\"letter.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 x\r\n--", bodies[1]);
    }

    [Theory]
    [InlineData(UploadCall.Classification, 200, """{"message":"Success","result":[]}""", UploadClass.Ambiguous)]
    [InlineData(UploadCall.FullText, 200, """{"result":[]}""", UploadClass.Ambiguous)]
    [InlineData(UploadCall.FullText, 200, "<html></html>", UploadClass.Ambiguous)]
    [InlineData(UploadCall.FullText, 503, "", UploadClass.Ambiguous)]
    [InlineData(UploadCall.Classification, 402, """{"message":"Payment Required","code":402,"errors":[{"reason":"x","message":"y"}]}""",
        UploadClass.Refused)]
    public async Task What_is_not_proven_is_ambiguous_for_these_calls_too(object call, int status, string body, object expected)
    {
        using var test = new TestClient();
        test.Answer((HttpStatusCode)status, body);
        Assert.Equal((UploadClass)expected,
            Assert.Single(await UploadAsync(test, (UploadCall)call, UploadSource.FromPath(test.CreateFile("a.pdf")))).Class);
    }

    private static UploadSource Url(string address) => UploadSource.FromUri(new Uri(address));

    private static void Respond(TestClient test, string answer, Action<string> seen) => test.Respond(async request =>
    {
        using var body = new MemoryStream();
        await request.Content!.CopyToAsync(body);
        seen(Encoding.UTF8.GetString(body.ToArray()));
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) };
    });

    private static Task<UploadOutcome[]> UploadAsync(TestClient test, UploadCall call, params UploadSource[] sources) =>
        test.UploadAsync(TestClient.Request(sources, call, "m"));
}
