using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Json;
using Nanonets.Waiting;

namespace Nanonets;

/// <summary>
/// Waits until documents are read. Asks for one when documents like it were finished before, as far as that is known, and then less and
/// less often. A poll that fails for a while never loses a document that is paid for; only the time limit, or what dooms every request,
/// ends a wait.
/// </summary>
internal sealed class ResultWaiter : IDisposable
{
    /// <summary>For this long an unknown file may just not be known yet (inferred; what the service answers is undocumented).</summary>
    private static readonly TimeSpan s_unknownAtFirst = TimeSpan.FromMinutes(1);

    /// <summary>What is older and still pending tells nothing of how long documents take.</summary>
    private static readonly TimeSpan s_oldest = TimeSpan.FromHours(6);

    private readonly NanonetsClient _client;
    private readonly Clock _clock;
    private readonly RequestPacer _pacer;
    private readonly TimeSpan _timeout;
    private readonly IRequestObserver? _observer;
    private readonly ConcurrentDictionary<string, ModelWatch> _models = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>A waiter for any number of documents, which share its courtesy to the service.</summary>
    /// <param name="client">Asks.</param>
    /// <param name="timeout">For each document, from when its wait begins.</param>
    /// <param name="observer">Sees the requests.</param>
    public ResultWaiter(NanonetsClient client, TimeSpan timeout, IRequestObserver? observer = null)
    {
        _client = client;
        _clock = client.Clock;
        _pacer = new RequestPacer(_clock);
        _timeout = timeout;
        _observer = observer;
    }

    /// <summary>Waits until every page of a file is read or has failed.</summary>
    /// <param name="modelId">The model it was sent to.</param>
    /// <param name="requestFileId">The file.</param>
    /// <param name="knownPageCount">Pages in the upload answer; null when unknown, then the pages must be without a gap and the same in two
    /// answers.</param>
    /// <param name="firstDelay">Before the first question.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The finished file.</returns>
    /// <exception cref="NanonetsException">Time is up (ResultTimedOut), or no request can succeed.</exception>
    public Task<FileResult> WaitAsync(
        string modelId, string requestFileId, int? knownPageCount, TimeSpan firstDelay, CancellationToken cancellationToken = default) =>
        WaitAsync(modelId, requestFileId, knownPageCount, firstDelay, null, cancellationToken);

    /// <summary>Waits until a page is read or has failed.</summary>
    /// <param name="modelId">The model it was sent to.</param>
    /// <param name="pageId">The page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The finished page.</returns>
    /// <exception cref="NanonetsException">Time is up (ResultTimedOut), or no request can succeed.</exception>
    public async Task<PageResult> WaitForPageAsync(string modelId, string pageId, CancellationToken cancellationToken = default)
    {
        PageResult? last = null;
        await PollAsync(modelId, pageId, 1, TimeSpan.Zero, null, AskAsync, $"Page {pageId}", () => null, cancellationToken)
            .ConfigureAwait(false);
        return last!;

        async Task<Seen> AskAsync(WaitedFile page)
        {
            last = await _client.GetPageResultAsync(modelId, pageId, _observer, cancellationToken).ConfigureAwait(false);
            return last.IsFinished ? Seen.Finished : Seen.Pending;
        }
    }

    /// <summary>Ends what it asks for all documents together; each wait ends by its own token.</summary>
    public void Dispose() => _stop.Cancel();

    /// <summary>Steps of its queues so far, to prove that work grows with the number of documents and no faster.</summary>
    internal long Steps => _models.Values.Sum(static model => model.Steps);

    /// <summary>The same for a file of which it is known when it was accepted.</summary>
    /// <param name="accepted">When it was, by <see cref="Clock.Elapsed"/>; null when that is not known. Then the first question is not put
    /// off, and its answer may tell.</param>
    internal async Task<FileResult> WaitAsync(
        string modelId, string requestFileId, int? knownPageCount, TimeSpan firstDelay, TimeSpan? accepted,
        CancellationToken cancellationToken)
    {
        FileResult? last = null;
        await PollAsync(modelId, requestFileId, knownPageCount, firstDelay, accepted, AskAsync, $"File {requestFileId}", () => last,
            cancellationToken).ConfigureAwait(false);
        return last!;

        async Task<Seen> AskAsync(WaitedFile file)
        {
            FileResult? before = last;
            last = await _client.GetFileResultAsync(modelId, requestFileId, _observer, cancellationToken).ConfigureAwait(false);
            LearnAge(file, last);
            return last.LooksComplete && (last.Pages.Length == knownPageCount || before?.Pages.Length == last.Pages.Length)
                ? Seen.Finished
                : Seen.Pending;
        }
    }

    private ModelWatch WatchOf(string modelId) => _models.GetOrAdd(
        modelId, id => new ModelWatch(_clock, _client.TimesOf(id), new PendingListing(_client, id, _observer), _pacer, _stop.Token));

    private async Task PollAsync(
        string modelId, string id, int? pages, TimeSpan firstDelay, TimeSpan? accepted, Func<WaitedFile, Task<Seen>> ask, string what,
        Func<FileResult?> lastSeen,
        CancellationToken cancellationToken)
    {
        TimeSpan began = _clock.Elapsed;
        NanonetsException? passing = null;
        WaitedFile? file = null;
        file = new WaitedFile(id, pages, began, accepted)
        {
            FirstDelay = firstDelay,
            Deadline = _timeout == Timeout.InfiniteTimeSpan || _timeout > TimeSpan.MaxValue - began ? TimeSpan.MaxValue : began + _timeout,
            Ask = AskAsync,
        };
        if (await WatchOf(modelId).WaitAsync(file, cancellationToken).ConfigureAwait(false))
            return;

        // The reader must know whether the document is slow, or its answers cannot be used.
        string why = passing is null ? string.Empty : $" The last request failed: {passing.Message}";
        throw new NanonetsException(
            NanonetsErrorId.ResultTimedOut,
            $"{what} of model {modelId} was not finished within {Describe(_timeout)}. It is not lost.{why}", passing)
        {
            LastSeen = lastSeen(),
        };

        async Task<Seen> AskAsync()
        {
            try
            {
                Seen seen = await ask(file!).ConfigureAwait(false);
                passing = null;
                return seen;
            }
            catch (NanonetsException failure) when (IsPassing(failure, _clock.Elapsed - began))
            {
                // Asked again: the verbose stream has the failed request.
                passing = failure;
                return Seen.Nothing;
            }
        }
    }

    /// <summary>The ids of its pages hold the time of the upload, by the service's clock.</summary>
    private void LearnAge(WaitedFile file, FileResult result)
    {
        if (file.HasAge || result.Pages.Length == 0 || TimeUuid.Read(result.Pages[0].Id) is not { } uploaded)
            return;

        TimeSpan age = _client.ServerNow - uploaded;
        if (age >= TimeSpan.Zero && age < s_oldest)
            file.Learn(_clock.Elapsed - age);
    }

    private static bool IsPassing(NanonetsException failure, TimeSpan waited) => failure.ErrorId switch
    {
        NanonetsErrorId.RateLimited or NanonetsErrorId.ServiceUnavailable or NanonetsErrorId.ConnectionFailed
            or NanonetsErrorId.RequestTimedOut or NanonetsErrorId.InvalidResponse => true,
        NanonetsErrorId.DocumentNotFound or NanonetsErrorId.PageNotFound => waited < s_unknownAtFirst,
        _ => false,
    };

    private static string Describe(TimeSpan span) =>
        span.TotalSeconds < 120 ? $"{span.TotalSeconds:0.#} s" : $"{span.TotalMinutes:0.#} minutes";
}
