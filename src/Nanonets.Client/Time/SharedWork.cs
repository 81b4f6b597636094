using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Time;

/// <summary>Work that several wait for and that is done once. Each who waits goes on by himself, in the order they came.</summary>
/// <param name="again">Whether it is done anew for whoever comes after its end.</param>
internal sealed class SharedWork<T>(Clock clock, bool again)
{
    private readonly object _lock = new();
    private readonly WaitQueue _waiting = new(clock);
    private bool _isRunning;
    private Task<T>? _done;

    /// <summary>Waits for the work that is under way, or does it.</summary>
    public async Task<T> JoinAsync(Func<Task<T>> work)
    {
        bool isFirst;
        Task? turn = null;
        lock (_lock)
        {
            isFirst = !_isRunning && (again || _done is null);
            _isRunning |= isFirst;
            if (!isFirst && _isRunning)
                turn = _waiting.WaitAsync(CancellationToken.None);
        }

        if (isFirst)
            await DoAsync(work()).ConfigureAwait(false);
        else if (turn is not null)
            await turn.ConfigureAwait(false);
        return await Volatile.Read(ref _done)!.ConfigureAwait(false);
    }

    private async Task DoAsync(Task<T> work)
    {
        // Not for its result: how it ended is everybody's who waits.
        await Task.WhenAny(work).ConfigureAwait(false);
        lock (_lock)
            (_done, _isRunning) = (work, false);
        _waiting.WakeAll();
    }
}
