using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Emulator.Tests.Support;

/// <summary>An emulator of its own and a plain client that sends what a test says and hides nothing of what comes back.</summary>
internal sealed class Caller : IAsyncDisposable
{
    private readonly HttpClient _http;

    private Caller(EmulatorServer emulator)
    {
        Emulator = emulator;
        _http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(emulator.ApiUri + "/") };
    }

    public EmulatorServer Emulator { get; }

    public string Model => Emulator.Options.ModelId;

    public string Upload => $"OCR/Model/{Model}/LabelFile/?async=true";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Caller> StartAsync(EmulatorOptions? options = null) =>
        new(await EmulatorServer.StartAsync(options ?? new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero }, Cancelled));

    public static AuthenticationHeaderValue Basic(string text) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));

    public Task<Reply> SendAsync(HttpMethod method, string address, HttpContent? content = null,
        AuthenticationHeaderValue? authorization = null, bool anonymous = false) =>
        SendAsync(method, address, content, anonymous ? null : authorization ?? Basic(Emulator.Options.ApiKey + ":"), Cancelled);

    /// <summary>Uploads, and goes away when the patience ends.</summary>
    public async Task<Reply> UploadUntilAsync(CancellationTokenSource patience, HttpContent content)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(Cancelled, patience.Token);
        return await SendAsync(HttpMethod.Post, Upload, content, Basic(Emulator.Options.ApiKey + ":"), both.Token);
    }

    public Task<Reply> GetAsync(string address) => SendAsync(HttpMethod.Get, address);

    public Task<Reply> PostJsonAsync(string address, string json) =>
        SendAsync(HttpMethod.Post, address, new StringContent(json, Encoding.UTF8, "application/json"));

    /// <summary>Uploads small pictures of these names, queued.</summary>
    public Task<Reply> UploadAsync(params string[] names) =>
        SendAsync(HttpMethod.Post, Upload, Form([.. names.Select(name => (name, TestDocument.Png(name)))]));

    public Task<Reply> ControlAsync(HttpMethod method, string path, string? json = null) =>
        SendAsync(method, new Uri(Emulator.BaseUri, "__emulator/" + path).ToString(), json is null ? null : new StringContent(json),
            anonymous: true);

    /// <summary>Sends a request with the headers of a browser, or of whoever the test plays.</summary>
    public async Task<Reply> BrowseAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Emulator.BaseUri, path)) { Content = content };
        request.Headers.Authorization = Basic(Emulator.Options.ApiKey + ":");
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await _http.SendAsync(request, Cancelled);
        return new Reply(response, await response.Content.ReadAsByteArrayAsync(Cancelled));
    }

    /// <summary>How many bytes of an answer come before its connection is cut.</summary>
    public async Task<int> ReadUntilCutAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = Basic(Emulator.Options.ApiKey + ":");
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using Stream body = await response.Content.ReadAsStreamAsync(Cancelled);
        int count = 0;
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            byte[] buffer = new byte[4096];
            while (true)
                count += await body.ReadAsync(buffer, Cancelled) is > 0 and int read ? read : throw new EndOfStreamException();
        });
        return count;
    }

    public static MultipartFormDataContent Form(params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach ((string name, byte[] content) in files)
            form.Add(new ByteArrayContent(content), "file", name);
        return form;
    }

    private async Task<Reply> SendAsync(
        HttpMethod method, string address, HttpContent? content, AuthenticationHeaderValue? authorization,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Authorization = authorization;
        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
        return new Reply(response, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Emulator.DisposeAsync();
    }
}

/// <summary>An answer as it came.</summary>
internal sealed class Reply(HttpResponseMessage response, byte[] body)
{
    public int Status { get; } = (int)response.StatusCode;

    public HttpResponseHeaders Headers { get; } = response.Headers;

    public string? ContentType { get; } = response.Content.Headers.ContentType?.MediaType;

    public byte[] Bytes => body;

    public string Text => Encoding.UTF8.GetString(body);

    public JsonElement Json => JsonDocument.Parse(body).RootElement;

    /// <summary>The short cause in an error body.</summary>
    public string? Reason => Json.GetProperty("errors")[0].GetProperty("reason").GetString();

    /// <summary>All pages of an upload answer, nested or flat.</summary>
    public IReadOnlyList<JsonElement> Pages =>
        [.. Json.GetProperty("result").EnumerateArray()
            .SelectMany(item => item.TryGetProperty("result", out JsonElement pages)
                ? pages.EnumerateArray()
                : (IEnumerable<JsonElement>)[item])];

    public string FileId => Pages[0].GetProperty("request_file_id").GetString()!;

    public string PageId => Pages[0].GetProperty("id").GetString()!;

    /// <summary>All pages of an answer by file or of a listing.</summary>
    public IReadOnlyList<JsonElement> Stored =>
        [.. Json.GetProperty("moderated_images").EnumerateArray(), .. Json.GetProperty("unmoderated_images").EnumerateArray()];
}
