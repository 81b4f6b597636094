using System;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Async;

/// <summary>An action that waits for the pipeline's thread.</summary>
/// <param name="Action">What is run there.</param>
/// <param name="Done">Who is told how it ended; null when nobody waits.</param>
internal readonly record struct Posting(Action Action, Completion? Done);

/// <summary>Tells who waits for an action how it ended.</summary>
internal sealed class Completion(bool goesOnHere)
    : TaskCompletionSource<bool>(goesOnHere ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously)
{
    public void GiveUp() => Elsewhere(static done => done.TrySetCanceled());

    public void Fail(Exception failure) => Elsewhere(done =>
    {
        if (done.TrySetException(failure))
            _ = done.Task.Exception;
    });

    /// <summary>What fails or is given up unwinds on another thread: this one has its own way to go.</summary>
    private void Elsewhere(Action<Completion> end)
    {
        if (goesOnHere)
            ThreadPool.QueueUserWorkItem(_ => end(this));
        else
            end(this);
    }
}
