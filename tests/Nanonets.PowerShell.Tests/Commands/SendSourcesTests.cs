using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Documents that are no files: streams, base64 data, addresses.</summary>
public class SendSourcesTests
{
    private const string Secret = "s3cret-signature";
    private const string Address = "https://files.example.com/in/invoice%201.pdf?sig=" + Secret;
    private static readonly byte[] s_pdf = Encoding.ASCII.GetBytes("%PDF-1.7 a document");

    [Theory]
    [InlineData("Send-NanonetsDocument -InputStream $stream -FileName mail.png")]
    [InlineData("[pscustomobject]@{ InputStream = $stream; FileName = 'mail.png' } | Send-NanonetsDocument")]
    [InlineData("[pscustomobject]@{ InputStream = $stream; FileName = 'mail.png'; Metadata = 'm' } | Send-NanonetsDocument "
        + "-Metadata { $_.FileName }")]
    [InlineData("Send-NanonetsDocument -InputStream $oneway -FileName mail.png")]
    public async Task Streams_are_sent_as_they_are(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        byte[] picture = await File.ReadAllBytesAsync(session.AddFile("a.png"), TestContext.Current.CancellationToken);
        session.Set("stream", new MemoryStream(picture));
        session.Set("oneway", Packed(picture));
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Equal("mail.png", Assert.Single(result.Values("Input")));
        Assert.Null(Assert.Single(result.Values("SourcePath")));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(picture)), Assert.Single(session.Emulator.Billing.Charges).Sha256);
    }

    [Fact]
    public async Task A_document_that_is_no_file_can_be_piped_in_again_after_an_error()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(options: new EmulatorOptions { AcceptAnyContent = true });
        session.Set("stream", Packed("just text"u8.ToArray()));
        RunResult first = session.Run("Send-NanonetsDocument -InputStream $stream -FileName note.txt -ErrorVariable failed");
        Assert.Equal(["UnsupportedFile"], first.ErrorIds);
        Assert.Empty(session.Uploads);
        Assert.Single(session.Run("$failed.TargetObject | Send-NanonetsDocument -SkipTypeCheck").Output);
        Assert.Equal(["note.txt"], session.Uploads.Single().FileNames);
    }

    [Fact]
    public async Task Bad_streams_and_data_are_one_error_each_and_nothing_is_sent()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        var closed = new MemoryStream();
        await closed.DisposeAsync();
        session.Set("closed", closed);
        session.Set("empty", new MemoryStream());
        RunResult result = session.Run(
            "Send-NanonetsDocument -InputStream $closed -FileName a.pdf; Send-NanonetsDocument -InputStream $empty -FileName b.pdf;"
            + "Send-NanonetsDocument -Base64Data 'no base64!' -FileName c.pdf; Send-NanonetsDocument -Base64Data "
            + "'dGV4dA==' -FileName d.pdf");
        Assert.Equal(["InvalidStream", "EmptyFile", "InvalidEncoding", "UnsupportedFile"], result.ErrorIds);
        Assert.Empty(session.Emulator.Requests.All);
    }

    [Theory]
    [InlineData("Send-NanonetsDocument -Base64Data $data -FileName mail.pdf")]
    [InlineData("[pscustomobject]@{ Base64Data = $data; FileName = 'mail.pdf' } | Send-NanonetsDocument -FilesPerRequest 5")]
    public async Task Base64_data_goes_as_the_field_of_the_api(string script)
    {
        using var service = new StubService(_ => (200, Accepted("x")));
        await using ModuleSession session = await ConnectAsync(service);
        session.Set("data", Convert.ToBase64String(s_pdf));
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
        StubRequest request = Assert.Single(service.Uploads);
        Assert.Contains("name=\"base64_data\"\r\n\r\n" + Convert.ToBase64String(s_pdf) + "\r\n", request.Body);
        Assert.Contains("/LabelFile/", request.Target);
    }

    [Theory]
    [InlineData("Send-NanonetsDocument -Uri $address")]
    [InlineData("[uri]$address | Send-NanonetsDocument")]
    [InlineData("[uri]$address | Send-NanonetsDocument -Metadata { $_.Host }")]
    [InlineData("[pscustomobject]@{ Uri = $address; Other = 1 } | Send-NanonetsDocument")]
    [InlineData("[pscustomobject]@{ Url = $address; Metadata = 'own' } | Send-NanonetsDocument")]
    [InlineData("[pscustomobject]@{ Url = $address; Metadata = 'own' } | Send-NanonetsDocument -Metadata { $_.Metadata }")]
    public async Task Addresses_are_fetched_by_the_service(string script)
    {
        using var service = new StubService(_ => (200, Accepted("invoice%201.pdf")));
        await using ModuleSession session = await ConnectAsync(service);
        session.Set("address", Address);
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Equal("https://files.example.com/in/invoice%201.pdf", Assert.Single(result.Values("SourcePath")));
        StubRequest request = Assert.Single(service.Uploads);
        Assert.Contains("/LabelUrls/?async=true", request.Target);
        Assert.EndsWith("urls=" + WebUtility.UrlEncode(Address), request.Body);
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.Contains(
            script.Contains("Metadata", StringComparison.Ordinal) ? "request_metadata=" : "request_metadata=nn1.", request.Body);
    }

    [Fact]
    public async Task Several_addresses_share_a_request_and_each_has_its_outcome()
    {
        using var service = new StubService(request => (202, request.Body.Contains("gone", StringComparison.Ordinal)
            ? """
                {"result":[{"message":"Success","input":"a.pdf","request_file_id":"f1","page":0},{"message":"failure","input":"gone.pdf","request_file_id":""}]}
                """
            : Accepted("b.pdf")));
        await using ModuleSession session = await ConnectAsync(service);
        RunResult result = session.Run("Send-NanonetsDocument -Uri https://h.example/a.pdf, https://h.example/gone.pdf?sig=" + Secret
            + " -FilesPerRequest 5 -ErrorVariable failed");
        Assert.Equal("f1", Assert.Single(result.Values("RequestFileId")));
        Assert.Equal(["AddressNotFetched"], result.ErrorIds);
        Assert.Single(service.Uploads);
        Assert.Single(session.Run("$failed.TargetObject | Send-NanonetsDocument").Output);
        Assert.EndsWith("gone.pdf" + WebUtility.UrlEncode("?sig=" + Secret), service.Uploads[1].Body);
    }

    [Fact]
    public async Task A_page_result_of_an_address_is_fetched_again()
    {
        using var service = new StubService(_ => (200, Accepted("a.pdf")));
        await using ModuleSession session = await ConnectAsync(service);
        RunResult result = session.Run("Send-NanonetsDocument -Uri https://h.example/a.pdf | Send-NanonetsDocument");
        Assert.Empty(result.Errors);
        Assert.Equal(2, service.Uploads.Length);
        Assert.Equal(AddressIn(service.Uploads[0]), AddressIn(service.Uploads[1]));

        // Only the tag differs: it is another upload.
        static string AddressIn(StubRequest request) => request.Body[request.Body.IndexOf("urls=", StringComparison.Ordinal)..];
    }

    [Fact]
    public async Task What_is_no_address_is_refused_and_the_rest_goes_on()
    {
        using var service = new StubService(_ => (200, Accepted("a.pdf")));
        await using ModuleSession session = await ConnectAsync(service);
        RunResult result = session.Run(
            $"Send-NanonetsDocument -Uri 'http://h.example/x?sig={Secret}', 'ftp://h/x?sig={Secret}', 'x?sig={Secret}', "
                + $"https://h.example/a.pdf; '{Address}' | Send-NanonetsDocument");
        Assert.Equal(["InvalidAddress", "InvalidAddress", "InvalidAddress", "PathIsAddress"], result.ErrorIds);
        Assert.Single(result.Output);
        Assert.DoesNotContain(Secret, string.Join('\n', result.Errors.Select(Describe)));
    }

    [Fact]
    public async Task A_signature_is_in_no_stream_and_no_view()
    {
        using var service = new StubService(
            request => request.Method == "GET" || request.Body.Contains("request_metadata=m", StringComparison.Ordinal)
            ? (200, Accepted(Address))
            : (400,
                $$"""
                {"message":"Bad Request","code":400,"errors":[{"reason":"Cannot load {{Address}}","message":"Check {{Address}}"}]}
                """));
        await using ModuleSession session = await ConnectAsync(service);
        session.Set("address", Address);
        RunResult result = session.Run("Send-NanonetsDocument -Uri $address -Verbose -Debug; Send-NanonetsDocument -Uri $address -Metadata "
            + "m -Verbose -Debug; Send-NanonetsDocument -Uri $address -WhatIf");
        string all = string.Join('\n', result.Verbose.Concat(result.Debug).Concat(result.Warnings).Concat(result.Errors.Select(Describe)))
            + session.Show("Send-NanonetsDocument -Uri $address -Metadata m") + session.Show("$Error | Format-List *")
            + session.Show("$Error[0].TargetObject") + session.Console.Text;
        Assert.Equal(3, service.Uploads.Length);
        Assert.Contains("https://files.example.com/in/invoice%201.pdf", all);
        Assert.DoesNotContain(Secret, all);
    }

    private static string Describe(ErrorRecord error) =>
        $"{error} {error.Exception} {error.ErrorDetails} {error.TargetObject} {error.CategoryInfo}";

    private static string Accepted(string input) =>
        $$"""
        {"message":"Success","result":[{"message":"Success","input":"{{input}}","prediction":[],"page":0,"request_file_id":"f","id":"p"}]}
        """;

    private static async Task<ModuleSession> ConnectAsync(StubService service)
    {
        ModuleSession session = await ModuleSession.StartAsync(false);
        session.Set("stub", service.Address);
        session.Run("Connect-Nanonets -ApiKey k -BaseUri $stub -ModelId m -MaximumRetryCount 0");
        return session;
    }

    /// <summary>A stream that cannot seek.</summary>
    private static GZipStream Packed(byte[] content)
    {
        var packed = new MemoryStream();
        using (var pack = new GZipStream(packed, CompressionLevel.Fastest, true))
            pack.Write(content);
        packed.Position = 0;
        return new GZipStream(packed, CompressionMode.Decompress);
    }
}
