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
    public Answer OfDays(IQueryCollection query)
    {
        int first = Day(query["start_day_interval"]) ?? 0;
        int last = Day(query["current_batch_day"]) ?? int.MaxValue;
        return Answer.Json(json => WriteFiles(json, [.. context.Files.All().Where(file => PageWriter.Day(file.UploadedAt) is var day && day >= first && day <= last)]));
    }

    private static int? Day(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int day) ? day : null;

    private void WriteFiles(Utf8JsonWriter json, IReadOnlyList<StoredFile> files)
    {
        json.WriteStartObject();
        json.WriteNumber("moderated_images_count", 0);
        json.WriteNumber("unmoderated_images_count", files.Sum(static file => file.Pages.Count));
        json.WriteStartArray("moderated_images");
        json.WriteEndArray();
        json.WriteStartArray("unmoderated_images");
        foreach (StoredFile file in files)
        {
            for (int i = 0; i < file.Pages.Count; i++)
                pages.WriteStored(json, file, i);
        }

        json.WriteEndArray();
        json.WriteStartObject("signed_urls");
        foreach (StoredFile file in files)
            signedUrls.Write(json, file);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
