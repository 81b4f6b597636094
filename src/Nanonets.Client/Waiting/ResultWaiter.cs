using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Waiting;

namespace Nanonets;

/// <summary>
/// Waits until documents are read. Asks soon at first, then less and less often. A poll that fails for a while never loses a document that is
/// paid for; only the time limit, or what dooms every request, ends a wait.
/// </summary>
public sealed class ResultWaiter : IDisposable
{
    private const double Growth = 1.5;
    private static readonly TimeSpan s_firstInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestInterval = TimeSpan.FromSeconds(15);

    /// <summary>After hours a document is asked for seldom: a share of what was waited is soon enough to learn of its end.</summary>
    private const double LongestShare = 0.05;

    /// <summary>For this long an unknown file may just not be known yet (inferred; what the service answers is undocumented).</summary>
    private static readonly TimeSpan s_unknownAtFirst = TimeSpan.FromMinutes(1);

    private readonly NanonetsClient _client;
    private readonly Clock _clock;
    private readonly RequestPacer _pacer;
    private readonly TimeSpan _timeout;
    private readonly IRequestObserver? _observer;

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
    /// <param name="knownPageCount">Pages in the upload answer; null when unknown, then the pages must be without a gap and the same in two answers.</param>
    /// <param name="firstDelay">Before the first question.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The finished file.</returns>
    /// <exception cref="NanonetsException">Time is up (ResultTimedOut), or no request can succeed.</exception>
    public Task<FileResult> WaitAsync(
        string modelId, string requestFileId, int? knownPageCount, TimeSpan firstDelay, CancellationToken cancellationToken = default)
    {
        FileResult? last = null;
        return PollAsync(
            async () =>
            {
                FileResult? before = last;
                last = await _client.GetFileResultAsync(modelId, requestFileId, _observer, cancellationToken).ConfigureAwait(false);
                return last.LooksComplete && (last.Pages.Length == knownPageCount || before?.Pages.Length == last.Pages.Length) ? last : null;
            },
            firstDelay,
            () => new NanonetsException(
                NanonetsErrorId.ResultTimedOut,
                $"File {requestFileId} of model {modelId} was not finished in {Describe(_timeout)}. It is not lost.")
            {
                LastSeen = last,
            },
            cancellationToken);
    }

    /// <summary>Waits until a page is read or has failed.</summary>
    /// <param name="modelId">The model it was sent to.</param>
    /// <param name="pageId">The page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The finished page.</returns>
    /// <exception cref="NanonetsException">Time is up (ResultTimedOut), or no request can succeed.</exception>
    public Task<PageResult> WaitForPageAsync(string modelId, string pageId, CancellationToken cancellationToken = default) => PollAsync(
        async () =>
        {
            PageResult page = await _client.GetPageResultAsync(modelId, pageId, _observer, cancellationToken).ConfigureAwait(false);
            return page.IsFinished ? page : null;
        },
        TimeSpan.Zero,
        () => new NanonetsException(
            NanonetsErrorId.ResultTimedOut,
            $"Page {pageId} of model {modelId} was not finished in {Describe(_timeout)}. It is not lost."),
        cancellationToken);

    /// <summary>Frees the waiter.</summary>
    public void Dispose() => _pacer.Dispose();

    private async Task<T> PollAsync<T>(Func<Task<T?>> ask, TimeSpan firstDelay, Func<NanonetsException> timedOut, CancellationToken cancellationToken)
        where T : class
    {
        TimeSpan started = _clock.Elapsed;
        TimeSpan interval = s_firstInterval;
        TimeSpan delay = firstDelay;
        while (true)
        {
            TimeSpan left = _timeout - (_clock.Elapsed - started);
            if (delay > TimeSpan.Zero)
                await _clock.Delay(delay < left ? delay : Max(left, TimeSpan.Zero), cancellationToken).ConfigureAwait(false);

            try
            {
                if (await _pacer.RunAsync(ask, cancellationToken).ConfigureAwait(false) is { } finished)
                    return finished;
            }
            catch (NanonetsException failure) when (IsPassing(failure, _clock.Elapsed - started))
            {
                // Asked again below: the verbose stream has the failed request.
            }

            if (_clock.Elapsed - started >= _timeout)
                throw timedOut();
            delay = TimeSpan.FromTicks((long)(interval.Ticks * (0.9 + (Jitter.Next() * 0.2))));
            interval = TimeSpan.FromTicks(Math.Min((long)(interval.Ticks * Growth), Math.Max(s_longestInterval.Ticks, (long)((_clock.Elapsed - started).Ticks * LongestShare))));
        }
    }

    private static bool IsPassing(NanonetsException failure, TimeSpan waited) => failure.ErrorId switch
    {
        NanonetsErrorId.RateLimited or NanonetsErrorId.ServiceUnavailable or NanonetsErrorId.ConnectionFailed
            or NanonetsErrorId.RequestTimedOut or NanonetsErrorId.InvalidResponse => true,
        NanonetsErrorId.DocumentNotFound or NanonetsErrorId.PageNotFound => waited < s_unknownAtFirst,
        _ => false,
    };

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string Describe(TimeSpan span) => span.TotalSeconds < 120 ? $"{span.TotalSeconds:0.#} s" : $"{span.TotalMinutes:0.#} minutes";
}
