using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Waiting;

/// <summary>
/// The files of one model that are waited for together. One loop asks for what is due: for files of unknown age each by itself, for the others a sample first, or a listing of all, so that
/// what one shows serves the others.
/// </summary>
internal sealed class ModelWatch
{
    /// <summary>One of so many files is asked for after a part of the expected time too: else nobody would learn that the service has become faster.</summary>
    private const int ProbeEvery = 8;
    private static readonly double[] s_probes = [0.5, 0.75, 0.9];

    /// <summary>In so many samples a file is asked for that is younger than others which are pending.</summary>
    private const int ExceptEvery = 3;

    private readonly object _lock = new();
    private readonly WaitQueue _queue = new();
    private readonly SampleGate _gate = new();
    private readonly WakeableLoop _loop;
    private readonly Clock _clock;
    private readonly ProcessingTimes _times;
    private readonly PendingListing _listing;
    private readonly RequestPacer _pacer;
    private readonly CancellationToken _stop;
    private long _entered;
    private int _waiting;
    private int _pages;
    private int _changes;
    private int _inVain;
    private TimeSpan _excepted;
    private bool _isListing;
    private volatile bool _isHeldUp;

    public ModelWatch(Clock clock, ProcessingTimes times, PendingListing listing, RequestPacer pacer, CancellationToken stop)
    {
        (_clock, _times, _listing, _pacer, _stop) = (clock, times, listing, pacer, stop);
        _loop = new WakeableLoop(clock, AskWhatIsDue);
        pacer.Freed += () =>
        {
            if (_isHeldUp)
                _loop.Wake();
        };
    }

    /// <summary>Steps of its queue so far, to prove that work grows with the number of files and no faster.</summary>
    public long Steps => _queue.Steps;

    /// <summary>Waits for a file.</summary>
    /// <returns>True when it is finished, false when its time is up.</returns>
    public async Task<bool> WaitAsync(WaitedFile file, CancellationToken cancellationToken)
    {
        if (Enter(file))
            _loop.Wake();
        using (cancellationToken.Register(() => Leave(file, static done => done.TrySetCanceled())))
            return await file.Done.Task.ConfigureAwait(false);
    }

    /// <returns>Whether the loop must look up.</returns>
    private bool Enter(WaitedFile file)
    {
        lock (_lock)
        {
            _waiting++;
            _pacer.Add();
            _pages += file.Pages ?? 1;
            file.Number = ++_entered;
            file.Share = _entered % ProbeEvery == 0 ? s_probes[_entered / ProbeEvery % s_probes.Length] : 1;
            TimeSpan? next = _queue.NextDue;
            Schedule(file);
            return !_isHeldUp && !(next <= file.Due);
        }
    }

    /// <summary>A file is not waited for any more.</summary>
    private void Leave(WaitedFile file, Func<TaskCompletionSource<bool>, bool> end)
    {
        lock (_lock)
        {
            if (!end(file.Done))
                return;

            _waiting--;
            _pacer.Remove();
            _pages -= file.Pages ?? 1;
            _queue.Remove(file);
        }
    }

    private void Schedule(WaitedFile file, bool hasFailed = false, bool isListed = false)
    {
        TimeSpan now = _clock.Elapsed;
        Expectation? expected = file.HasAge ? _times.Expect(file.Pages) : null;
        file.Due = PollSchedule.Due(file, expected, file.HasAge ? _times.UnfinishedAt(file.Pages) : null, now, hasFailed);

        // Listed with others it costs next to nothing.
        if (isListed && (expected is { IsSure: false } || file.Pending > expected?.Early))
            file.Due = file.MomentOf(PollSchedule.NextAge(null, file.Pending ?? TimeSpan.Zero));
        _queue.Schedule(file);
    }

    /// <summary>Puts the questions that are to be put now; who asks goes on beside the loop.</summary>
    /// <returns>How long until the next may be due; null when there is none to wait for.</returns>
    private TimeSpan? AskWhatIsDue()
    {
        var ask = new List<WaitedFile>();
        List<WaitedFile>? list;
        TimeSpan? sleep;
        lock (_lock)
            sleep = Choose(ask, out list);
        foreach (WaitedFile file in ask)
            _ = AskAsync(file);
        if (list is not null)
            _ = ListAsync(list);
        return sleep;
    }

