using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;

namespace Nanonets.Inbox;

/// <summary>
/// Files the documents of a pass, one after the other, and tells the journal where. A destination that cannot be written to ends the pass:
/// nothing more is sent.
/// </summary>
internal sealed class InboxFiling(
    InboxOptions options, NanonetsClient client, InboxSending sending, IInboxWatcher watcher, DateTimeOffset startedAt,
    CancellationToken stop) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly FilingDesk _desk = new(options, startedAt);

    /// <summary>Why nothing can be filed; null while it can.</summary>
    public DestinationFailure? Failure { get; private set; }

    public int Rows => _desk.Rows;

    public bool HasRowsLeft => _desk.RowsLeft is not null;

    /// <summary>Finishes what earlier runs left unfinished.</summary>
    public async Task RecoverAsync()
    {
        try
        {
            Directory.CreateDirectory(options.Destination);
            foreach (FilingRecord filed in _desk.Recover())
                await NoteAsync(filed).ConfigureAwait(false);
        }
        catch (DestinationFailure failure)
        {
            Failure = failure;
        }
        catch (Exception failure) when (DestinationFailure.Is(failure))
        {
            Failure = new DestinationFailure(options.Destination, failure);
        }
    }

    public async Task FileAsync(InboxItem item, FiledResult result)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (Failure is null)
                await FileNowAsync(item, result).ConfigureAwait(false);
            else
                Leave(item, result);
        }
        catch (OriginalFailure failure)
        {
            item.Leave(failure.Verdict, result.RequestFileId, result.Pages.Count);
        }
        catch (DestinationFailure failure)
        {
            Failure = failure;
            sending.Close();
            Leave(item, result);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task FileNowAsync(InboxItem item, FiledResult result)
    {
        FilingRecord record = _desk.File(item, result);
        item.End(result.ToDocument(item.Input, record));
        await NoteAsync(record).ConfigureAwait(false);
        _desk.Complete();
    }

    /// <summary>Gives the rows to whoever reads them.</summary>
    /// <returns>The file; null when there are none, or the next run does it.</returns>
    public string? Publish()
    {
        string? published = _desk.Publish();
        if (_desk.RowsLeft is { } why)
            watcher.Warn($"The rows are kept, and the next run writes them: {why}");
        return published;
    }

    /// <summary>Waits for the document that is just being filed: what is in the making must not be let go of before.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _desk.Dispose();
    }

    private void Leave(InboxItem item, FiledResult result) =>
        item.Leave(Verdict.Of(InboxState.Unfiled, Failure!), result.RequestFileId, result.Pages.Count);

    /// <summary>
    /// The journal learns where the document is filed, for the day on which it comes again. One that fails costs no result.
    /// </summary>
    private async Task NoteAsync(FilingRecord record)
    {
        if (record is not { RequestFileId: { } id, ModelId: { } modelId } || record.PageCount == 0)
            return;

        try
        {
            await sending.Journal.FinishAsync(
                client.BaseUri.ToString(), modelId, id,
                new UploadChange.Finished(client.ServerNow, record.PageCount, record.FailedPages) { FiledAs = record.FiledAs },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (NanonetsException failure)
        {
            watcher.Warn($"The journal could not be told where '{record.Original}' is filed: {failure.Message}");
        }
    }
}
