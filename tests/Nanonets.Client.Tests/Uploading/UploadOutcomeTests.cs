using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using RichardSzalay.MockHttp;
using Nanonets.Sending;
using Nanonets.Uploading;

namespace Nanonets.Client.Tests.Uploading;

/// <summary>The four classes: what is proven about an upload.</summary>
public class UploadOutcomeTests
{
    [Theory]
    [InlineData(400, "error-400-file-missing", NanonetsErrorId.FileMissing)]
    [InlineData(400, "error-400-incorrect-image", NanonetsErrorId.IncorrectImage)]
    [InlineData(400, "error-400-urls-missing", NanonetsErrorId.RequestRejected)]
    [InlineData(401, "error-401", NanonetsErrorId.ApiKeyRejected)]
    [InlineData(402, "error-402", NanonetsErrorId.QuotaExhausted)]
    [InlineData(403, "error-403", NanonetsErrorId.PermissionDenied)]
    [InlineData(404, "error-404-model", NanonetsErrorId.ModelNotFound)]
    [InlineData(409, "error-409-model-not-ready", NanonetsErrorId.ModelNotReady)]
    [InlineData(413, "error-413", NanonetsErrorId.DocumentTooLarge)]
    [InlineData(415, "error-400-incorrect-image", NanonetsErrorId.UnsupportedFile)]
    [InlineData(422, "error-400-urls-missing", NanonetsErrorId.RequestRejected)]
    [InlineData(429, "error-429", NanonetsErrorId.RateLimited)]
    public async Task A_documented_refusal_with_the_services_own_body_is_refused(int status, string example, NanonetsErrorId expected)
    {
        using var test = new TestClient();
        test.Answer((HttpStatusCode)status, Example.Read(example));
        UploadOutcome outcome = await test.UploadAsync();
        Assert.Equal((UploadClass.Refused, expected, 1), (outcome.Class, outcome.Error!.ErrorId, outcome.Posts));
        Assert.Equal(status, outcome.Error.StatusCode);
        Assert.NotNull(outcome.Error.Reason);
        Assert.DoesNotContain("<a", outcome.Error.Message);
        Assert.DoesNotContain('\n', outcome.Error.Message);
    }

