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
    public Answer ByFile(string requestFileId)
    {
        EmulatorOptions options = context.Options;
        StoredFile? file = context.Files.File(requestFileId);
        if (file is null)
            return options.UnknownFileIsEmpty ? Answer.Json(json => WriteFiles(json, [])) : Answer.Error(ApiError.FileNotFound);
        if (file.IsRead(context.Now))
            return Answer.Json(json => WriteFiles(json, [file]));

        return options.PendingAnswer switch
        {
            PendingAnswer.Empty => Answer.Json(json => WriteFiles(json, [])),
            PendingAnswer.NotFound => Answer.Error(ApiError.FileNotFound),
            _ => Answer.Json(json => WriteFiles(json, [file])),
        };
    }

    public Answer ByPage(string pageId)
    {
        if (context.Files.Page(pageId) is not var (file, position))
            return Answer.Error(ApiError.FileNotFound);

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
    public Answer OfDays(string modelId, IQueryCollection query)
    {
        ListingOptions listing = context.Options.Listing;
        int first = Day(query["start_day_interval"]) ?? 0;
        int last = Day(query["current_batch_day"]) ?? int.MaxValue;
        if (listing.EndDayExcluded)
            last--;
        StoredFile[] files = [.. context.Files.All().Where(file => file.ModelId == modelId && IsListed(file, listing) && PageWriter.Day(file.UploadedAt) is var day && day >= first && day <= last)];
        return Answer.Json(json => WritePages(json, Cap([.. files.SelectMany(static file => file.Pages.Select((_, position) => (file, position)))], listing), listing));
    }

    private bool IsListed(StoredFile file, ListingOptions listing) =>
        context.Now >= file.UploadedAt + listing.Lag && !(listing.HidesQueued && !file.IsRead(context.Now));

    private static IReadOnlyList<(StoredFile File, int Position)> Cap(IReadOnlyList<(StoredFile, int)> pages, ListingOptions listing) =>
        listing.MaxPages is not { } most ? pages : [.. listing.CapKeepsNewest ? pages.TakeLast(most) : pages.Take(most)];

    private static int? Day(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int day) ? day : null;

    private void WriteFiles(Utf8JsonWriter json, IReadOnlyList<StoredFile> files) =>
        WritePages(json, [.. files.SelectMany(static file => file.Pages.Select((_, position) => (file, position)))]);

    private void WritePages(Utf8JsonWriter json, IReadOnlyList<(StoredFile File, int Position)> shown, ListingOptions? listing = null)
    {
        json.WriteStartObject();
        json.WriteNumber("moderated_images_count", 0);
        json.WriteNumber("unmoderated_images_count", shown.Count);
        json.WriteStartArray("moderated_images");
        json.WriteEndArray();
        json.WriteStartArray("unmoderated_images");
        foreach ((StoredFile file, int position) in shown)
            pages.WriteStored(json, file, position, listing);
        json.WriteEndArray();
        json.WriteStartObject("signed_urls");
        foreach (StoredFile file in shown.Select(static page => page.File).Distinct())
            signedUrls.Write(json, file);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
