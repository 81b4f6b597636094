using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Sending;

/// <summary>
/// Keeps a run from sending into an outage, where every upload becomes one whose fate is unknown. One upload at a time until the first is answered, and again after a
/// failure until the next is; after five failures in a row none begins. Then a free GET asks whether the service is back, and one upload tries whether it takes documents.
/// </summary>
/// <param name="clock">Time.</param>
/// <param name="probe">The GET; true when it was answered.</param>
/// <param name="patience">How long an outage is waited for.</param>
/// <param name="log">Told when it opens and closes.</param>
/// <param name="stop">Ends every wait.</param>
internal sealed class OutageBreaker(Clock clock, Func<CancellationToken, Task<bool>> probe, TimeSpan patience, ISendingLog log, CancellationToken stop)
{
    private const int FailuresToOpen = 5;
    private static readonly TimeSpan s_firstProbe = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestProbe = TimeSpan.FromMinutes(5);

    /// <summary>A service that answers GETs and fails uploads is tried with a document seldom: each such trial is one more upload to look for.</summary>
    private static readonly TimeSpan s_secondTrial = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_longestTrial = TimeSpan.FromMinutes(90);
    private const int TrialGrowth = 6;

    private readonly object _lock = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private int _inFlight;
    private int _failures;
    private bool _careful = true;
    private bool _open;
    private TimeSpan? _failingSince;
    private TimeSpan _nextTrial = s_secondTrial;
    private bool _trial;

    /// <summary>Whether an outage lasted longer than anybody wanted to wait.</summary>
    public bool IsOutOfPatience { get; private set; }

    /// <summary>Uploads that the service answered so far.</summary>
    public int Answers { get; private set; }

    /// <summary>Waits until an upload may begin.</summary>
    /// <returns>False when patience is out.</returns>
    public async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TaskCompletionSource<bool> turn;
            lock (_lock)
            {
                if (IsOutOfPatience)
                    return false;
                if (!_open && (!_careful || _inFlight == 0))
                {
                    _inFlight++;
                    return true;
                }

                turn = new TaskCompletionSource<bool>();
                _waiting.Enqueue(turn);
            }

            using (cancellationToken.Register(() => turn.TrySetCanceled()))
                await turn.Task.ConfigureAwait(false);
        }
    }

    /// <summary>The upload was answered by the service itself, whatever it said.</summary>
    public void Answered()
    {
        bool wasOutage;
        lock (_lock)
        {
            wasOutage = _trial;
            _inFlight--;
            Answers++;
            _failures = 0;
            _careful = false;
            _trial = false;
            _failingSince = null;
            _nextTrial = s_secondTrial;
        }

        if (wasOutage)
            log.Verbose("The service takes documents again.");
        LetIn();
    }

    /// <summary>The upload ended without telling anything about the service.</summary>
    public void Left()
    {
        lock (_lock)
            _inFlight--;
        LetIn();
    }

    /// <summary>The upload failed by the network or with a server error.</summary>
    public void Failed()
    {
        bool opens;
        lock (_lock)
        {
            _inFlight--;
            _careful = true;
            _failures++;
            _failingSince ??= clock.Elapsed;
            opens = !_open && (_failures >= FailuresToOpen || _trial);
            _open |= opens;
        }

        if (opens)
            _ = OpenAsync();
        else
            LetIn();
    }

    /// <summary>The service was found not to answer before anything was sent.</summary>
    public void OpenAtOnce()
    {
        lock (_lock)
        {
            if (_open)
                return;
            _open = true;
            _failingSince ??= clock.Elapsed;
        }

        _ = OpenAsync();
    }

    private async Task OpenAsync()
    {
        bool again;
        TimeSpan delay;
        lock (_lock)
        {
            again = _trial;
            delay = again ? _nextTrial : s_firstProbe;
            if (again)
                _nextTrial = Shorter(TimeSpan.FromTicks(_nextTrial.Ticks * TrialGrowth), s_longestTrial);
            _trial = false;
        }

        log.Warn(again
            ? $"The service still fails uploads. The next one is tried in {delay.TotalMinutes:0.#} min."
            : "The service or the way to it is down: no new upload begins until it answers again.");
        try
        {
            for (TimeSpan interval = delay; ; interval = Shorter(TimeSpan.FromTicks(interval.Ticks * 2), s_longestProbe))
            {
                await clock.Delay(interval, stop).ConfigureAwait(false);
                if (await probe(stop).ConfigureAwait(false))
                    break;
                if (clock.Elapsed - _failingSince!.Value >= patience)
                {
                    IsOutOfPatience = true;
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run ends; whoever waits is cancelled by its own token.
            return;
        }

        lock (_lock)
        {
            _open = false;
            _careful = true;
            _trial = true;
            IsOutOfPatience |= clock.Elapsed - _failingSince!.Value >= patience;
        }

        LetIn();
    }

    /// <summary>Wakes those who wait: all of them look again whether they may go, in the order they came.</summary>
    private void LetIn()
    {
        TaskCompletionSource<bool>[] waiting;
        lock (_lock)
        {
            if (_open || (_careful && _inFlight > 0 && !IsOutOfPatience))
                return;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (TaskCompletionSource<bool> turn in waiting)
            turn.TrySetResult(true);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
