using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Errors;

namespace Nanonets.Results;

/// <summary>
/// One listing: pages leave while it arrives. While the consumer works on some, the next are read, and no more than these: a slow consumer
/// slows the listing.
/// </summary>
internal sealed class ListingRun(PipelineWriter writer, NanonetsClient client, IRequestObserver observer, string modelId)
{
    private Task _writing = Task.CompletedTask;
    private long _written;

    public async Task RunAsync(TimeWindow window, CancellationToken stop)
    {
        try
        {
            PageListing listing = await client
                .ListPagesAsync(modelId, window.FirstDay, window.LastDay, pages => PassOnAsync(pages, window), observer, stop)
                .ConfigureAwait(false);
            await _writing.ConfigureAwait(false);
            if (listing.AnnouncedPageCount > listing.PageCount)
                writer.Warn($"The service announced {listing.AnnouncedPageCount} pages for this time but listed only {listing.PageCount}.");
        }
        catch (NanonetsException failure)
        {
            await _writing.ConfigureAwait(false);
            string message = _written == 0
                ? failure.Message : $"{failure.Message} {_written} pages were listed before this; others may be missing.";
            await writer.WriteErrorAsync(ErrorTable.From(failure, message, null)).ConfigureAwait(false);
        }
    }

    private async Task PassOnAsync(IReadOnlyList<PageResult> pages, TimeWindow window)
    {
        await _writing.ConfigureAwait(false);
        PageResult[] wanted = [.. pages.Where(window.MayHold)];
        _written += wanted.Length;
        _writing = wanted.Length == 0 ? Task.CompletedTask : writer.WriteObjectsAsync(wanted);
    }
}
