using System.Collections.Concurrent;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using Nanonets.Errors;

namespace Nanonets.Results;

/// <summary>
/// What dooms every further request (the key is rejected, the model unknown, there is no connection) is said once, at the end, with everything that is still open as
/// the target of the error.
/// </summary>
internal sealed class RunDoom(CancellationToken stop)
{
    private readonly ConcurrentQueue<object> _open = new();
    private readonly CancellationTokenSource _giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private NanonetsException? _failure;

    /// <summary>Cancelled when nothing more can succeed, or when the cmdlet stops.</summary>
    public CancellationToken GiveUp => _giveUp.Token;

    /// <summary>Whether nothing more can succeed.</summary>
    public bool IsDoomed => Volatile.Read(ref _failure) is not null;

    /// <summary>Whether the caller has stopped: then nothing is reported any more.</summary>
    public bool IsStopped => stop.IsCancellationRequested;

    /// <summary>Something that was not done because nothing more can succeed.</summary>
    public void AddOpen(object target) => _open.Enqueue(target);

    /// <summary>Takes a failure that ends the run; false for one that concerns its own file only.</summary>
    public bool Takes(NanonetsException failure, object target)
    {
        if (failure.FatalFor == FatalFor.Document)
            return false;

        _open.Enqueue(target);
        if (Interlocked.CompareExchange(ref _failure, failure, null) is null)
            _giveUp.Cancel();
        return true;
    }

    /// <summary>The one error of a doomed run; null when the run is not doomed.</summary>
    public ErrorRecord? Error()
    {
        if (_failure is null)
            return null;

        object[] open = [.. _open];
        return ErrorTable.From(_failure, open.Length == 1 ? open[0] : open);
    }
}
