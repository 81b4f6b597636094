using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Time;

namespace Nanonets.Sending.Admission;

/// <summary>
/// Waits for the page window of one model, for one run: first come, first served, a document larger than the window included. What may go
/// is the arithmetic of <see cref="PageWindow"/>.
/// </summary>
/// <param name="windows">Shared with other runs.</param>
/// <param name="runId">This run.</param>
/// <param name="known">Pages a minute that the user knows; null when only refusals tell.</param>
internal sealed class PagePace(IPageWindows windows, string origin, string modelId, string runId, int? known, Clock clock)
{
    /// <summary>Another process does not wake this one: it asks again, less and less often.</summary>
    private static readonly TimeSpan s_shortestSleep = TimeSpan.FromSeconds(1);
    private const int MostDoublings = 6;

    private readonly object _lock = new();
    private readonly WaitQueue _turns = new(clock);
    private readonly WaitQueue _changes = new(clock);
    private bool _isTaken;
    private int _version;
    private long _number;

    private DateTimeOffset Now => clock.UtcNow + windows.ClockCorrection;

    /// <summary>Waits until so many pages may go.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async Task<PageReservation> EnterAsync(int pages, CancellationToken cancellationToken)
    {
        Task? turn = null;
        lock (_lock)
        {
            if (_isTaken)
                turn = _turns.WaitAsync(cancellationToken);
            _isTaken = true;
        }

        if (turn is not null)
            await turn.ConfigureAwait(false);
        try
        {
            return await ReserveAsync(
                new PageReservation(runId, Interlocked.Increment(ref _number), pages), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
                _isTaken = _turns.WakeFirst();
        }
    }

    /// <summary>Tells what became of an upload.</summary>
    public async Task<T> TellAsync<T>(Func<PageWindow, DateTimeOffset, T> change)
    {
        T told = await windows.ChangeAsync(origin, modelId, window => change(window, Now)).ConfigureAwait(false);
        lock (_lock)
            _version++;
        _changes.WakeAll();
        return told;
    }

    private async Task<PageReservation> ReserveAsync(PageReservation wanted, CancellationToken cancellationToken)
    {
        try
        {
            for (int naps = 0; ; naps++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int version = Volatile.Read(ref _version);
                TimeSpan wait = await windows.ChangeAsync(origin, modelId, window => window.TryReserve(wanted, known, Now))
                    .ConfigureAwait(false);
                if (wait == TimeSpan.Zero)
                    return wanted;
                await SleepAsync(wait, naps, version, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            await windows.ChangeAsync(origin, modelId, window => { window.GiveUp(runId); return true; }).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sleeps until it is time to ask again, or an upload of this run has ended.</summary>
    private async Task SleepAsync(TimeSpan wait, int naps, int version, CancellationToken cancellationToken)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task changed;
        lock (_lock)
        {
            if (_version != version)
                return;
            changed = _changes.WaitAsync(awake.Token);
        }

        TimeSpan longest = TimeSpan.FromTicks(s_shortestSleep.Ticks << Math.Min(naps, MostDoublings));
        TimeSpan sleep = windows.IsShared && (wait < TimeSpan.Zero || wait > longest) ? longest : wait;
        await Task.WhenAny(clock.Delay(sleep, awake.Token), changed).ConfigureAwait(false);
        awake.Cancel();
    }
}
