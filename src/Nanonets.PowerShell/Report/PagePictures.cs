using System;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Errors;
using Nanonets.Results;
using Nanonets.Saving;

namespace Nanonets.Report;

/// <summary>
/// Fetches the pictures of pages through their signed addresses. What cannot be fetched is an error of its page, and the report says it in
/// the picture's place.
/// </summary>
/// <param name="tell">Tells the error of a page.</param>
internal sealed class PagePictures(
    Func<ErrorRecord, Task> tell, NanonetsClient client, string? usualModel, IRequestObserver observer, PictureSize size,
    CancellationToken stop)
{
    private readonly AddressBook _addresses = new(client, observer);

    /// <summary>What ends a model, or the run.</summary>
    public FatalFailures Fatal { get; } = new(stop);

    /// <param name="scratch">Makes a file that is gone when it is closed.</param>
    /// <exception cref="IOException">The picture cannot be kept.</exception>
    public async Task<PagePicture> FetchAsync(PageResult page, Func<Stream> scratch)
    {
        string modelId = page.ModelId ?? usualModel ?? string.Empty;
        if (Fatal.AreFor(modelId))
        {
            Fatal.AddOpen(modelId, page);
            return PagePicture.None("The picture was not fetched.");
        }

        Stream? content = null;
        try
        {
            WantedFile wanted = WantedFile.Of(page, modelId, size);
            if (await _addresses.FindAsync(wanted, stop).ConfigureAwait(false) is not { } address)
                return await MissingAsync(page).ConfigureAwait(false);

            content = scratch();
            DownloadedContent got = await _addresses.DownloadAsync(wanted, address, content, stop).ConfigureAwait(false);
            var picture = PagePicture.Of(content, got.ContentType, size);
            content = null;
            return picture;
        }
        catch (NanonetsException failure)
        {
            if (!Fatal.Takes(failure, modelId, page))
                await tell(ErrorTable.From(failure, page)).ConfigureAwait(false);
            return PagePicture.None($"The picture could not be fetched: {failure.Message}");
        }
        finally
        {
            content?.Dispose();
        }
    }

    /// <summary>A page that was not read need have no picture.</summary>
    private async Task<PagePicture> MissingAsync(PageResult page)
    {
        if (page.State == PageState.Success)
            await tell(ErrorTable.AddressMissing(page, DocumentPart.PageImage)).ConfigureAwait(false);
        return PagePicture.None("The service has no picture of this page.");
    }
}
