using System;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Downloading;
using Nanonets.Errors;
using Nanonets.Results;

namespace Nanonets.Saving;

/// <summary>
/// All downloads of one cmdlet invocation. One that fails is one error and the others go on; what is fatal for a model or for the run ends
/// in one error with the pages that are not saved as its target.
/// </summary>
internal sealed class SaveRun(
    PipelineWriter writer, ConcurrentWorker worker, NanonetsClient client, IRequestObserver observer, CancellationToken stop)
{
    private readonly AddressBook _addresses = new(client, observer);

    /// <summary>Files that are there are overwritten.</summary>
    public bool Overwrite { get; init; }

    /// <summary>What ends a model, or the run.</summary>
    public FatalFailures Fatal { get; } = new(stop);

    /// <summary>Pipeline thread: starts a download as soon as a slot is free.</summary>
    public void Start(SaveItem item) => worker.Start(_ => SaveAsync(item));

    /// <summary>Gets a file as Get-Item would write it, with all that the views of files show; on the pipeline thread.</summary>
    public required Func<string, PSObject> GetItem { get; init; }

    private async Task SaveAsync(SaveItem item)
    {
        if (Fatal.AreFor(item.ModelId))
        {
            Fatal.AddOpen(item.ModelId, item.Page);
            return;
        }

        SignedUrl? address;
        try
        {
            address = await _addresses.FindAsync(item.Wanted, stop).ConfigureAwait(false);
        }
        catch (NanonetsException failure)
        {
            await FailAsync(failure, item).ConfigureAwait(false);
            return;
        }

        if (address is null)
        {
            await writer.WriteErrorAsync(ErrorTable.AddressMissing(item.Page, item.Part)).ConfigureAwait(false);
            return;
        }

        try
        {
            using var file = new SavedFile(Path.GetDirectoryName(item.FullPath)!, Overwrite);
            DownloadedContent content = await _addresses.DownloadAsync(item.Wanted, address, file.Stream, stop)
                .ConfigureAwait(false);
            string path = FileType.Correct(item.FullPath, content.ContentType, item.Part != DocumentPart.Original);
            file.Place(path);
            await writer.WriteMadeAsync(() => ItemOf(path, item.Page)).ConfigureAwait(false);
        }
        catch (NanonetsException failure) when (failure.ErrorId != NanonetsErrorId.AddressRejected && failure.FatalFor != FatalFor.Document)
        {
            // Of the storage host nothing follows for the others.
            await writer.WriteErrorAsync(ErrorTable.From(failure, item.Page)).ConfigureAwait(false);
        }
        catch (NanonetsException failure)
        {
            await FailAsync(failure, item).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            await writer.WriteErrorAsync(ErrorTable.FileNotWritten(item.FullPath, failure)).ConfigureAwait(false);
        }
    }

    private PSObject ItemOf(string path, PageResult page)
    {
        PSObject item;
        try
        {
            item = GetItem(path);
        }
        catch (ItemNotFoundException)
        {
            // Somebody has taken it away already: it was saved all the same.
            item = PSObject.AsPSObject(new FileInfo(path));
        }

        item.Properties.Add(new PSNoteProperty(nameof(PageResult.RequestFileId), page.RequestFileId));
        return item;
    }

    private Task FailAsync(NanonetsException failure, SaveItem item) => Fatal.Takes(failure, item.ModelId, item.Page)
        ? Task.CompletedTask
        : writer.WriteErrorAsync(ErrorTable.From(failure, item.Page));
}
