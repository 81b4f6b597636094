using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Waiting;

/// <summary>
/// The files of one model that are waited for together. One loop asks for what its plan says is due; what one file shows serves the others.
/// </summary>
internal sealed class ModelWatch
{
    private readonly object _lock = new();
    private readonly WaitPlan _plan;
    private readonly WakeableLoop _loop;
    private readonly Clock _clock;
    private readonly PendingListing _listing;
    private readonly RequestPacer _pacer;
    private readonly CancellationToken _stop;

    public ModelWatch(Clock clock, ProcessingTimes times, PendingListing listing, RequestPacer pacer, CancellationToken stop)
    {
        (_clock, _listing, _pacer, _stop) = (clock, listing, pacer, stop);
        _plan = new WaitPlan(clock, times, listing, pacer);
        _loop = new WakeableLoop(clock, AskWhatIsDue);
        pacer.Freed += () =>
        {
            if (_plan.IsHeldUp)
                _loop.Wake();
        };
    }

    /// <summary>Steps of its queue so far, to prove that work grows with the number of files and no faster.</summary>
    public long Steps => _plan.Steps;

    /// <summary>Waits for a file.</summary>
    /// <returns>True when it is finished, false when its time is up.</returns>
    public async Task<bool> WaitAsync(WaitedFile file, CancellationToken cancellationToken)
    {
        bool isNext;
        lock (_lock)
            isNext = _plan.Enter(file);
        if (isNext)
            _loop.Wake();
        using (cancellationToken.Register(() => Leave(file, static done => done.TrySetCanceled())))
            return await file.Done.Task.ConfigureAwait(false);
    }

    /// <summary>A file is not waited for any more.</summary>
    private void Leave(WaitedFile file, Func<TaskCompletionSource<bool>, bool> end)
    {
        lock (_lock)
        {
            if (end(file.Done))
                _plan.Remove(file);
        }
    }

    /// <summary>Puts the questions that are to be put now; who asks goes on beside the loop.</summary>
    /// <returns>How long until the next may be due; null when there is none to wait for.</returns>
    private TimeSpan? AskWhatIsDue()
    {
        var ask = new List<WaitedFile>();
        List<WaitedFile>? list;
        TimeSpan? sleep;
        lock (_lock)
            sleep = _plan.Choose(ask, out list);
        foreach (WaitedFile file in ask)
            _ = AskAsync(file);
        if (list is not null)
            _ = ListAsync(list);
        return sleep;
    }

    private async Task AskAsync(WaitedFile file)
    {
        TimeSpan at = _clock.Elapsed;
        try
        {
            Seen seen = await file.Ask().ConfigureAwait(false);
            if (seen == Seen.Finished)
                Finish(file, at);
            else
                Miss(file, at, seen, isListed: false);
        }
        catch (OperationCanceledException)
        {
            Leave(file, static done => done.TrySetCanceled());
        }
        catch (Exception failure)
        {
            Leave(file, done => done.TrySetException(failure));
        }

        _pacer.Leave();
        _loop.Wake();
    }

    private void Finish(WaitedFile file, TimeSpan at)
    {
        lock (_lock)
            _plan.Finished(file, at);
        Leave(file, static done => done.TrySetResult(true));
    }

    private void Miss(WaitedFile file, TimeSpan at, Seen seen, bool isListed)
    {
        if (_clock.Elapsed >= file.Deadline)
            Leave(file, static done => done.TrySetResult(false));
        lock (_lock)
        {
            if (!file.Done.Task.IsCompleted)
                _plan.Missed(file, at, seen, isListed);
        }
    }

    /// <summary>What a listing does not show as pending is asked for by itself.</summary>
    private async Task ListAsync(List<WaitedFile> files)
    {
        TimeSpan at = _clock.Elapsed;
        try
        {
            HashSet<string> pending = await _listing.ListAsync(files, _plan.Pages, _stop).ConfigureAwait(false);
            foreach (WaitedFile file in files)
            {
                if (pending.Contains(file.RequestFileId))
                    Miss(file, at, Seen.Pending, isListed: true);
                else
                    Hurry(file);
            }
        }
        catch (Exception failure)
        {
            foreach (WaitedFile file in files)
                Leave(file, done => done.TrySetException(failure));
        }

        lock (_lock)
            _plan.IsListing = false;
        _pacer.Leave();
        _loop.Wake();
    }

    private void Hurry(WaitedFile file)
    {
        lock (_lock)
        {
            if (!file.Done.Task.IsCompleted)
                _plan.Hurry(file);
        }
    }
}
