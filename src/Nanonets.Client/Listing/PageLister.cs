using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Json;

namespace Nanonets.Listing;

/// <summary>Asks for the pages of a span of days.</summary>
internal sealed class PageLister(ApiReader reader, string modelId)
{
    /// <param name="firstDay">First day, see <see cref="EpochDay"/>.</param>
    /// <param name="lastDay">Last day.</param>
    /// <param name="take">Gets the pages as they come; what it throws is thrown.</param>
    public async Task<PageListing> RunAsync(
        int firstDay, int lastDay, Func<IReadOnlyList<PageResult>, Task> take, IRequestObserver? observer,
        CancellationToken cancellationToken)
    {
        ListingBody<PageResult>? body = null;
        var texts = new TextCache();
        try
        {
            ApiAnswer answer = await reader
                .StreamAsync(
                    Target(modelId, firstDay, lastDay), new RequestSubject(modelId),
                    () => body = new ListingBody<PageResult>(page => PageReader.Read(page.Span, modelId, texts), take), observer,
                    cancellationToken).ConfigureAwait(false);
            return new PageListing { PageCount = body!.PageCount, AnnouncedPageCount = body.AnnouncedPageCount, ServerTime = answer.Date };
        }
        catch (NanonetsException)
        {
            body?.ThrowIfRefused();
            throw;
        }
    }

    /// <summary>
    /// The end is a day later than meant: one source wants it greater than the start, and whether the end itself belongs to the span is not
    /// sure.
    /// </summary>
    public static string Target(string modelId, int firstDay, int lastDay) => FormattableString.Invariant(
        $"{Route(modelId)}?start_day_interval={firstDay}&current_batch_day={lastDay + 1L}");

    private static string Route(string modelId) => $"Inferences/Model/{Uri.EscapeDataString(modelId)}/ImageLevelInferences";
}
