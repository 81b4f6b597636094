using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Uploading;
using Nanonets.Documents;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Documents;

/// <summary>Streams, base64 data and addresses travel under the same rules as files.</summary>
public class UploadSourceTests
{
    private const string Signed = "https://files.example.com/a%20b/invoice-0417.pdf?X-Sig=s3cret%2Fpart&x=1";

    private static readonly byte[] s_document = Encoding.ASCII.GetBytes("%PDF-1.7 " + new string('x', 200_001));

    [Fact]
    public async Task Addresses_go_as_one_pair_each_in_an_ordinary_form()
    {
        SendRequest request = Request([Url(Signed), Url("https://files.example.com/other.pdf")], "Größe & mehr", [1, 3]);
        UploadBody body = UploadBody.Of(request, request.Metadata, [.. request.Documents.Select(document => document.Source.Open())]);
        using var content = new UploadContent(body, null);
        using var sent = new MemoryStream();
        await content.CopyToAsync(sent, TestContext.Current.CancellationToken);
        Assert.Equal(
            "request_metadata=Gr%C3%B6%C3%9Fe+%26+mehr&pages_to_process=1%2C3"
            + "&urls=https%3A%2F%2Ffiles.example.com%2Fa%2520b%2Finvoice-0417.pdf%3FX-Sig%3Ds3cret%252Fpart%26x%3D1"
            + "&urls=https%3A%2F%2Ffiles.example.com%2Fother.pdf",
            Encoding.ASCII.GetString(sent.ToArray()));
        Assert.Equal(
            ("application/x-www-form-urlencoded", sent.Length), (content.Headers.ContentType!.ToString(), content.Headers.ContentLength));
        Assert.True(content.LastByteHandedOver);
        Assert.Single(body.Closing);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(206)]
    public async Task A_partial_answer_is_an_outcome_for_each_address(int status)
    {
        using var test = new TestClient();
        test.Answer((HttpStatusCode)status, Example.Read("labelurls-partial"));
        UploadOutcome[] outcomes = await UploadAsync(
            test, Url("https://h.example/sample-invoice.pdf?sig=1"), Url("https://h.example/missing.pdf?sig=2"),
            Url("https://h.example/not-named.pdf"));
        Assert.Equal([UploadClass.Accepted, UploadClass.Refused, UploadClass.Ambiguous], outcomes.Select(outcome => outcome.Class));
        Assert.Equal("https://h.example/sample-invoice.pdf", Assert.Single(outcomes[0].Pages).SourcePath);
        Assert.Equal(NanonetsErrorId.AddressNotFetched, outcomes[1].Error!.ErrorId);
        Assert.Contains("'https://h.example/missing.pdf'", outcomes[1].Error!.Message);
        Assert.Equal(status, outcomes[1].Error!.StatusCode);
        Assert.EndsWith("/LabelUrls/?async=true", Assert.Single(test.Traces).Target);
    }

