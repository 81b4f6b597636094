using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Uploading;
using Nanonets.Client.Tests.Support;

namespace Nanonets.Client.Tests.Http;

/// <summary>Answers as proxies and gateways leave them: other encodings, byte order marks, compression that nobody asked for.</summary>
public class OddAnswerTests
{
    private const string Upload =
        """
        {"message":"Success","result":[{"message":"Success","input":"caf?.pdf","request_file_id":"f1","page":0,"id":"p1","prediction":[]}]}
        """;
    private const string File =
        """
        {"moderated_images":[],"unmoderated_images":[{"id":"p1","request_file_id":"f1","original_file_name":"caf?.pdf","page":0,"status":"success"}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_answer_with_a_byte_that_is_no_utf8_is_accepted()
    {
        using var test = new TestClient();
        Answer(test, HttpStatusCode.OK, Latin1(Upload));
        UploadOutcome outcome = await test.UploadAsync(test.CreateFile("café.pdf"));
        Assert.Equal(
            (UploadClass.Accepted, "caf\uFFFD.pdf", "f1"), (outcome.Class, outcome.Pages[0].Input, outcome.Pages[0].RequestFileId));
        Assert.Contains("caf\uFFFD.pdf", outcome.Pages[0].Raw);
    }

    [Fact]
    public async Task A_result_with_a_byte_that_is_no_utf8_is_read()
    {
        using var test = new TestClient();
        Answer(test, HttpStatusCode.OK, Latin1(File));
        FileResult result = await test.Client.GetFileResultAsync(TestClient.Model, "f1", test, Cancel);
        Assert.Equal("caf\uFFFD.pdf", Assert.Single(result.Pages).Input);
    }

    [Fact]
    public async Task A_listing_with_a_byte_that_is_no_utf8_is_read()
    {
        using var test = new TestClient();
        Answer(test, HttpStatusCode.OK, Latin1(File));
        string? name = null;
        await test.Client.ListPagesAsync(TestClient.Model, 1, 1, pages => Task.FromResult(name = pages[0].Input), test, Cancel);
        Assert.Equal("caf\uFFFD.pdf", name);
        string? listed = null;
        await test.Client.ListUploadsAsync(TestClient.Model, 1, 1, files => Task.FromResult(listed = files[0].Input), test, Cancel);
        Assert.Equal("caf\uFFFD.pdf", listed);
    }

    [Fact]
    public async Task An_error_with_a_byte_that_is_no_utf8_is_explained()
    {
        using var test = new TestClient();
        Answer(test, HttpStatusCode.NotFound, Latin1("""{"code":404,"errors":[{"reason":"Fichier ?","message":"caf?"}]}"""));
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => test.Client.GetFileResultAsync(TestClient.Model, "f1", test, Cancel));
        Assert.Equal((NanonetsErrorId.DocumentNotFound, "Fichier \uFFFD"), (failure.ErrorId, failure.Reason));
    }

    [Theory]
    [InlineData("""{"\ud800":1,"Unmoderated_Images":[{"id":"p1","request_file_id":"f1","page":0,"status":"success"}]}""")]
    [
        InlineData(
            """
            {"unmoderated_images":[{"id":"p1","request_file_id":"f1","page":0,"status":"success"}],"signed_urls":{"\udc00":{"original":"\ud83d"}}}
            """)]
    public async Task Half_a_character_among_the_members_loses_nothing_else(string body)
    {
        using var test = new TestClient();
        Answer(test, HttpStatusCode.OK, Encoding.UTF8.GetBytes(body));
        Assert.Single((await test.Client.GetFileResultAsync(TestClient.Model, "f1", test, Cancel)).Pages);
    }

    [Fact]
    public async Task A_byte_order_mark_is_skipped()
    {
        using var test = new TestClient();
        Answer(test, HttpStatusCode.OK, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(File)]);
        Assert.Single((await test.Client.GetFileResultAsync(TestClient.Model, "f1", test, Cancel)).Pages);
        Answer(test, HttpStatusCode.OK, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Upload)]);
        Assert.Equal(UploadClass.Accepted, (await test.UploadAsync()).Class);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task Compression_that_nobody_asked_for_is_undone(string coding)
    {
        using var test = new TestClient();
        Answer(test, HttpStatusCode.OK, Compress(Encoding.UTF8.GetBytes(Upload), coding), coding);
        UploadOutcome outcome = await test.UploadAsync();
        Assert.Equal(UploadClass.Accepted, outcome.Class);
        Answer(test, HttpStatusCode.OK, Compress(Encoding.UTF8.GetBytes(File), coding), coding);
        Assert.Equal(1, (await test.Client.ListPagesAsync(TestClient.Model, 1, 1, static _ => Task.CompletedTask, test, Cancel)).PageCount);
    }

    [Fact]
    public async Task A_coding_that_is_not_known_is_named()
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 0);
        Answer(test, HttpStatusCode.OK, [1, 2, 3], "zstd");
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => test.Client.GetFileResultAsync(TestClient.Model, "f1", test, Cancel));
        Assert.Equal(NanonetsErrorId.InvalidResponse, failure.ErrorId);
        Assert.Contains("zstd", failure.Message);
    }

    [Fact]
    public async Task No_compression_is_asked_for_and_the_version_of_http_is_fixed()
    {
        using var test = new TestClient();
        HttpRequestMessage? seen = null;
        test.Respond(request =>
        {
            seen = request;
            Assert.Equal("identity", request.Headers.AcceptEncoding.ToString());
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(File) });
        });
        await test.Client.GetFileResultAsync(TestClient.Model, "f1", test, Cancel);
        Assert.Equal((HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact), (seen!.Version, seen.VersionPolicy));
    }

    [Theory]
    [InlineData("<html>Please log in</html>")]
    [InlineData("")]
    [InlineData("""{"login":"required"}""")]
    [InlineData("[]")]
    public async Task A_success_that_is_none_of_the_services_is_told_by_the_first_question(string body)
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 0);
        test.Answer(HttpStatusCode.OK, body, "text/html");
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => test.Client.GetModelAsync(TestClient.Model, test, Cancel));
        Assert.Equal(NanonetsErrorId.InvalidResponse, failure.ErrorId);
    }

    [Fact]
    public async Task A_time_out_says_that_the_answers_could_not_be_read()
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 0);
        test.Answer(HttpStatusCode.OK, "<html>Please log in</html>", "text/html");
        using var waiter = new ResultWaiter(test.Client, TimeSpan.FromSeconds(30), test);
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => waiter.WaitAsync(TestClient.Model, "file-7", 3, TimeSpan.FromSeconds(1), Cancel));
        Assert.Equal(NanonetsErrorId.ResultTimedOut, failure.ErrorId);
        Assert.Contains("does not come from the Nanonets service", failure.Message);
    }

    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text.Replace('?', 'é'));

    private static byte[] Compress(byte[] content, string coding)
    {
        if (coding == "identity")
            return content;
        using var compressed = new MemoryStream();
        using (Stream stream = coding switch
        {
            "br" => new BrotliStream(compressed, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(compressed, CompressionLevel.Fastest),
            _ => new GZipStream(compressed, CompressionLevel.Fastest),
        })
            stream.Write(content);
        return compressed.ToArray();
    }

    private static void Answer(TestClient test, HttpStatusCode status, byte[] body, string? coding = null) => test.Respond(async request =>
    {
        if (request.Content is not null)
            await request.Content.CopyToAsync(Stream.Null);
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        if (coding is not null)
            content.Headers.ContentEncoding.Add(coding);
        return new HttpResponseMessage(status) { Content = content };
    });
}
