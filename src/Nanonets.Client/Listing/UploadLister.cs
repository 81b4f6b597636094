using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Json;
using Nanonets.Sending;

namespace Nanonets.Listing;

/// <summary>
/// Lists what was uploaded in a span of days, for looking. Of each page only what looking needs is read, and only what is wanted is kept: a day of a hundred thousand documents
/// costs no more memory than a quiet one. Nothing is told before the listing is known to be whole, so that one which breaks off is asked for again.
/// </summary>
internal sealed class UploadLister(ApiReader reader, string modelId)
{
    /// <param name="firstDay">First day, since 1970-01-01 UTC.</param>
    /// <param name="lastDay">Last day, included.</param>
    /// <param name="wanted">Says what is kept.</param>
    /// <exception cref="NanonetsException">The listing could not be read, or is not complete.</exception>
    public async Task<IReadOnlyList<ListedUpload>> RunAsync(
        int firstDay, int lastDay, Func<ListedUpload, bool> wanted, IRequestObserver? observer, CancellationToken cancellationToken)
    {
        List<ListedUpload> kept = [];
        ListingBody<ListedUpload?>? body = null;
        await reader.StreamAsync(PageLister.Target(modelId, firstDay, lastDay), new RequestSubject(modelId), Begin, observer, cancellationToken).ConfigureAwait(false);
        if (!body!.HasBothLists)
            throw Incomplete("it does not have both its lists");
        if (body.AnnouncedPageCount > body.PageCount)
            throw Incomplete($"it counts {body.AnnouncedPageCount} pages and holds {body.PageCount}");
        return kept;

        IBodySink Begin()
        {
            kept = [];
            return body = new ListingBody<ListedUpload?>(Read, Keep) { IsRepeatable = true };
        }

        Task Keep(IReadOnlyList<ListedUpload?> pages)
        {
            foreach (ListedUpload? page in pages)
            {
                if (page is not null && wanted(page))
                    kept.Add(page);
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>A page without the id of its file can be nobody's.</summary>
    private static ListedUpload? Read(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = JsonDocument.Parse(Utf8Text.Mend(utf8));
        JsonElement page = document.RootElement;
        return page.Member("request_file_id").AsText() is { } id
            ? new ListedUpload(
                id,
                page.Member("original_file_name").AsText() ?? page.Member("input").AsText(),
                page.Member("request_metadata").AsText(),
                TimeUuid.Read(page.Member("id").AsText()))
            : null;
    }

    private static NanonetsException Incomplete(string how) => new(NanonetsErrorId.InvalidResponse, $"The listing is not complete: {how}.");
}
