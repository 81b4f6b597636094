using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>GET results: by file, by page, and of a span of days.</summary>
internal sealed class ResultHandler(EmulatorContext context, PageWriter pages, SignedUrls signedUrls)
{
    public Answer ByFile(RouteCall call)
    {
        EmulatorOptions options = context.Options;
        StoredFile? file = Find(call);
        if (file is null)
            return options.UnknownFileIsEmpty ? Answer.Json(json => WriteFiles(json, [])) : Answer.Error(ApiError.FileNotFound);
        file.CountPoll();
        if (file.IsRead(context.Now))
            return Answer.Json(json => WriteFiles(json, [file]));

        return options.PendingAnswer switch
        {
            PendingAnswer.Empty => Answer.Json(json => WriteFiles(json, [])),
            PendingAnswer.NotFound => Answer.Error(ApiError.FileNotFound),
            _ => Answer.Json(json => WriteFiles(json, [file])),
        };
    }

    /// <summary>A file as <see cref="ByFile"/> shows it, to whoever only looks on: no question is counted, no fault strikes.</summary>
    public Answer Look(string requestFileId) => context.Files.File(requestFileId) is { } file
        ? Answer.Json(json => WriteFiles(json, [file]))
        : Answer.Error(ApiError.FileNotFound);

    public Answer ByPage(RouteCall call)
    {
        if (context.Files.Page(call.Id) is not var (file, position) || file.ModelId != call.ModelId)
            return context.Options.UnknownFileIsEmpty ? Answer.Json(EmptyAnswer.Write) : Answer.Error(ApiError.FileNotFound);

        file.CountPoll();
        bool showPage = file.IsRead(position, context.Now) || context.Options.PendingPageAnswer == PendingPageAnswer.PendingPage;
        return Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("message", showPage ? "Success" : "Image is being processed. Please try again later");
            if (showPage || context.Options.PendingPageAnswer != PendingPageAnswer.MessageOnly)
            {
                json.WriteStartArray("result");
                if (showPage)
                    pages.WriteByPage(json, file, position);
                json.WriteEndArray();
                json.WriteStartObject("signed_urls");
                if (showPage)
                    signedUrls.Write(json, file);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    /// <summary>All pages of the days asked for, both ends included, in the order of upload.</summary>
    public Answer OfDays(RouteCall call)
    {
        IQueryCollection query = call.Http.Request.Query;
        ListingOptions listing = context.Options.Listing;
        int first = Day(query["start_day_interval"]) ?? 0;
        int last = Day(query["current_batch_day"]) ?? int.MaxValue;
        if (listing.EndDayExcluded)
            last--;
        StoredFile[] files =
        [
            .. context.Files.All().Where(file => file.ModelId == call.ModelId && IsListed(file, listing)
                && PageWriter.Day(file.UploadedAt) is var day && day >= first && day <= last),
        ];
        return Answer.Json(json => WritePages(json, Cap(PagesOf(files), listing), listing));
    }

    /// <summary>The page ids of a file; the name of their list is lost in the stored copy of the vendor's page.</summary>
    public Answer PageIds(RouteCall call) => Find(call) is not { } file ? Answer.Error(ApiError.FileNotFound) : Answer.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("request_file_id", file.RequestFileId);
        json.WriteStartArray("page_ids");
        foreach (StoredPage page in file.Pages)
            json.WriteStringValue(page.Id);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private StoredFile? Find(RouteCall call) => context.Files.File(call.Id) is { } file && file.ModelId == call.ModelId ? file : null;

    private bool IsListed(StoredFile file, ListingOptions listing) =>
        context.Now >= file.UploadedAt + listing.Lag && !(listing.HidesQueued && !file.IsRead(context.Now));

    private static IReadOnlyList<(StoredFile File, int Position)> Cap(IReadOnlyList<(StoredFile, int)> pages, ListingOptions listing) =>
        listing.MaxPages is not { } most ? pages : [.. listing.CapKeepsNewest ? pages.TakeLast(most) : pages.Take(most)];

    private static int? Day(string? text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int day) ? day : null;

    private void WriteFiles(Utf8JsonWriter json, IReadOnlyList<StoredFile> files) =>
        WritePages(json, PagesOf(files));

    private static IReadOnlyList<(StoredFile File, int Position)> PagesOf(IEnumerable<StoredFile> files) =>
        [.. files.SelectMany(static file => file.Pages.Select((_, position) => (file, position)))];

    private void WritePages(Utf8JsonWriter json, IReadOnlyList<(StoredFile File, int Position)> shown, ListingOptions? listing = null)
    {
        json.WriteStartObject();
        // Approval is a property of the file: read once, or a page could be in both lists while somebody approves.
        var approved = shown.Select(static page => page.File).Distinct().Where(static file => file.Review.Approved).ToHashSet();
        json.WriteNumber("moderated_images_count", shown.Count(page => approved.Contains(page.File)));
        json.WriteNumber("unmoderated_images_count", shown.Count(page => !approved.Contains(page.File)));
        foreach ((string name, bool isApproved) in ((string, bool)[])[("moderated_images", true), ("unmoderated_images", false)])
        {
            json.WriteStartArray(name);
            foreach ((StoredFile file, int position) in shown.Where(page => approved.Contains(page.File) == isApproved))
                pages.WriteStored(json, file, position, isApproved, listing);
            json.WriteEndArray();
        }

        json.WriteStartObject("signed_urls");
        foreach (StoredFile file in shown.Select(static page => page.File).Distinct())
            signedUrls.Write(json, file);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
