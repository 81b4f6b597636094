using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Json;
using Nanonets.Listing;

namespace Nanonets.Sending.Reconciliation;

/// <summary>
/// Lists what was uploaded in a span of days. Of each page only what reconciling needs is read, and it is handed on as it comes: a day of a
/// hundred thousand documents costs no more memory than a quiet one.
/// </summary>
internal sealed class UploadLister(ApiReader reader, string modelId)
{
    /// <param name="firstDay">First day, since 1970-01-01 UTC.</param>
    /// <param name="lastDay">Last day, included.</param>
    /// <param name="take">Gets the files. A listing that breaks off is asked for again: then they come again.</param>
    /// <exception cref="NanonetsException">The listing could not be read, or is not complete.</exception>
    public async Task RunAsync(
        int firstDay, int lastDay, Func<IReadOnlyList<ListedUpload>, Task> take, IRequestObserver? observer,
        CancellationToken cancellationToken)
    {
        ListingBody<ListedUpload?>? body = null;
        try
        {
            await reader.StreamAsync(PageLister.Target(modelId, firstDay, lastDay), new RequestSubject(modelId), Begin, observer,
                cancellationToken).ConfigureAwait(false);
        }
        catch (NanonetsException)
        {
            body?.ThrowIfRefused();
            throw;
        }

        if (!body!.HasBothLists)
            throw Incomplete("it does not have both its lists");
        if (body.AnnouncedPageCount > body.PageCount)
            throw Incomplete($"it counts {body.AnnouncedPageCount} pages and holds {body.PageCount}");

        IBodySink Begin() => body = new ListingBody<ListedUpload?>(
            Read, pages => take([.. pages.OfType<ListedUpload>()])) { IsRepeatable = true };
    }

    /// <summary>A page without the id of its file can be nobody's.</summary>
    private static ListedUpload? Read(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = JsonDocument.Parse(Utf8Text.Mend(utf8));
        JsonElement page = document.RootElement;
        return page.Member("request_file_id").AsText() is { } id
            ? ListedUpload.Of(
                id,
                page.Member("original_file_name").AsText() ?? page.Member("input").AsText(),
                page.Member("request_metadata").AsText(),
                TimeUuid.Read(page.Member("id").AsText()))
            : null;
    }

    private static NanonetsException Incomplete(string how) => new(NanonetsErrorId.InvalidResponse, $"The listing is not complete: {how}.");
}
