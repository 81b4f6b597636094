using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Sending;

/// <summary>
/// The pages per minute of one model, for the whole process: the service counts pages, not requests, in windows of a minute (documented). Without a known limit it is learned
/// from the first refusal; then no window of a minute, wherever it begins, holds more. A document larger than a window goes when nothing else is in it, and is paid off before the next.
/// </summary>
internal sealed class PagePace
{
    private const double Learned = 0.8;
    private const double Growth = 1.02;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_growAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan[] s_waits = [TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120)];

    /// <summary>Longest wait a Retry-After is followed for.</summary>
    private static readonly TimeSpan s_longestAsked = TimeSpan.FromMinutes(10);

    /// <summary>This long refused without any success: more waiting will not help.</summary>
    private static readonly TimeSpan s_hopeless = TimeSpan.FromMinutes(15);

    private static readonly ConcurrentDictionary<(string Origin, string ModelId, Clock Clock), PagePace> s_all = new();

    private readonly Clock _clock;
    private readonly object _lock = new();
    private readonly List<Ticket> _tickets = [];
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private double? _limit;
    private int _refusals;
    private TimeSpan _blockedUntil;
    private TimeSpan? _refusedSince;
    private TimeSpan _grown;
    private TimeSpan _pruned;
    private int? _known;
    private bool _isLearned;
    private bool _probing;

    public PagePace(Clock clock) => _clock = clock;

    /// <summary>Pages a minute, known or learned; null while neither.</summary>
    public double? Limit
    {
        get
        {
            lock (_lock)
                return _limit;
        }
    }

    /// <summary>The pace of a model; the same for all runs of the process.</summary>
    public static PagePace Of(string origin, string modelId, Clock clock) => s_all.GetOrAdd((origin, modelId, clock), static key => new PagePace(key.Clock));

    /// <summary>Sets the limit that the user knows.</summary>
    public void Know(int pagesPerMinute)
    {
        lock (_lock)
        {
            if (_known == pagesPerMinute)
                return;

            _known = pagesPerMinute;
            _limit = pagesPerMinute;
            _isLearned = false;
        }
    }

    /// <summary>Waits until so many pages may go.</summary>
    public async Task<Ticket> EnterAsync(int pages, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;
            TaskCompletionSource<bool>? turn = null;
            lock (_lock)
            {
                wait = WaitFor(pages);
                if (wait == TimeSpan.Zero)
                {
                    var ticket = new Ticket(this, pages, _clock.Elapsed);
                    _tickets.Add(ticket);
                    return ticket;
                }

                if (wait == Timeout.InfiniteTimeSpan)
                {
                    turn = new TaskCompletionSource<bool>();
                    _waiting.Enqueue(turn);
                }
            }

            if (turn is null)
            {
                await _clock.Delay(wait, cancellationToken).ConfigureAwait(false);
                continue;
            }

            using (cancellationToken.Register(() => turn.TrySetCanceled()))
                await turn.Task.ConfigureAwait(false);
        }
    }

    /// <summary>How long until so many pages may go; infinite until a request under way has ended.</summary>
    private TimeSpan WaitFor(int pages)
    {
        TimeSpan now = _clock.Elapsed;
        if (now < _blockedUntil)
            return _blockedUntil - now;
        if (_probing && _tickets.Exists(static ticket => ticket.IsOpen))
            return Timeout.InfiniteTimeSpan;
        if (_limit is not { } limit)
        {
            Prune(now, double.MaxValue);
            return TimeSpan.Zero;
        }

        Grow(now);
        Prune(now, limit);
        double used = _tickets.Sum(static ticket => (double)ticket.Pages);
        if (used == 0 || used + pages <= limit)
            return TimeSpan.Zero;

        // As soon as enough of what is in the window has left it. What is under way leaves only a window after its answer.
        foreach (Ticket ticket in _tickets.Where(static ticket => !ticket.IsOpen).OrderBy(ticket => ticket.Ends(limit)))
        {
            used -= ticket.Pages;
            if (used <= 0 || used + pages <= limit)
                return ticket.Ends(limit) - now;
        }

        return Timeout.InfiniteTimeSpan;
    }

    private void Prune(TimeSpan now, double limit)
    {
        if (_limit is null && now - _pruned < s_window)
            return;

        _pruned = now;
        _tickets.RemoveAll(ticket => !ticket.IsOpen && (_limit is null ? ticket.Ended + s_window : ticket.Ends(limit)) <= now);
    }

    /// <summary>After some minutes without a refusal a learned limit is tried a little higher.</summary>
    private void Grow(TimeSpan now)
    {
        if (!_isLearned || now - _grown < s_growAfter)
            return;

        _grown = now;
        _limit = Math.Min(_limit!.Value * Growth, _known ?? double.MaxValue);
    }

    /// <summary>An upload was accepted.</summary>
    private void Accepted()
    {
        lock (_lock)
        {
            _refusals = 0;
            _refusedSince = null;
            _probing = false;
        }
    }

    /// <summary>An upload was refused for its pages.</summary>
    /// <returns>How long nothing goes, and whether waiting is hopeless.</returns>
    private RateLimit Refused(Ticket ticket, TimeSpan? asked)
    {
        lock (_lock)
        {
            TimeSpan now = _clock.Elapsed;
            _refusedSince ??= now;

            // Several that were under way together are refused together: that is one refusal.
            bool isNews = ticket.Began >= _blockedUntil;
            if (isNews)
            {
                _refusals++;
                Learn(now);
            }

            TimeSpan own = s_waits[Math.Min(Math.Max(_refusals, 1), s_waits.Length) - 1];
            TimeSpan wait = asked ?? own;
            bool capped = wait > s_longestAsked;
            if (capped)
                wait = s_longestAsked;

            TimeSpan left = _refusedSince.Value + s_hopeless - now;
            bool hopeless = left <= TimeSpan.Zero;
            if (left > TimeSpan.Zero && wait > left)
                wait = left;
            if (isNews || asked is not null)
                _blockedUntil = Later(_blockedUntil, now + wait);
            _probing = true;
            return new RateLimit(_blockedUntil - now, capped ? asked : null, hopeless);
        }
    }

    private void Learn(TimeSpan now)
    {
        double seen = _tickets.Where(ticket => ticket.WasAccepted && now - ticket.Ended <= s_window).Sum(static ticket => (double)ticket.Pages);
        if (seen == 0)
            return;

        _limit = _limit is { } limit ? Math.Min(limit, Math.Max(seen, limit * Learned)) : seen;
        _isLearned = true;
        _grown = now;
    }

    private void Wake()
    {
        TaskCompletionSource<bool>[] waiting;
        lock (_lock)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (TaskCompletionSource<bool> turn in waiting)
            turn.TrySetResult(true);
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>The right to send so many pages.</summary>
    internal sealed class Ticket(PagePace pace, int pages, TimeSpan began)
    {
        public int Pages { get; private set; } = pages;

        public TimeSpan Began { get; } = began;

        public TimeSpan Ended { get; private set; }

        public bool IsOpen { get; private set; } = true;

        public bool WasAccepted { get; private set; }

        /// <summary>When its pages no longer count; more pages than a window holds take several.</summary>
        public TimeSpan Ends(double limit) => Ended + TimeSpan.FromTicks((long)(s_window.Ticks * Math.Max(1, Pages / Math.Max(1, limit))));

        /// <summary>The service took it.</summary>
        /// <param name="actual">The pages it counted, where they are known.</param>
        public void Accepted(int? actual)
        {
            Pages = actual ?? Pages;
            WasAccepted = true;
            End();
            pace.Accepted();
            pace.Wake();
        }

        /// <summary>It may have been taken.</summary>
        public void Unknown()
        {
            End();
            pace.Wake();
        }

        /// <summary>Its pages were not counted.</summary>
        public void Returned()
        {
            Remove();
            pace.Wake();
        }

        /// <summary>It was refused for the number of pages.</summary>
        public RateLimit Refused(TimeSpan? asked)
        {
            Remove();
            RateLimit limit = pace.Refused(this, asked);
            pace.Wake();
            return limit;
        }

        private void End()
        {
            lock (pace._lock)
            {
                Ended = pace._clock.Elapsed;
                IsOpen = false;
            }
        }

        private void Remove()
        {
            lock (pace._lock)
                pace._tickets.Remove(this);
        }
    }
}

/// <summary>What a refusal for the number of pages means.</summary>
/// <param name="Wait">How long nothing is sent to this model.</param>
/// <param name="AskedTooMuch">What the service asked for, when that is longer than anybody follows; null otherwise.</param>
/// <param name="IsHopeless">Refused for so long without any success that the run ends.</param>
internal sealed record RateLimit(TimeSpan Wait, TimeSpan? AskedTooMuch, bool IsHopeless);