    [Theory]
    [InlineData(403, "<html><b>Forbidden</b></html>")]
    [InlineData(404, "")]
    [InlineData(400, """{"message":"a gateway speaks"}""")]
    [InlineData(302, "")]
    [InlineData(418, """{"message":"x","code":418}""")]
    [InlineData(500, """{"message":"Internal Server Error","code":500,"errors":[]}""")]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(503, """{"message":"Service Unavailable","code":503}""")]
    [InlineData(504, "")]
    [InlineData(200, "")]
    [InlineData(200, "<html>fine</html>")]
    [InlineData(200, """{"message":"Success","result":[]}""")]
    [InlineData(200, """{"message":"Success","result":[{"page":0}]}""")]
    [InlineData(200, """{"message":"Success","result":[{"page":0,"request_file_id":"f"}""")]
    [InlineData(200, """{"message":"Success","result":[{"page":0,"request_file_id":"f"}]} and more""")]
    public async Task Anything_else_after_the_whole_body_is_ambiguous_and_never_sent_again(int status, string body)
    {
        using var test = new TestClient();
        test.Answer((HttpStatusCode)status, body);
        UploadOutcome outcome = await test.UploadAsync();
        Assert.Equal((UploadClass.Ambiguous, NanonetsErrorId.UploadAmbiguous, 1), (outcome.Class, outcome.Error!.ErrorId, outcome.Posts));
        Assert.Single(test.Traces);
        Assert.Contains("invoice-0417.pdf", outcome.Error.Message);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_whole_body_is_ambiguous()
    {
        using var test = new TestClient();
        test.AnswerInTurn(new HttpRequestException("reset"));
        UploadOutcome outcome = await test.UploadAsync();
        Assert.Equal((UploadClass.Ambiguous, 1), (outcome.Class, outcome.Posts));
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_last_byte_proves_that_nothing_was_sent()
    {
        using var test = new TestClient();
        test.Respond(_ => throw new HttpRequestException("refused"));
        UploadOutcome outcome = await test.UploadAsync();
        Assert.Equal((UploadClass.NotSent, NanonetsErrorId.ConnectionFailed, 1), (outcome.Class, outcome.Error!.ErrorId, outcome.Posts));
        Assert.Single(test.Traces);
        Assert.Empty(test.Clock.Delays);
    }

    [Fact]
    public async Task An_upload_cut_in_the_middle_of_the_body_is_not_sent_and_its_bytes_are_taken_back()
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 1);
        test.Respond(async request =>
        {
            await request.Content!.CopyToAsync(new BrokenStream(100));
            throw new InvalidOperationException("The stream breaks first.");
        });
        string path = test.CreateFile("large.pdf", "%PDF-" + new string('x', 500_000));
        UploadOutcome outcome = await test.UploadAsync(path);
        Assert.Equal((UploadClass.NotSent, NanonetsErrorId.ConnectionFailed, 1), (outcome.Class, outcome.Error!.ErrorId, outcome.Posts));
        Assert.Equal(0, test.BytesShown);
    }

    [Fact]
    public async Task An_unreachable_host_is_not_sent()
    {
        using var test = new TestClient();
        test.Respond(_ => throw new HttpRequestException(
            "x", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound)));
        UploadOutcome outcome = await test.UploadAsync();
        Assert.Equal((UploadClass.NotSent, NanonetsErrorId.ConnectionFailed, 1), (outcome.Class, outcome.Error!.ErrorId, outcome.Posts));
        Assert.Contains("app.nanonets.com", outcome.Error.Message);
        Assert.Contains("name cannot be resolved", outcome.Error.Message);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_not_tried_again()
    {
        using var test = new TestClient();
        test.Respond(_ => throw new HttpRequestException(
            "x", new System.Security.Authentication.AuthenticationException("the certificate is not trusted")));
        UploadOutcome outcome = await test.UploadAsync();
        Assert.Equal((UploadClass.NotSent, NanonetsErrorId.TlsFailed, 1), (outcome.Class, outcome.Error!.ErrorId, outcome.Posts));
    }

    [Fact]
    public async Task A_refusal_before_the_body_is_complete_is_refused()
    {
        using var test = new TestClient();
        test.Http.When("*").Respond(HttpStatusCode.Unauthorized, "application/json", Example.Read("error-401"));
        UploadOutcome outcome = await test.UploadAsync();
        Assert.Equal((UploadClass.Refused, NanonetsErrorId.ApiKeyRejected), (outcome.Class, outcome.Error!.ErrorId));
    }

    [Fact]
    public async Task A_gateways_refusal_before_the_body_is_complete_is_not_sent()
    {
        using var test = new TestClient();
        test.Http.When("*").Respond(HttpStatusCode.RequestEntityTooLarge, "text/html", "<html>too large</html>");
        UploadOutcome outcome = await test.UploadAsync();
        Assert.Equal((UploadClass.NotSent, NanonetsErrorId.DocumentTooLarge), (outcome.Class, outcome.Error!.ErrorId));
    }

    [Fact]
    public async Task Cancelled_before_the_last_byte_is_not_sent_and_after_it_ambiguous()
    {
        using var test = new TestClient();
        using var cancel = new CancellationTokenSource();
        bool read = false;
        test.Respond(async request =>
        {
            if (read)
                await request.Content!.CopyToAsync(Stream.Null);
            await cancel.CancelAsync();
            throw new OperationCanceledException(cancel.Token);
        });
        SendRequest upload = TestClient.Request([test.CreateFile("a.pdf")]);
        UploadOutcome before = (await test.UploadAsync(upload, cancel.Token))[0];
        Assert.Equal((UploadClass.NotSent, NanonetsErrorId.OperationCanceled), (before.Class, before.Error!.ErrorId));

        read = true;
        using var again = new CancellationTokenSource();
        test.Respond(async request =>
        {
            await request.Content!.CopyToAsync(Stream.Null);
            await again.CancelAsync();
            throw new OperationCanceledException(again.Token);
        });
        UploadOutcome after = (await test.UploadAsync(upload, again.Token))[0];
        Assert.Equal((UploadClass.Ambiguous, NanonetsErrorId.OperationCanceled), (after.Class, after.Error!.ErrorId));
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Mon, 17 Mar 2025 12:01:00 GMT", 60)]
    [InlineData("Mon, 17 Mar 2025 11:00:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task Retry_After_is_read_in_every_form(string header, int? seconds)
    {
        using var test = new TestClient();
        test.Answer((HttpStatusCode)429, Example.Read("error-429"),
            change: response => response.Headers.TryAddWithoutValidation("Retry-After", header));
        UploadOutcome outcome = await test.UploadAsync();
        Assert.Equal(UploadClass.Refused, outcome.Class);
        Assert.Equal(seconds, (int?)outcome.Error!.RetryAfter?.TotalSeconds);
        Assert.True(outcome.Error.IsRetryable);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(206)]
    public async Task Any_success_with_a_page_of_the_file_is_accepted(int status)
    {
        using var test = new TestClient();
        test.Answer((HttpStatusCode)status, Example.Read("labelfile-sync-1page"));
        string path = test.CreateFile("other-name.pdf");
        UploadOutcome outcome = await test.UploadAsync(path, ProcessingType.Sync);
        Assert.Equal(UploadClass.Accepted, outcome.Class);
        PageResult page = Assert.Single(outcome.Pages);
        Assert.Equal((PageState.Success, path, 1), (page.State, page.SourcePath, page.PageCount));
    }

    private sealed class BrokenStream(int bytes) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            if (Length > bytes)
                throw new IOException("The connection was reset.");
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
