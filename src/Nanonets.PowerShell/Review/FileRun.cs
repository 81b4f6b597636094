using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Errors;
using Nanonets.Results;

namespace Nanonets.Review;

/// <summary>
/// What one cmdlet invocation does to stored files: a few at once, results and errors in the order of the input, one error for each file
/// that fails.
/// </summary>
internal sealed class FileRun(PipelineWriter writer, ConcurrentWorker worker, CancellationToken stop)
{
    /// <summary>Statuses by which a list may be refused for the sake of one of its files.</summary>
    private static readonly int[] s_refusesOne = [400, 404, 409, 422];

    private readonly FatalFailures _fatal = new(stop);

    /// <summary>One error for each failure that was fatal for a model or for the run.</summary>
    public IEnumerable<ErrorRecord> FatalErrors() => _fatal.Errors();

    /// <summary>Whether a file is not begun since nothing more of its model can succeed.</summary>
    /// <param name="modelId">Its model.</param>
    /// <param name="target">What the error about it points at.</param>
    public bool Skips(string modelId, object target)
    {
        if (!_fatal.AreFor(modelId))
            return false;

        _fatal.AddOpen(modelId, target);
        return true;
    }

    /// <summary>Pipeline thread: starts doing something to a file.</summary>
    /// <param name="modelId">Its model.</param>
    /// <param name="target">What an error points at.</param>
    /// <param name="action">Does it, and returns what to write.</param>
    public void Start(
        string modelId, object target, Func<CancellationToken, Task<IReadOnlyList<PageResult>>> action) => worker.Start(async previous =>
    {
        IReadOnlyList<PageResult>? pages = null;
        ErrorRecord? error = await TryAsync(
            modelId, target, async stop => pages = await action(stop).ConfigureAwait(false)).ConfigureAwait(false);
        await Task.WhenAny(previous).ConfigureAwait(false);
        if (pages is not null)
            await writer.WriteObjectsAsync(pages).ConfigureAwait(false);
        if (error is not null)
            await writer.WriteErrorAsync(error).ConfigureAwait(false);
    });

    /// <summary>
    /// Pipeline thread: starts doing something to several files in one request. Refused for the sake of one of them, it is done for each by
    /// itself.
    /// </summary>
    /// <param name="files">The files, all of one model.</param>
    /// <param name="action">Does it.</param>
    /// <param name="finish">Returns what to write for a file.</param>
    public void StartTogether(
        IReadOnlyList<ResultFile> files, Func<IReadOnlyList<ResultFile>, CancellationToken, Task> action,
        Func<ResultFile, CancellationToken, Task<IReadOnlyList<PageResult>>> finish) => worker.Start(async previous =>
    {
        NanonetsException? refused = null;
        CancellationToken giveUp = _fatal.GiveUp(files[0].ModelId);
        try
        {
            giveUp.ThrowIfCancellationRequested();
            await action(files, giveUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_fatal.IsStopped)
        {
            foreach (ResultFile file in files)
                _fatal.AddOpen(file.ModelId, file.Target(null));
            return;
        }
        catch (NanonetsException failure)
        {
            refused = failure;
        }

        await Task.WhenAny(previous).ConfigureAwait(false);
        bool oneByOne = files.Count > 1 && refused?.StatusCode is { } status && s_refusesOne.Contains(status);
        foreach (ResultFile file in files)
        {
            IReadOnlyList<PageResult>? pages = null;
            ErrorRecord? error = await TryAsync(file.ModelId, file.Target(null), async stop =>
            {
                if (oneByOne)
                    await action([file], stop).ConfigureAwait(false);
                else if (refused is not null)
                    throw refused;
                pages = await finish(file, stop).ConfigureAwait(false);
            }).ConfigureAwait(false);
            if (pages is not null)
                await writer.WriteObjectsAsync(pages).ConfigureAwait(false);
            if (error is not null)
                await writer.WriteErrorAsync(error).ConfigureAwait(false);
        }
    });

    private async Task<ErrorRecord?> TryAsync(string modelId, object target, Func<CancellationToken, Task> action)
    {
        CancellationToken giveUp = _fatal.GiveUp(modelId);
        try
        {
            giveUp.ThrowIfCancellationRequested();
            await action(giveUp).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!_fatal.IsStopped)
        {
            _fatal.AddOpen(modelId, target);
            return null;
        }
        catch (NanonetsException failure)
        {
            return _fatal.Takes(failure, modelId, target) ? null : ErrorTable.From(failure, target);
        }
    }
}
