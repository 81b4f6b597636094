using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Http;
using Nanonets.Time;

namespace Nanonets.Sending.Admission;

/// <summary>
/// Keeps a run from sending into an outage, where every upload becomes one whose fate is unknown. One upload goes at a time until the first
/// is answered, and after a failure until the next is; after five failures in a row none begins until a free GET is answered, and then one
/// as a trial.
/// </summary>
/// <param name="clock">Time.</param>
/// <param name="probe">The GET; true when the service answered it.</param>
/// <param name="patience">How long a service that fails is waited for.</param>
/// <param name="log">Told when it opens and closes.</param>
/// <param name="stop">Ends every wait.</param>
internal sealed class OutageBreaker(
    Clock clock, Func<CancellationToken, Task<bool>> probe, TimeSpan patience, ISendingLog log, CancellationToken stop)
{
    private static readonly TimeSpan s_firstProbe = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestProbe = TimeSpan.FromMinutes(5);

    private readonly object _lock = new();
    private readonly WaitQueue _turns = new(clock);
    private readonly SharedWork<bool> _asking = new(clock, again: true);
    private BreakerState _state = BreakerState.Careful;
    private int _inFlight;
    private readonly OutageRecord _record = new(patience, s_longestProbe);

    /// <summary>Whether an outage has lasted longer than anybody wants to wait.</summary>
    public bool IsOutOfPatience => _record.IsOutOfPatience;

    /// <summary>What kept the breaker from asking whether the service is back; null when nothing did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Waits until an upload may begin.</summary>
    /// <returns>False when none ever may.</returns>
    public async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task turn;
            lock (_lock)
            {
                if (IsOutOfPatience || Fault is not null)
                    return false;
                if (MayBegin)
                {
                    _inFlight++;
                    return true;
                }

                turn = _turns.WaitAsync(cancellationToken);
            }

            await turn.ConfigureAwait(false);
        }
    }

    /// <summary>The service answered an upload, whatever it said.</summary>
    public void Answered()
    {
        bool wasTrial;
        lock (_lock)
        {
            wasTrial = _state == BreakerState.Trial;
            _inFlight--;
            _record.Answered();
            if (_state != BreakerState.Open)
                _state = BreakerState.Closed;
        }

        if (wasTrial)
            log.Verbose("The service takes documents again.");
        LetIn();
    }

    /// <summary>An upload ended without telling anything about the service.</summary>
    public void Left()
    {
        lock (_lock)
            _inFlight--;
        LetIn();
    }

    /// <summary>An upload failed by the network or with a server error.</summary>
    /// <param name="documents">What was in it.</param>
    /// <param name="isLost">Whether it may have arrived. Few documents that break off again and again are no outage: then they are to
    /// blame.</param>
    public void Failed(IReadOnlyCollection<Document> documents, bool isLost)
    {
        bool opens;
        lock (_lock)
        {
            _inFlight--;
            bool isMany = _record.Failed(documents, isLost, clock.Elapsed);
            opens = _state == BreakerState.Trial || (_state != BreakerState.Open && isMany);
            if (_state == BreakerState.Closed)
                _state = BreakerState.Careful;
        }

        if (opens)
            Open();
        else
            LetIn();
    }

    /// <summary>Asks whether the service is there, for all who want to know at once. A silent one opens the breaker.</summary>
    public async Task<bool> IsThereAsync()
    {
        bool isThere = await _asking.JoinAsync(() => probe(stop)).ConfigureAwait(false);
        if (!isThere)
            Open();
        return isThere;
    }

    /// <summary>The service was found not to answer: no upload begins before it does.</summary>
    public void Open()
    {
        bool isTrial;
        lock (_lock)
        {
            if (_state == BreakerState.Open)
                return;
            isTrial = _state == BreakerState.Trial;
            _state = BreakerState.Open;
            _record.CountTime(clock.Elapsed);
        }

        clock.Post(() => _ = WaitForServiceAsync(isTrial));
    }

    private bool MayBegin => _state switch
    {
        BreakerState.Closed => true,
        BreakerState.Open => false,
        _ => _inFlight == 0,
    };

    private async Task WaitForServiceAsync(bool again)
    {
        TimeSpan delay = again ? _record.NextTrial() : s_firstProbe;
        try
        {
            log.Warn(again
                ? $"The service still fails uploads. The next one is tried in {delay.TotalMinutes:0.#} min."
                : "The service or the network is down: no upload begins until the service answers again.");
            bool isBack = false;
            for (TimeSpan interval = delay; !isBack
                && !IsOutOfPatience; interval = Shorter(TimeSpan.FromTicks(interval.Ticks * 2), s_longestProbe))
            {
                await clock.Delay(interval, stop).ConfigureAwait(false);
                isBack = await probe(stop).ConfigureAwait(false);
                lock (_lock)
                {
                    // One that is back gets its trial, unless it is one that answers questions and fails uploads.
                    _record.Waited(interval, clock.Elapsed, hasTrial: isBack && !again);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run ends; whoever waits is cancelled by its own token.
            return;
        }
        catch (Exception fault)
        {
            // Nobody would ever learn that the service is back: the run has to end, and say why.
            Fault = fault;
        }

        lock (_lock)
            _state = BreakerState.Trial;
        LetIn();
    }

    /// <summary>Wakes those who wait: all of them look again whether they may go, in the order they came.</summary>
    private void LetIn()
    {
        lock (_lock)
        {
            if (!MayBegin && !IsOutOfPatience && Fault is null)
                return;
        }

        _turns.WakeAll();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
