using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Sending;
using Nanonets.Uploading;
using RichardSzalay.MockHttp;

namespace Nanonets.Client.Tests.Support;

/// <summary>A client over a scripted transport, files of its own, and a record of what it showed.</summary>
internal sealed class TestClient : IDisposable, IRequestObserver
{
    public const string Key = "k3y-that-must-not-leak";
    public const string Model = "3f6c1a52-8d0e-4b7a-9c41-5e2f7d9a0b11";

    private readonly string _folder = Directory.CreateTempSubdirectory("nanonets-client-").FullName;

    public TestClient(ManualClock? clock = null, Action<NanonetsClientOptions>? configure = null)
    {
        Clock = clock ?? new ManualClock { AutoAdvance = true };
        var options = new NanonetsClientOptions(Key);
        configure?.Invoke(options);
        Client = new NanonetsClient(options, new FaultRelay(Http), Clock);
    }

    public MockHttpMessageHandler Http { get; } = new();

    public ManualClock Clock { get; }

    public NanonetsClient Client { get; }

    public List<RequestTrace> Traces { get; } = [];

    public long BytesShown { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string CreateFile(string name, string content = "%PDF-1.7 a document")
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    public async Task<UploadOutcome> UploadAsync(string? path = null, ProcessingType mode = ProcessingType.Async) =>
        (await UploadAsync(Request([path ?? CreateFile("invoice-0417.pdf")], mode)))[0];

    public Task<UploadOutcome[]> UploadAllAsync(params string[] paths) => UploadAsync(Request(paths));

    /// <summary>Makes the one request that uploads the documents.</summary>
    public Task<UploadOutcome[]> UploadAsync(SendRequest request, CancellationToken? cancel = null) =>
        Client.UploadAsync(request, request.Documents, request.Metadata, 1, null, this, cancel ?? Cancel);

    public static SendRequest Request(
        IEnumerable<UploadSource> sources, UploadCall call = UploadCall.Ocr, string? metadata = null, int[]? pages = null) =>
        new(Model, [.. sources.Select(static source => new Document(source))]) { Call = call, Metadata = metadata, PagesToProcess = pages };

    public static SendRequest Request(
        string[] paths, ProcessingType mode = ProcessingType.Async, string? metadata = null, int[]? pages = null) =>
        new(Model, [.. paths.Select(static path => new Document(UploadSource.FromPath(path)))]) { Mode = mode, Metadata = metadata,
            PagesToProcess = pages };

    /// <summary>Answers every request; what the responder throws is thrown by the transport.</summary>
    public void Respond(Func<HttpRequestMessage, Task<HttpResponseMessage>> responder)
    {
        Http.Clear();
        Http.When("*").Respond(async request =>
        {
            try
            {
                return await responder(request);
            }
            catch (Exception failure)
            {
                return new FaultRelay.Fault(failure);
            }
        });
    }

    /// <summary>Answers every request after it was read to its end.</summary>
    public void Answer(HttpStatusCode status, string body, string type = "application/json", Action<HttpResponseMessage>? change = null) =>
        Respond(async request =>
        {
            await ReadAsync(request);
            var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
            change?.Invoke(response);
            return response;
        });

    /// <summary>Answers one after the other; an exception is thrown in place of an answer.</summary>
    public void AnswerInTurn(params object[] answers)
    {
        int turn = 0;
        Respond(async request =>
        {
            await ReadAsync(request);
            return answers[Math.Min(turn++, answers.Length - 1)] switch
            {
                Exception failure => throw failure,
                (HttpStatusCode status, string body) =>
                    new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") },
                string body => new HttpResponseMessage(
                    HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") },
                var other => throw new InvalidOperationException($"No answer: {other}"),
            };
        });
    }

    public void RequestCompleted(RequestTrace trace) => Traces.Add(trace);

    public void BodyBytesSent(long delta) => BytesShown += delta;

    public void Dispose()
    {
        Client.Dispose();
        Directory.Delete(_folder, true);
    }

    private static async Task ReadAsync(HttpRequestMessage request)
    {
        if (request.Content is not null)
            await request.Content.CopyToAsync(Stream.Null);
    }
}
