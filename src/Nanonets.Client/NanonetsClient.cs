using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Json;
using Nanonets.Listing;
using Nanonets.Documents;
using Nanonets.Sending;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;
using Nanonets.Uploading;
using Nanonets.Waiting;

namespace Nanonets;

/// <summary>The documented Nanonets API (v2). Safe to use from several threads at once.</summary>
internal sealed partial class NanonetsClient : IDisposable
{
    /// <summary>A document that is worth a journal is worth some tries, whatever is set for reading.</summary>
    private const int FewestRetries = 4;

    private readonly NanonetsClientOptions _options;
    private static readonly TimeSpan s_checkedFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, TimeSpan> _checked = new();
    private readonly ConcurrentDictionary<string, ProcessingTimes> _times = new();
    private readonly ApiTransport _transport;
    private readonly ApiReader _reader;
    private readonly ApiWriter _writer;
    private readonly ApiTransport _storage;

    /// <summary>A client for one account. Nothing is sent until the first call.</summary>
    /// <param name="options">Key, address and limits.</param>
    public NanonetsClient(NanonetsClientOptions options)
        : this(options, Transport.Create(options), Clock.System)
    {
    }

    internal NanonetsClient(NanonetsClientOptions options, HttpMessageHandler transport, Clock clock)
    {
        _options = options;
        BaseUri = options.BaseUri;
        _transport = new ApiTransport(options, transport, clock);
        _reader = new ApiReader(_transport);
        _writer = new ApiWriter(_transport);
        _storage = ApiTransport.WithoutKey(options, transport, clock);
    }

    /// <summary>Address of the API.</summary>
    public Uri BaseUri { get; }

    internal Clock Clock => _transport.Clock;

    /// <summary>Now, by the service's clock.</summary>
    internal DateTimeOffset ServerNow => _transport.ServerTime.Now;

    /// <summary>Whether the service's clock is known.</summary>
    internal bool KnowsServerTime => _transport.ServerTime.IsKnown;

    /// <summary>
    /// Uploads documents by exactly one request (POST OCR/Model/{model_id}/LabelFile/). Never throws for what happens to the upload,
    /// cancellation included: the outcomes say what is proven.
    /// </summary>
    /// <param name="request">How to process them.</param>
    /// <param name="documents">Documents of the request.</param>
    /// <param name="metadata">The metadata as it is sent.</param>
    /// <param name="attempt">Which attempt it is, from 1.</param>
    /// <param name="confirmation">Asked before the last bytes leave; null where there is nothing to ask.</param>
    /// <param name="observer">Sees the request and its bytes.</param>
    /// <param name="cancellationToken">Cancels; an upload whose body was complete is then ambiguous.</param>
    /// <returns>One outcome for each document, in their order.</returns>
    internal Task<UploadOutcome[]> UploadAsync(
        SendRequest request, IReadOnlyList<Document> documents, string? metadata, int attempt, ClaimConfirmation? confirmation,
        IRequestObserver? observer, CancellationToken cancellationToken) =>
        new UploadPost(_transport, request, attempt, confirmation, observer).SendAsync(documents, metadata, cancellationToken);

    /// <summary>
    /// Gets the results of a file (GET Inferences/Model/{model_id}/InferenceRequestFiles/GetPredictions/{request_file_id}).
    /// </summary>
    /// <param name="modelId">The model it was sent to.</param>
    /// <param name="requestFileId">The file.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The pages known so far, in page order.</returns>
    /// <exception cref="NanonetsException">The call failed.</exception>
    public async Task<FileResult> GetFileResultAsync(
        string modelId, string requestFileId, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        string target = $"Inferences/Model/{Uri.EscapeDataString(modelId)}/InferenceRequestFiles/GetPredictions/"
            + $"{Uri.EscapeDataString(requestFileId)}";
        JsonElement root = await _reader.GetAsync(target, new RequestSubject(modelId, requestFileId), observer, cancellationToken)
            .ConfigureAwait(false);
        return AnswerReader.File(root, modelId, requestFileId);
    }

    /// <summary>Gets the result of one page (GET Inferences/Model/{model_id}/ImageLevelInferences/{page_id}).</summary>
    /// <param name="modelId">The model it was sent to.</param>
    /// <param name="pageId">The page.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The page; pending while it is being processed.</returns>
    /// <exception cref="NanonetsException">The call failed.</exception>
    public async Task<PageResult> GetPageResultAsync(
        string modelId, string pageId, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        string target = $"Inferences/Model/{Uri.EscapeDataString(modelId)}/ImageLevelInferences/{Uri.EscapeDataString(pageId)}";
        JsonElement root = await _reader.GetAsync(target, new RequestSubject(modelId, PageId: pageId), observer, cancellationToken)
            .ConfigureAwait(false);
        return AnswerReader.Page(root, modelId, pageId);
    }

