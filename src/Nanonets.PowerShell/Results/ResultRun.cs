using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Display;
using Nanonets.Errors;
using Nanonets.JournalLoading;

namespace Nanonets.Results;

/// <summary>
/// All files and pages that one cmdlet invocation fetches or waits for. A failing file is one error and the others go on; what is fatal for
/// a model or for the run ends in one error with everything that is still open as its target.
/// </summary>
internal sealed class ResultRun(
    PipelineWriter writer, ConcurrentWorker worker, NanonetsClient client, IRequestObserver observer, CancellationToken stop)
{
    private readonly FatalFailures _fatal = new(stop);

    /// <summary>Where it is noted that results are there; null for nowhere.</summary>
    public FinishedNotes? Notes { get; init; }

    /// <summary>Set to wait until documents are read; null to ask once.</summary>
    public ResultWaiter? Waiter { get; init; }

    /// <summary>How long to wait before the first question about a document that was just queued.</summary>
    public TimeSpan FirstDelay { get; init; }

    /// <summary>Shows how many are finished; null for nobody.</summary>
    public WaitProgress? Progress { get; init; }

    /// <summary>Pipeline thread: starts fetching a file's pages.</summary>
    public void Start(ResultFile file) => Start(previous => FetchAsync(file, previous));

    /// <summary>Pipeline thread: starts fetching one page.</summary>
    public void StartPage(string modelId, string pageId) => Start(previous => FetchPageAsync(modelId, pageId, previous));

    /// <summary>Pipeline thread: starts fetching the page ids of a file.</summary>
    public void StartIds(ResultFile file) => worker.Start(previous => FetchIdsAsync(file, previous));

    /// <summary>One error for each failure that was fatal for a model or for the run.</summary>
    public IEnumerable<ErrorRecord> FatalErrors() => _fatal.Errors();

    private void Start(Func<Task, Task> fetch)
    {
        Progress?.Add();
        worker.Start(async previous =>
        {
            try
            {
                await fetch(previous).ConfigureAwait(false);
            }
            finally
            {
                Progress?.Done();
            }
        });
    }

    private async Task FetchAsync(ResultFile file, Task previous)
    {
        FileResult result;
        try
        {
            CancellationToken giveUp = _fatal.GiveUp(file.ModelId);
            giveUp.ThrowIfCancellationRequested();
            TimeSpan delay = file.Known.Count == 0 ? TimeSpan.Zero : FirstDelay;
            result = Waiter is null
                ? await client.GetFileResultAsync(file.ModelId, file.RequestFileId, observer, giveUp).ConfigureAwait(false)
                : await Waiter.WaitAsync(file.ModelId, file.RequestFileId, file.PageCount, delay, file.AcceptedAt, giveUp)
                    .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            _fatal.AddOpen(file.ModelId, file.Target(null));
            return;
        }
        catch (NanonetsException failure)
        {
            await FailAsync(failure, file.ModelId, file.Target(failure.LastSeen), previous).ConfigureAwait(false);
            return;
        }

        PageResult[] pages = file.WithOrigin(result);
        if (Notes is { } notes)
            await notes.NoteAsync(file.Journal, file.ModelId, file.RequestFileId, pages, stop).ConfigureAwait(false);
        await InTurnAsync(previous).ConfigureAwait(false);
        await writer.WriteObjectsAsync(pages).ConfigureAwait(false);
        if (pages.FirstOrDefault(static page => page.State == PageState.Failure) is { } failed)
            await writer.WriteErrorAsync(ErrorTable.DocumentFailed(failed, pages)).ConfigureAwait(false);
    }

    private async Task FetchPageAsync(string modelId, string pageId, Task previous)
    {
        CancellationToken giveUp = _fatal.GiveUp(modelId);
        PageResult page;
        try
        {
            page = Waiter is null
                ? await client.GetPageResultAsync(modelId, pageId, observer, giveUp).ConfigureAwait(false)
                : await Waiter.WaitForPageAsync(modelId, pageId, giveUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            _fatal.AddOpen(modelId, PageResult.Placeholder(null, modelId, null, pageId));
            return;
        }
        catch (NanonetsException failure)
        {
            await FailAsync(failure, modelId, PageResult.Placeholder(null, modelId, null, pageId), previous).ConfigureAwait(false);
            return;
        }

        await InTurnAsync(previous).ConfigureAwait(false);
        await writer.WriteObjectsAsync([page]).ConfigureAwait(false);
    }

    private async Task FetchIdsAsync(ResultFile file, Task previous)
    {
        IReadOnlyList<string> ids;
        try
        {
            CancellationToken giveUp = _fatal.GiveUp(file.ModelId);
            ids = await client.GetPageIdsAsync(file.ModelId, file.RequestFileId, observer, giveUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            _fatal.AddOpen(file.ModelId, file.Target(null));
            return;
        }
        catch (NanonetsException failure)
        {
            await FailAsync(failure, file.ModelId, file.Target(null), previous).ConfigureAwait(false);
            return;
        }

        await InTurnAsync(previous).ConfigureAwait(false);
        if (ids.Count == 0)
            writer.Verbose($"The service names no page of {file.Title}.");
        await writer.WriteObjectsAsync<PageResult>([.. ids.Select((id, page) => file.PageOf(id, page, ids.Count))]).ConfigureAwait(false);
    }

    private async Task FailAsync(NanonetsException failure, string modelId, PageResult target, Task previous)
    {
        if (_fatal.Takes(failure, modelId, target))
            return;

        await InTurnAsync(previous).ConfigureAwait(false);
        await writer.WriteErrorAsync(ErrorTable.From(failure, target)).ConfigureAwait(false);
    }

    /// <summary>Asked once, results keep the order of the input; waited for, they come as documents are finished.</summary>
    private Task InTurnAsync(Task previous) => Waiter is null ? Task.WhenAny(previous) : Task.CompletedTask;
}
