using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;

namespace Nanonets.Inbox;

/// <summary>
/// Waits for the results of a pass. What dooms every request ends all waits; the next pass fetches what is left, for free.
/// </summary>
internal sealed class InboxWaiting : IDisposable
{
    /// <summary>Just after an upload no document is finished: asking at once would only cost a request.</summary>
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(1);

    private readonly ResultWaiter _waiter;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _giveUp;
    private NanonetsException? _failure;

    public InboxWaiting(InboxOptions options, NanonetsClient client, IInboxWatcher watcher, CancellationToken stop)
    {
        _waiter = new ResultWaiter(client, options.Timeout, watcher);
        _stop = stop;
        _giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <summary>What dooms every request; null when nothing does.</summary>
    public NanonetsException? Failure => _failure;

    /// <returns>The pages, or why there are none.</returns>
    public async Task<(PageResult[] Pages, Verdict? Without)> WaitAsync(ResultFile file, bool isKnown)
    {
        try
        {
            FileResult result = await _waiter.WaitAsync(
                file.ModelId, file.RequestFileId, file.PageCount, isKnown ? TimeSpan.Zero : s_firstDelay, file.AcceptedAt, _giveUp.Token)
                .ConfigureAwait(false);
            return (file.WithOrigin(result), null);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return ([], Verdict.Of(InboxState.Pending, _failure!));
        }
        catch (NanonetsException failure)
        {
            if (failure.FatalFor != FatalFor.Document)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
                _giveUp.Cancel();
            }

            return ([], Routing.OfWaiting(failure));
        }
    }

    // The source is not disposed of: requests that are still unwinding hold its token.
    public void Dispose() => _waiter.Dispose();
}
