using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Sending;

namespace Nanonets.Waiting;

/// <summary>
/// The files of one model that are waited for together. While nothing is known of how long the model takes, a few of them are asked for again and again and the others wait for what these
/// learn; then each is asked for when it is due.
/// </summary>
/// <param name="listing">Tells of many files at once.</param>
internal sealed class ModelWatch(Clock clock, ProcessingTimes times, PendingListing listing)
{
    private const int FirstScouts = 3;
    private const int MostScouts = 1000;

    /// <summary>So many of the first, short intervals are left out for a file that is due.</summary>
    private const int QuickOnes = 2;

    /// <summary>One of so many files is asked for after a part of the expected time too: else nobody would learn that the service has become faster.</summary>
    private const int ProbeEvery = 8;
    private static readonly double[] s_probes = [0.5, 0.75, 0.9];

    /// <summary>What was seen of a document tells how long it took when the span is no longer than this, or this share of it.</summary>
    private static readonly TimeSpan s_exact = TimeSpan.FromSeconds(5);
    private const double ExactShare = 0.15;

    /// <summary>Who waits for scouts is asked for at this age all the same: theirs may be special.</summary>
    private static readonly TimeSpan s_followerPatience = TimeSpan.FromSeconds(90);

    private readonly object _lock = new();
    private readonly HashSet<WaitedFile> _waiting = [];
    private readonly HashSet<WaitedFile> _scouts = [];
    private Announcement<bool> _news = new();
    private int _mostScouts = FirstScouts;
    private int _entered;

    /// <summary>How many files are waited for.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>A file is waited for from now on.</summary>
    public void Enter(WaitedFile file)
    {
        lock (_lock)
        {
            _waiting.Add(file);
            file.Share = ++_entered % ProbeEvery == 0 ? s_probes[_entered / ProbeEvery % s_probes.Length] : 1;
        }
    }

    /// <summary>Waits until a file is to be asked for.</summary>
    /// <param name="file">The file.</param>
    /// <param name="first">Least time before the first question.</param>
    /// <param name="left">At most so long.</param>
    public async Task UntilDueAsync(WaitedFile file, TimeSpan first, TimeSpan left, CancellationToken cancellationToken)
    {
        TimeSpan began = clock.Elapsed;
        while (true)
        {
            Task? news;
            TimeSpan delay;
            lock (_lock)
            {
                (delay, bool follows) = DelayFor(file, first, began);
                news = follows ? _news.WaitAsync() : null;
            }

            delay = Min(delay, left - (clock.Elapsed - began));
            if (delay <= TimeSpan.Zero)
                return;
            if (news is null)
            {
                await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (!await PassesAsync(delay, news, cancellationToken).ConfigureAwait(false))
                return;
        }
    }

    /// <summary>Whether a file that was asked for in vain is still pending by a listing, which tells of all at once; false when it is not, or no listing tells.</summary>
    public Task<bool> IsListedAsPendingAsync(WaitedFile file, CancellationToken cancellationToken)
    {
        WaitedFile[] waiting;
        lock (_lock)
        {
            if (!listing.IsWorthIt(file, _waiting.Count))
                return Task.FromResult(false);
            waiting = [.. _waiting];
        }

        return listing.IsPendingAsync(file, waiting, cancellationToken);
    }

    /// <summary>A file is finished.</summary>
    /// <param name="at">When the question was put.</param>
    public void Finished(WaitedFile file, TimeSpan at)
    {
        TimeSpan age = file.AgeAt(at);
        if (file.Pending is { } pending)
        {
            if (!file.HasAge)
                return;
            if (age - pending <= Max(s_exact, Part(age, ExactShare)))
                times.Note(file.Pages, pending, age);
            else
                times.NoteLonger(file.Pages, pending);
        }
        else if (file.HasAge && times.Expect(file.Pages) is { } expected && age <= Part(expected, file.Share) + s_exact)
        {
            if (file.Share < 1)
                times.NoteEarly(file.Pages, age);
            else
                times.Note(file.Pages, null, age);
        }
        else
        {
            // Finished at the first question, and who knows for how long: probably the others are too.
            lock (_lock)
                _mostScouts = Math.Min(_mostScouts * 2, MostScouts);
        }
    }

    /// <summary>A file is not waited for any more: another may take its place.</summary>
    public void Leave(WaitedFile file)
    {
        Announcement<bool> news;
        lock (_lock)
        {
            _waiting.Remove(file);
            if (!_scouts.Remove(file))
                return;

            (news, _news) = (_news, new Announcement<bool>());
        }

        news.Say(Task.FromResult(true));
    }

    /// <returns>How long to wait, and whether news of others may shorten that.</returns>
    private (TimeSpan Delay, bool Follows) DelayFor(WaitedFile file, TimeSpan first, TimeSpan began)
    {
        TimeSpan now = clock.Elapsed;
        TimeSpan age = file.AgeAt(now);
        TimeSpan? expectation = file.HasAge ? times.Expect(file.Pages) : null;

        // What is expected is not asked for in quick succession: it is late by no more than others were.
        TimeSpan interval = file.Asked == 0 ? first : PollInterval.After(expectation is null ? file.Asked : file.Asked + QuickOnes, now - file.Began);
        TimeSpan soonest = interval - (now - began);
        if (!file.HasAge)
            return (soonest, false);
        if (expectation is { } expected)
        {
            TimeSpan due = file.Asked == 0 ? Part(expected, file.Share) : expected;
            return (Max(soonest, due - age), false);
        }

        if (_scouts.Contains(file) || (_scouts.Count < _mostScouts && _scouts.Add(file)))
            return (soonest, false);
        return age < s_followerPatience ? (Max(soonest, s_followerPatience - age), true) : (soonest, false);
    }

    /// <summary>Waits for a time or for news, whichever comes first; true for news.</summary>
    private async Task<bool> PassesAsync(TimeSpan delay, Task news, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task passed = clock.Delay(delay, enough.Token);
        await Task.WhenAny(passed, news).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        bool isNews = !passed.IsCompleted;
        enough.Cancel();
        return isNews;
    }

    private static TimeSpan Part(TimeSpan time, double share) => TimeSpan.FromTicks((long)(time.Ticks * share));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
