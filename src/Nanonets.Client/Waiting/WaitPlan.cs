using System;
using System.Collections.Generic;
using Nanonets.Http;

namespace Nanonets.Waiting;

/// <summary>
/// Decides which files of a model are asked for now: those of unknown age each by itself, of the others a sample first, or a listing of
/// all. Asks nobody itself. Not safe to use from several threads at once.
/// </summary>
internal sealed class WaitPlan(Clock clock, ProcessingTimes times, PendingListing listing, RequestPacer pacer)
{
    /// <summary>
    /// One of so many files is asked for after a part of the expected time too: else nobody would learn that the service has become faster.
    /// </summary>
    private const int ProbeEvery = 8;
    private static readonly double[] s_probes = [0.5, 0.75, 0.9];

    /// <summary>In so many samples a file is asked for that is younger than others which are pending: those may be special.</summary>
    private const int ExceptEvery = 3;

    private readonly PollQueue _queue = new();
    private readonly SampleGate _gate = new();
    private long _entered;
    private int _waiting;
    private int _changes;
    private int _inVain;
    private TimeSpan _excepted;

    /// <summary>Steps of its queue so far.</summary>
    public long Steps => _queue.Steps;

    /// <summary>Pages that are waited for.</summary>
    public int Pages { get; private set; }

    /// <summary>Whether the courtesy to the service holds questions back.</summary>
    public bool IsHeldUp { get; private set; }

    /// <summary>Whether a listing is asked for; then nothing is asked that it may tell.</summary>
    public bool IsListing { get; set; }

    /// <summary>A file is waited for from now on.</summary>
    /// <returns>Whether it is due before all others.</returns>
    public bool Enter(WaitedFile file)
    {
        _waiting++;
        Pages += file.Pages ?? 1;
        pacer.Add();
        file.Number = ++_entered;
        file.Share = _entered % ProbeEvery == 0 ? s_probes[_entered / ProbeEvery % s_probes.Length] : 1;
        TimeSpan? next = _queue.NextDue;
        Schedule(file);
        return !IsHeldUp && !(next <= file.Due);
    }

    /// <summary>A file is not waited for any more.</summary>
    public void Remove(WaitedFile file)
    {
        _waiting--;
        Pages -= file.Pages ?? 1;
        pacer.Remove();
        _queue.Remove(file);
    }

    /// <summary>A file is asked for as soon as that is possible.</summary>
    public void Hurry(WaitedFile file) => _queue.Hurry(file);

    /// <summary>A file was seen finished.</summary>
    /// <param name="at">When the question was put.</param>
    public void Finished(WaitedFile file, TimeSpan at)
    {
        if (file.HasAge)
            times.NoteFinished(file.Pages, file.Pending, file.AgeAt(at), file.Share);
        _gate.Open();
    }

    /// <summary>A file was asked for in vain.</summary>
    /// <param name="at">When the question was put.</param>
    /// <param name="isListed">Whether a listing told.</param>
    public void Missed(WaitedFile file, TimeSpan at, Seen seen, bool isListed)
    {
        file.Missed(at, seen == Seen.Pending);
        _inVain += isListed ? 0 : 1;
        if (seen == Seen.Pending && file.HasAge)
            times.NotePending(file.Pages, file.AgeAt(at), isListed);
        Schedule(file, seen == Seen.Nothing, isListed);
    }

    /// <summary>Chooses what is asked for now, and takes it out of the plan.</summary>
    /// <param name="ask">Gets the files to ask for.</param>
    /// <param name="list">Files to look up in one listing; null for none.</param>
    /// <returns>How long until something else may be due; null when there is nothing to wait for.</returns>
    public TimeSpan? Choose(List<WaitedFile> ask, out List<WaitedFile>? list)
    {
        TimeSpan now = clock.Elapsed;
        Advance(now);
        list = null;
        Expectation? expected = times.Expect(_queue.NextReady?.Pages);
        TimeSpan? wait = null;
        IsHeldUp = false;
        while (_queue.UrgentCount > 0 || MayAskReady(now))
        {
            if (!pacer.TryEnter(out wait))
            {
                IsHeldUp = true;
                break;
            }

            if (_queue.UrgentCount > 0)
            {
                ask.Add(_queue.TakeUrgent());
            }
            else if (listing.IsWorthIt(_queue.ReadyCount, _inVain, _waiting, expected is { IsSure: true }, now))
            {
                (IsListing, _inVain) = (true, 0);
                _gate.Close(now);
                list = _queue.TakeAged(now, expected is { IsSure: true } sure ? sure.Early : TimeSpan.Zero);
            }
            else
            {
                ask.Add(_queue.TakeReady());
                _gate.Pass(now, _waiting);
            }
        }

        TimeSpan? closed = _queue.NextReady is { } ready && !IsListing && !IsHeldUp ? _gate.ClosedFor(now, ready.AgeAt(now)) : null;
        return Sooner(wait, Sooner(closed, _queue.NextDue is { } due && due < TimeSpan.MaxValue ? due - now : null));
    }

    private void Advance(TimeSpan now)
    {
        _queue.MoveTo(now, IsPutOff);
        if (times.Changes == _changes)
            return;

        // What was due may be so no longer.
        _changes = times.Changes;
        foreach (WaitedFile file in _queue.TakeAllReady())
            Schedule(file);
        _queue.MoveTo(now, IsPutOff);
    }

    private void Schedule(WaitedFile file, bool hasFailed = false, bool isListed = false)
    {
        Expectation? expected = file.HasAge ? times.Expect(file.Pages) : null;
        file.Due = DueOf(file, expected, clock.Elapsed, hasFailed);

        // Listed with others it costs next to nothing.
        if (isListed && (expected is { IsSure: false } || file.Pending > expected?.Early))
            file.Due = file.MomentOf(PollSchedule.NextAge(null, file.Pending ?? TimeSpan.Zero));
        _queue.Schedule(file);
    }

    /// <summary>Others were older and pending. Now and then one is asked for all the same.</summary>
    private bool IsPutOff(WaitedFile file)
    {
        if (file.Asked > 0 && file.Pending is null)
            return false;

        TimeSpan now = clock.Elapsed;
        file.Due = DueOf(file, times.Expect(file.Pages), now, false);
        if (file.Due <= now)
            return false;
        if (now - _excepted < TimeSpan.FromTicks(ExceptEvery * PollSchedule.SampleInterval(file.AgeAt(now)).Ticks))
            return true;

        _excepted = now;
        return false;
    }

    private TimeSpan DueOf(WaitedFile file, Expectation? expected, TimeSpan now, bool hasFailed) =>
        PollSchedule.Due(file, expected, file.HasAge ? times.UnfinishedAt(file.Pages) : null, now, hasFailed);

    private bool MayAskReady(TimeSpan now) =>
        !IsListing && _queue.NextReady is { } ready && _gate.ClosedFor(now, ready.AgeAt(now)) == TimeSpan.Zero;

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;
}
