using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;

namespace Nanonets.Client.Tests.Downloading;

public class DownloadTests
{
    private const string Secret = "c2lnbmF0dXJl";
    private const string Address = $"https://storage.example/uploadedfiles/a.jpeg?expires=1900000000&or=0&s={Secret}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_download_goes_to_the_storage_host_without_the_key()
    {
        using var test = new TestClient();
        var seen = new List<HttpRequestMessage>();
        test.Respond(request =>
        {
            seen.Add(request);
            return Task.FromResult(Picture([1, 2, 3]));
        });
        using var destination = new MemoryStream();
        DownloadedContent content = await test.Client.DownloadAsync(new SignedUrl(Address), destination, test, Cancel);
        Assert.Equal((3L, "image/jpeg"), (content.Length, content.ContentType));
        Assert.Equal([1, 2, 3], destination.ToArray());
        HttpRequestMessage request = Assert.Single(seen);
        Assert.Equal(Address, request.RequestUri!.AbsoluteUri);
        Assert.Null(request.Headers.Authorization);
        Assert.DoesNotContain(request.Headers, header => header.Value.Any(value => value.Contains(TestClient.Key)));
    }

    [Fact]
    public async Task What_is_shown_of_an_address_opens_nothing()
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 0);
        test.Answer(HttpStatusCode.Forbidden, $"<Error>{Address}</Error>", "application/xml");
        using var destination = new MemoryStream();
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => test.Client.DownloadAsync(new SignedUrl(Address), destination, test, Cancel));
        Assert.Equal((NanonetsErrorId.AddressRejected, 403), (failure.ErrorId, failure.StatusCode));
        Assert.Contains("storage.example", failure.Message);
        Assert.DoesNotContain(Secret, failure + string.Join('\n', test.Traces.Select(trace => trace.Target + trace.Failure)));
        Assert.Equal("https://storage.example/uploadedfiles/a.jpeg", Assert.Single(test.Traces).Target);
    }

    [Fact]
    public async Task A_transfer_that_breaks_off_begins_anew_and_leaves_nothing_of_the_first()
    {
        using var test = new TestClient();
        int turn = 0;
        test.Respond(_ => Task.FromResult(turn++ switch
        {
            0 => throw new HttpRequestException("reset"),
            1 => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
            2 => Picture([9, 9, 9, 9, 9], announced: 8),
            _ => Picture([1, 2]),
        }));
        using var destination = new MemoryStream();
        Assert.Equal(2, (await test.Client.DownloadAsync(new SignedUrl(Address), destination, test, Cancel)).Length);
        Assert.Equal([1, 2], destination.ToArray());
        Assert.Equal(4, test.Traces.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(302)]
    public async Task An_address_that_is_refused_says_so_at_once(int status)
    {
        using var test = new TestClient();
        test.Answer((HttpStatusCode)status, "");
        using var destination = new MemoryStream();
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => test.Client.DownloadAsync(new SignedUrl(Address), destination, test, Cancel));
        Assert.Equal((NanonetsErrorId.AddressRejected, 1), (failure.ErrorId, test.Traces.Count));
    }

    [Theory]
    [InlineData("http://storage.example/a?s=1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/relative")]
    [InlineData("")]
    public async Task An_address_that_is_no_https_is_not_asked(string address)
    {
        using var test = new TestClient();
        using var destination = new MemoryStream();
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => test.Client.DownloadAsync(new SignedUrl(address), destination, test, Cancel));
        Assert.Equal((NanonetsErrorId.AddressRejected, 0), (failure.ErrorId, test.Traces.Count));
    }

    [Fact]
    public async Task A_destination_that_cannot_be_written_is_not_the_host_s_failure()
    {
        using var test = new TestClient();
        test.Respond(_ => Task.FromResult(Picture([1, 2, 3])));
        using var destination = new MemoryStream(new byte[2]);
        await Assert.ThrowsAsync<NotSupportedException>(() => test.Client.DownloadAsync(new SignedUrl(Address), destination, test, Cancel));
        Assert.Single(test.Traces);
    }

    private static HttpResponseMessage Picture(byte[] content, long? announced = null)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new PieceStream([content])) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        response.Content.Headers.ContentLength = announced ?? content.Length;
        return response;
    }
}