    [Fact]
    public async Task The_only_address_is_the_one_that_failed_whatever_the_answer_calls_it()
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.Accepted, """{"message":"x","result":[{"message":"failure","input":"","request_file_id":""}]}""");
        UploadOutcome outcome = Assert.Single(await UploadAsync(test, Url(Signed)));
        Assert.Equal((UploadClass.Refused, NanonetsErrorId.AddressNotFetched), (outcome.Class, outcome.Error!.ErrorId));
    }

    [Fact]
    public async Task A_file_that_an_answer_calls_failed_without_an_id_stays_ambiguous()
    {
        using var test = new TestClient();
        test.Answer(
            HttpStatusCode.OK, """{"message":"x","result":[{"message":"failure","input":"invoice-0417.pdf","request_file_id":""}]}""");
        Assert.Equal(UploadClass.Ambiguous, (await test.UploadAsync()).Class);
    }

    [Theory]
    [InlineData(400, "error-400-urls-missing", UploadClass.Refused)]
    [InlineData(503, "error-503", UploadClass.Ambiguous)]
    public async Task An_address_has_the_same_four_outcomes(int status, string example, object expected)
    {
        using var test = new TestClient();
        test.Answer((HttpStatusCode)status, Example.Read(example));
        Assert.Equal((UploadClass)expected, Assert.Single(await UploadAsync(test, Url(Signed))).Class);
    }

    [Fact]
    public async Task What_is_signed_shows_nowhere()
    {
        using var test = new TestClient();
        UploadSource source = Url(Signed);
        test.Answer(HttpStatusCode.BadRequest,
            $$"""{"message":"Bad Request","code":400,"errors":[{"reason":"cannot load {{Signed}} now","message":"x"}]}""");
        UploadOutcome refused = Assert.Single(await UploadAsync(test, source));
        test.Answer(HttpStatusCode.OK,
            $$"""{"message":"Success","result":[{"message":"Success","input":"{{Signed}}","request_file_id":"f","page":0}]}""");
        UploadOutcome accepted = Assert.Single(await UploadAsync(test, source));
        Assert.Equal(UploadClass.Accepted, accepted.Class);
        string shown = string.Join('\n', refused.Error!.ToString(), refused.Error.Reason, source, accepted.Pages[0].Input,
            accepted.Pages[0].SourcePath, accepted.Pages[0], test.Traces[0].Target);
        Assert.Contains("https://files.example.com/a%20b/invoice-0417.pdf", shown);
        Assert.DoesNotContain("s3cret", shown);
    }

    [Theory]
    [InlineData("http://files.example.com/a.pdf?secret=1")]
    [InlineData("ftp://files.example.com/a.pdf?secret=1")]
    [InlineData("file:///etc/a.pdf?secret=1")]
    [InlineData("a.pdf?secret=1")]
    public void An_address_that_cannot_be_fetched_safely_is_refused(string address)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => UploadSource.FromUri(new Uri(address, UriKind.RelativeOrAbsolute)));
        Assert.DoesNotContain("secret", refused.Message);
    }

    [Theory]
    [InlineData("https://h.example/", "h.example")]
    [InlineData("https://h.example/a/%C3%BC%20x.pdf?y#z", "ü x.pdf")]
    [InlineData("http://127.0.0.1:8080/x.pdf", "x.pdf")]
    [InlineData("https://user:pass@h.example/x.pdf", "x.pdf")]
    public void An_address_is_known_by_its_last_part(string address, string name)
    {
        UploadSource source = Url(address);
        Assert.Equal(name, source.FileName);
        Assert.DoesNotContain("pass", source.SourcePath);
    }

    [Fact]
    public async Task A_stream_goes_from_where_it_stands_and_again_after_a_break()
    {
        using var test = new TestClient();
        using var stream = new MemoryStream([1, 2, 3, .. s_document]) { Position = 3 };
        UploadSource source = await UploadSource.FromStreamAsync(stream, "mail.pdf", TestContext.Current.CancellationToken);
        byte[] sent = await SendAfterOneBreakAsync(test, source);
        Assert.Equal(s_document, sent);
        Assert.True(stream.CanRead);
        Assert.Null(source.SourcePath);
    }

    [Fact]
    public async Task A_stream_that_cannot_seek_is_kept_in_a_private_file_of_which_nothing_is_left()
    {
        using var test = new TestClient();
        UploadSource source = await UploadSource.FromStreamAsync(OneWay(), "mail.pdf", TestContext.Current.CancellationToken);
        FileStream copy = Assert.IsType<FileStream>(((StreamSource)source).Content, false);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy.SafeFileHandle));
            Assert.False(File.Exists(copy.Name));
        }

        Assert.Equal(s_document, await SendAfterOneBreakAsync(test, source));
        source.Release();
        Assert.False(File.Exists(copy.Name));
        Assert.False(copy.CanRead);
    }

    [Theory]
    [InlineData("grown", NanonetsErrorId.SourceChanged)]
    [InlineData("shrunk", NanonetsErrorId.SourceChanged)]
    [InlineData("closed", NanonetsErrorId.SourceUnavailable)]
    public async Task A_stream_that_changes_while_it_is_sent_is_not_completed(string how, NanonetsErrorId expected)
    {
        using var test = new TestClient();
        var stream = new MemoryStream();
        stream.Write(s_document);
        stream.Position = 0;
        UploadSource source = await UploadSource.FromStreamAsync(stream, "mail.pdf", TestContext.Current.CancellationToken);
        bool complete = false;
        test.Respond(async request =>
        {
            var taken = new NotingStream(() =>
            {
                if (how == "closed")
                    stream.Dispose();
                else
                    stream.SetLength(how == "grown" ? stream.Length + 1 : 1000);
            });
            await request.Content!.CopyToAsync(taken);
            complete = true;
            return new HttpResponseMessage(HttpStatusCode.OK);
        });
        UploadOutcome outcome = Assert.Single(await UploadAsync(test, source));
        Assert.Equal((UploadClass.NotSent, expected, false), (outcome.Class, outcome.Error!.ErrorId, complete));
    }

    [Fact]
    public async Task An_empty_or_closed_stream_is_not_sent()
    {
        using var test = new TestClient();
        using var atEnd = new MemoryStream(s_document) { Position = s_document.Length };
        UploadSource empty = await UploadSource.FromStreamAsync(atEnd, "a.pdf", TestContext.Current.CancellationToken);
        var closed = new MemoryStream(s_document);
        UploadSource gone = await UploadSource.FromStreamAsync(closed, "b.pdf", TestContext.Current.CancellationToken);
        await closed.DisposeAsync();
        UploadOutcome[] outcomes = await UploadAsync(test, empty, gone);
        Assert.Equal([NanonetsErrorId.EmptyFile, NanonetsErrorId.SourceUnavailable], outcomes.Select(outcome => outcome.Error!.ErrorId));
        Assert.Empty(test.Traces);
        await Assert.ThrowsAsync<ArgumentException>(
            () => UploadSource.FromStreamAsync(closed, "c.pdf", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(300_001)]
    public async Task Base64_data_goes_as_its_own_field_with_a_known_length(int length)
    {
        byte[] document = [.. s_document.Concat(s_document).Take(length)];
        string text = Convert.ToBase64String(document, Base64FormattingOptions.InsertLineBreaks);
        SendRequest request = Request([UploadSource.FromBase64(" data:application/pdf;base64," + text, "mail.pdf")], "m");
        using OpenedSource opened = request.Documents[0].Source.Open();
        using var content = new UploadContent(MultipartBody.Create(request.Fields(request.Metadata), [opened], "B"), null);
        using var sent = new MemoryStream();
        await content.CopyToAsync(sent, TestContext.Current.CancellationToken);
        Assert.Equal(
            "--B\r\nContent-Disposition: form-data; name=\"request_metadata\"\r\n\r\nm\r\n"
            + $"--B\r\nContent-Disposition: form-data; name=\"base64_data\"\r\n\r\n{Convert.ToBase64String(document)}\r\n--B--\r\n",
            Encoding.ASCII.GetString(sent.ToArray()));
        Assert.Equal(sent.Length, content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("JVBERi0")]
    [InlineData("not base64!")]
    [InlineData("https://example.com/a.pdf")]
    public void What_is_not_base64_is_refused_without_being_repeated(string data)
    {
        FormatException refused = Assert.Throws<FormatException>(() => UploadSource.FromBase64(data, "a.pdf"));
        Assert.DoesNotContain(data, refused.Message);
    }

    [Fact]
    public void Documents_that_travel_in_different_ways_share_no_request()
    {
        UploadSource first = UploadSource.FromBase64("JVBERi0x", "a.pdf");
        Assert.Throws<ArgumentException>(() => Request([first, UploadSource.FromBase64("JVBERi0x", "b.pdf")]));
        Assert.Throws<ArgumentException>(() => Request([first, Url("https://h.example/b.pdf")]));
        Assert.Throws<ArgumentException>(() => Request([Url("https://h.example/b.pdf"), UploadSource.FromPath("/c.pdf")]));
    }

    private static UploadSource Url(string address) => UploadSource.FromUri(new Uri(address));

    private static GZipStream OneWay()
    {
        var packed = new MemoryStream();
        using (var pack = new GZipStream(packed, CompressionLevel.Fastest, true))
            pack.Write(s_document);
        packed.Position = 0;
        return new GZipStream(packed, CompressionMode.Decompress);
    }

    private static SendRequest Request(UploadSource[] sources, string? metadata = null, int[]? pages = null) =>
        TestClient.Request(sources, metadata: metadata, pages: pages);

    private static Task<UploadOutcome[]> UploadAsync(TestClient test, params UploadSource[] sources) =>
        test.UploadAsync(Request(sources));

    /// <summary>The first try breaks in the middle; the document as the second brought it.</summary>
    private static async Task<byte[]> SendAfterOneBreakAsync(TestClient test, UploadSource source)
    {
        int tries = 0;
        using var sent = new MemoryStream();
        test.Respond(async request =>
        {
            if (++tries == 1)
                await request.Content!.CopyToAsync(new NotingStream(() => throw new IOException("reset")));
            await request.Content!.CopyToAsync(sent);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Example.Read("labelfile-async-3page-nested")) };
        });
        Assert.Equal(UploadClass.NotSent, Assert.Single(await UploadAsync(test, source)).Class);
        Assert.Equal(UploadClass.Accepted, Assert.Single(await UploadAsync(test, source)).Class);
        byte[] body = sent.ToArray();
        int start = body.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        return body[start..body.AsSpan().LastIndexOf("\r\n--"u8)];
    }

    /// <summary>Does something once the first 100,000 bytes have come.</summary>
    private sealed class NotingStream(Action then) : MemoryStream
    {
        private Action? _then = then;

        public override Task WriteAsync(byte[] buffer, int offset, int count, System.Threading.CancellationToken cancellationToken)
        {
            Write(buffer, offset, count);
            if (Length >= 80_000)
            {
                _then?.Invoke();
                _then = null;
            }

            return Task.CompletedTask;
        }
    }
}
