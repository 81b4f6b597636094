using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Http;

/// <summary>
/// Gives a request up when it is silent for too long. There is no limit for a whole transfer: a large file on a slow line
/// is fine as long as bytes move.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const int Piece = 16 * 1024;

    private readonly object _lock = new();
    private readonly Clock _clock;
    private readonly TimeSpan _headers;
    private readonly TimeSpan _idle;
    private readonly CancellationTokenSource _expired;
    private long _deadline;
    private IDisposable? _alarm;
    private bool _ended;

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
        Look();
    }

    /// <summary>Ends the request: its time is up or the caller cancelled.</summary>
    public CancellationToken Token => _expired.Token;

    /// <summary>Whether the watchdog, not the caller, ended the request.</summary>
    public bool HasExpired { get; private set; }

    /// <summary>The headers of the answer come next.</summary>
    public void AwaitHeaders() => Arm(_headers);

    /// <summary>Bytes of a body moved.</summary>
    public void Moved() => Arm(_idle);

    /// <summary>Suspends the timeout while the caller, not the service, is the one being slow.</summary>
    public void Pause() => Interlocked.Exchange(ref _deadline, TimeSpan.MaxValue.Ticks);

    /// <summary>Writes bytes of a body in pieces that even a slow line takes in time: as long as bytes move nothing expires.</summary>
    public async Task WriteAsync(Stream stream, byte[] bytes, int count, CancellationToken stop)
    {
        Moved();
        for (int written = 0; written < count; written += Piece)
        {
            await stream.WriteAsync(bytes, written, Math.Min(Piece, count - written), stop).ConfigureAwait(false);
            Moved();
        }
    }

    public void Dispose()
    {
        IDisposable? alarm;
        lock (_lock)
        {
            _ended = true;
            alarm = _alarm;
        }

        alarm?.Dispose();
        _expired.Dispose();
    }

    private void Arm(TimeSpan span)
    {
        TimeSpan now = _clock.Elapsed;
        Interlocked.Exchange(ref _deadline, span < TimeSpan.MaxValue - now ? (now + span).Ticks : TimeSpan.MaxValue.Ticks);
    }

    /// <summary>Looks whether the time is up, and when to look again.</summary>
    private void Look()
    {
        TimeSpan left = TimeSpan.FromTicks(Interlocked.Read(ref _deadline)) - _clock.Elapsed;
        if (left <= TimeSpan.Zero)
        {
            Expire();
            return;
        }

        // Every deadline is at least the shorter span away when it is set, so that looking up this often misses none.
        TimeSpan step = _headers < _idle ? _headers : _idle;
        IDisposable next = _clock.Alarm(left < step ? left : step, Look);
        IDisposable? done = next;
        lock (_lock)
        {
            if (!_ended)
                (done, _alarm) = (_alarm, next);
        }

        done?.Dispose();
    }

    private void Expire()
    {
        lock (_lock)
        {
            if (_ended)
                return;
            HasExpired = true;
        }

        try
        {
            _expired.Cancel();
        }
        catch (Exception failure) when (failure is ObjectDisposedException or AggregateException)
        {
            // The request ended between the check and the cancellation, or something in it does not like to be ended: its own caller is
            // told.
        }
    }
}