    /// <summary>
    /// Lists all pages that a model got on a span of days (GET
    /// Inferences/Model/{model_id}/ImageLevelInferences?start_day_interval=&amp;current_batch_day=). Pages are handed out while the answer
    /// arrives, in the order of the service, with <see cref="PageResult.SignedUrls"/> null since the addresses come last. Memory stays flat
    /// however long the listing is, and there is no limit to its time, only to silence. Until the first pages are handed out a failed call
    /// is tried again.
    /// </summary>
    /// <param name="modelId">The model.</param>
    /// <param name="firstDay">First day of the span, in whole days since 1970-01-01 UTC.</param>
    /// <param name="lastDay">Last day of the span. Pages of the day after may come as well: whether the end belongs to the span is not
    /// sure.</param>
    /// <param name="take">Gets the pages; more are read when its task has completed. What it throws ends the listing and is thrown.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What the listing says of itself, when it was read to its end and was whole.</returns>
    /// <exception cref="NanonetsException">The call failed, or the listing is not whole; pages that came before were handed
    /// out.</exception>
    public Task<PageListing> ListPagesAsync(
        string modelId, int firstDay, int lastDay, Func<IReadOnlyList<PageResult>, Task> take,
        IRequestObserver? observer = null, CancellationToken cancellationToken = default) =>
        new PageLister(_reader, modelId).RunAsync(firstDay, lastDay, take, observer, cancellationToken);

    /// <summary>
    /// Looks at what lies between this machine and an answer: name, proxy, TLS, service, clock, key and model. Sends one reading request
    /// and costs nothing.
    /// </summary>
    /// <param name="modelId">The model to look at; null for none.</param>
    /// <param name="report">Is handed each check as it ends.</param>
    /// <param name="observer">Sees tries.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completes with the last check.</returns>
    public Task DiagnoseAsync(
        string? modelId, Func<ConnectionCheck, Task> report, IRequestObserver? observer = null,
        CancellationToken cancellationToken = default) =>
        new Diagnosis.ConnectionDoctor(_transport, _options, observer, report).RunAsync(modelId, cancellationToken);

    /// <summary>Whether the model answered a free GET in the last minutes, so that a further run need not ask again.</summary>
    internal bool WasCheckedLately(string modelId) => _checked.TryGetValue(modelId, out TimeSpan at) && Clock.Elapsed - at < s_checkedFor;

    /// <summary>Remembers that it did.</summary>
    internal void NoteChecked(string modelId) => _checked[modelId] = Clock.Elapsed;

    /// <summary>How long a model takes for documents, as far as waits of this client have seen it.</summary>
    internal ProcessingTimes TimesOf(string modelId) => _times.GetOrAdd(modelId, static _ => new ProcessingTimes());

    /// <summary>Lists what was uploaded in a span of days, for reconciling: a page each, as the service lists them.</summary>
    /// <param name="firstDay">First day, since 1970-01-01 UTC.</param>
    /// <param name="lastDay">Last day, included.</param>
    /// <param name="take">Gets the files. A listing that breaks off is asked for again: then they come again.</param>
    /// <exception cref="NanonetsException">The listing could not be read, or is not complete.</exception>
    internal Task ListUploadsAsync(
        string modelId, int firstDay, int lastDay, Func<IReadOnlyList<ListedUpload>, Task> take, IRequestObserver? observer,
        CancellationToken cancellationToken) =>
        new UploadLister(_reader, modelId).RunAsync(firstDay, lastDay, take, observer, cancellationToken);

    /// <summary>How long one more try waits, after so many that failed.</summary>
    internal TimeSpan RetryDelay(int failures) => _transport.RetryDelay.After(failures, null);

    /// <summary>How often a document that provably did not arrive is sent in all, while the service is there.</summary>
    internal int MostTries => Math.Max(_options.MaximumRetryCount, FewestRetries) + 1;

    /// <summary>The page windows of this connection's models.</summary>
    internal IPageWindows PageWindows { get; } = new PageWindows();

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _storage.Dispose();
        _transport.Dispose();
    }
}
