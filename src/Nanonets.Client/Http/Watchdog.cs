using System;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Http;

/// <summary>
/// Gives a request up when it is silent for too long. There is no limit for a whole transfer: a large file on a slow line
/// is fine as long as bytes move.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private readonly Clock _clock;
    private readonly TimeSpan _headers;
    private readonly TimeSpan _idle;
    private readonly CancellationTokenSource _expired;
    private readonly CancellationTokenSource _ended = new();
    private long _deadline;

    /// <param name="headers">Until the body begins, and from its last byte until the answer's headers.</param>
    /// <param name="idle">Between two movements of a body.</param>
    /// <param name="caller">The caller's own token; cancelling it cancels <see cref="Token"/> too.</param>
    public Watchdog(Clock clock, TimeSpan headers, TimeSpan idle, CancellationToken caller)
    {
        _clock = clock;
        _headers = headers;
        _idle = idle;
        _expired = CancellationTokenSource.CreateLinkedTokenSource(caller);
        AwaitHeaders();
        _ = WatchAsync();
    }

    /// <summary>Ends the request: its time is up or the caller cancelled.</summary>
    public CancellationToken Token => _expired.Token;

    /// <summary>Whether the watchdog, not the caller, ended the request.</summary>
    public bool HasExpired { get; private set; }

    /// <summary>The headers of the answer come next.</summary>
    public void AwaitHeaders() => Arm(_headers);

    /// <summary>Bytes of a body moved.</summary>
    public void Moved() => Arm(_idle);

    /// <summary>It is not the service that is awaited now; until bytes move again nothing expires.</summary>
    public void Pause() => Interlocked.Exchange(ref _deadline, TimeSpan.MaxValue.Ticks);

    public void Dispose()
    {
        _ended.Cancel();
        _expired.Dispose();
        _ended.Dispose();
    }

    private void Arm(TimeSpan span) => Interlocked.Exchange(ref _deadline, (_clock.Elapsed + span).Ticks);

    private async Task WatchAsync()
    {
        // Every deadline is at least the shorter span away when it is set, so that looking up this often misses none.
        TimeSpan step = _headers < _idle ? _headers : _idle;
        CancellationToken ended = _ended.Token;
        try
        {
            while (true)
            {
                TimeSpan left = TimeSpan.FromTicks(Interlocked.Read(ref _deadline)) - _clock.Elapsed;
                if (left <= TimeSpan.Zero)
                    break;
                await _clock.Fear(left < step ? left : step, ended).ConfigureAwait(false);
            }

            HasExpired = true;
            _expired.Cancel();
        }
        catch (OperationCanceledException)
        {
            // The request ended first: nothing left to watch.
        }
        catch (ObjectDisposedException)
        {
            // It ended between the check and the cancellation.
        }
    }
}
