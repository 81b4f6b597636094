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
/// What one cmdlet invocation does to stored files: a few at once, results and errors in the order of the input, one error for each file that fails.
/// </summary>
internal sealed class FileRun(PipelineWriter writer, ConcurrentWorker worker, CancellationToken stop)
{
    /// <summary>Statuses by which a list may be refused for the sake of one of its files.</summary>
    private static readonly int[] s_refusesOne = [400, 404, 409, 422];

    private readonly RunDoom _doom = new(stop);

    /// <summary>Whether nothing more can succeed.</summary>
    public bool IsDoomed => _doom.IsDoomed;

    /// <summary>The one error of a doomed run; null when the run is not doomed.</summary>
    public ErrorRecord? DoomError() => _doom.Error();

    /// <summary>A file that is not begun since nothing more can succeed.</summary>
    public void Skip(object target) => _doom.AddOpen(target);

    /// <summary>Pipeline thread: starts doing something to a file.</summary>
    /// <param name="target">What an error points at.</param>
    /// <param name="action">Does it, and returns what to write.</param>
    public void Start(object target, Func<CancellationToken, Task<IReadOnlyList<PageResult>>> action) => worker.Start(async previous =>
    {
        IReadOnlyList<PageResult>? pages = null;
        ErrorRecord? error = await TryAsync(target, async () => pages = await action(_doom.GiveUp).ConfigureAwait(false)).ConfigureAwait(false);
        await Task.WhenAny(previous).ConfigureAwait(false);
        if (pages is not null)
            await writer.WriteObjectsAsync(pages).ConfigureAwait(false);
        if (error is not null)
            await writer.WriteErrorAsync(error).ConfigureAwait(false);
    });

    /// <summary>Pipeline thread: starts doing something to several files in one request. Refused for the sake of one of them, it is done for each by itself.</summary>
    /// <param name="files">The files, all of one model.</param>
    /// <param name="action">Does it.</param>
    /// <param name="finish">Returns what to write for a file.</param>
    public void StartTogether(
        IReadOnlyList<ResultFile> files, Func<IReadOnlyList<ResultFile>, CancellationToken, Task> action,
        Func<ResultFile, CancellationToken, Task<IReadOnlyList<PageResult>>> finish) => worker.Start(async previous =>
    {
        NanonetsException? refused = null;
        try
        {
            _doom.GiveUp.ThrowIfCancellationRequested();
            await action(files, _doom.GiveUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_doom.IsStopped)
        {
            foreach (ResultFile file in files)
                _doom.AddOpen(file.Target(null));
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
            ErrorRecord? error = await TryAsync(file.Target(null), async () =>
            {
                if (oneByOne)
                    await action([file], _doom.GiveUp).ConfigureAwait(false);
                else if (refused is not null)
                    throw refused;
                pages = await finish(file, _doom.GiveUp).ConfigureAwait(false);
            }).ConfigureAwait(false);
            if (pages is not null)
                await writer.WriteObjectsAsync(pages).ConfigureAwait(false);
            if (error is not null)
                await writer.WriteErrorAsync(error).ConfigureAwait(false);
        }
    });

    private async Task<ErrorRecord?> TryAsync(object target, Func<Task> action)
    {
        try
        {
            _doom.GiveUp.ThrowIfCancellationRequested();
            await action().ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!_doom.IsStopped)
        {
            _doom.AddOpen(target);
            return null;
        }
        catch (NanonetsException failure)
        {
            return _doom.Takes(failure, target) ? null : ErrorTable.From(failure, target);
        }
    }
}