    private TimeSpan? Choose(List<WaitedFile> ask, out List<WaitedFile>? list)
    {
        TimeSpan now = _clock.Elapsed;
        _queue.MoveTo(now, IsPutOff);
        if (_times.Changes != _changes)
        {
            // What was due may be so no longer.
            _changes = _times.Changes;
            foreach (WaitedFile file in _queue.TakeAllReady())
                Schedule(file);
            _queue.MoveTo(now, IsPutOff);
        }

        list = null;
        Expectation? expected = _times.Expect(_queue.NextReady?.Pages);
        TimeSpan? wait = null;
        _isHeldUp = false;
        while (_queue.UrgentCount > 0 || MayAskReady(now))
        {
            if (!_pacer.TryEnter(out wait))
            {
                _isHeldUp = true;
                break;
            }

            if (_queue.UrgentCount > 0)
            {
                ask.Add(_queue.TakeUrgent());
            }
            else if (_listing.IsWorthIt(_queue.ReadyCount, _inVain, _waiting, expected is { IsSure: true }, now))
            {
                _isListing = true;
                _inVain = 0;
                _gate.Close(now);
                list = _queue.TakeAged(now, expected is { IsSure: true } sure ? sure.Early : TimeSpan.Zero);
            }
            else
            {
                ask.Add(_queue.TakeReady());
                _gate.Pass(now, _waiting);
            }
        }

        TimeSpan? closed = _queue.NextReady is { } ready && !_isListing && !_isHeldUp ? _gate.ClosedFor(now, ready.AgeAt(now)) : null;
        return Sooner(wait, Sooner(closed, _queue.NextDue is { } due && due < TimeSpan.MaxValue ? due - now : null));
    }

    /// <summary>
    /// Others were older and pending. Now and then one is asked for all the same: those others may be special.
    /// </summary>
    private bool IsPutOff(WaitedFile file)
    {
        if (file.Asked > 0 && file.Pending is null)
            return false;

        TimeSpan now = _clock.Elapsed;
        file.Due = PollSchedule.Due(file, _times.Expect(file.Pages), _times.UnfinishedAt(file.Pages), now, false);
        if (file.Due <= now)
            return false;
        if (now - _excepted < TimeSpan.FromTicks(ExceptEvery * PollSchedule.SampleInterval(file.AgeAt(now)).Ticks))
            return true;

        _excepted = now;
        return false;
    }

    private bool MayAskReady(TimeSpan now) => !_isListing && _queue.NextReady is { } ready && _gate.ClosedFor(now, ready.AgeAt(now)) == TimeSpan.Zero;

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private async Task AskAsync(WaitedFile file)
    {
        TimeSpan at = _clock.Elapsed;
        try
        {
            Seen seen = await file.Ask().ConfigureAwait(false);
            if (seen == Seen.Finished)
                Finish(file, at);
            else
                Miss(file, at, seen);
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
        if (file.HasAge)
            _times.NoteFinished(file.Pages, file.Pending, file.AgeAt(at), file.Share);
        lock (_lock)
            _gate.Open();
        Leave(file, static done => done.TrySetResult(true));
    }

    private void Miss(WaitedFile file, TimeSpan at, Seen seen, bool isListed = false)
    {
        if (_clock.Elapsed >= file.Deadline)
            Leave(file, static done => done.TrySetResult(false));
        lock (_lock)
        {
            if (file.Done.Task.IsCompleted)
                return;
            file.Missed(at, seen == Seen.Pending);
            _inVain += isListed ? 0 : 1;
            if (seen == Seen.Pending && file.HasAge)
                _times.NotePending(file.Pages, file.AgeAt(at), isListed);
            Schedule(file, seen == Seen.Nothing, isListed);
        }
    }

    /// <summary>What a listing does not show as pending is asked for by itself.</summary>
    private async Task ListAsync(List<WaitedFile> files)
    {
        TimeSpan at = _clock.Elapsed;
        try
        {
            HashSet<string> pending = await _listing.ListAsync(files, _pages, _stop).ConfigureAwait(false);
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
            _isListing = false;
        _pacer.Leave();
        _loop.Wake();
    }

    private void Hurry(WaitedFile file)
    {
        lock (_lock)
        {
            if (!file.Done.Task.IsCompleted)
                _queue.Hurry(file);
        }
    }
}
