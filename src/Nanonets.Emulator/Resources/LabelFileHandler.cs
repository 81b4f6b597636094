using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Documents;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>POST OCR/Model/{model_id}/LabelFile/: reads files, waiting or queued.</summary>
internal sealed class LabelFileHandler(EmulatorContext context, SignedUrls signedUrls)
{
    /// <summary>Content that was taken unread is kept up to this size, so that thousands of large ones fit.</summary>
    private const int LargestUnreadKept = 64 * 1024;

    /// <summary>Size given to content that was taken without being read.</summary>
    private static readonly ReadDocument s_unread = new(DocumentKind.Pdf, [new ReadPage(1654, 2339, [], [], [])]);

    public async Task<Answer> HandleAsync(RouteCall call)
    {
        EmulatorOptions options = context.Options;
        UploadForm form = call.Form;
        if (options.MaxBytes is { } limit && form.Files.Sum(static file => file.Bytes) > limit)
            return options.TooLargeIsHtml ? Answer.Gateway(413) : Answer.Error(ApiError.TooLarge);
        if (form.Files.Count == 0)
            return Answer.Error(ApiError.FileMissing);

        // Anything but "true" waits (the reference's section 5.1).
        bool queued = call.Http.Request.Query["async"] == "true";
        int accepted = call.Fault?.AcceptFiles ?? (call.Fault?.Kind == FaultKind.Partial ? form.Files.Count - 1 : form.Files.Count);
        UploadedPart[] parts = [.. form.Files.Take(accepted)];
        var files = new List<StoredFile>();
        foreach (UploadedPart part in parts)
        {
            if (Read(part) is not { } document)
                return Answer.Error(ApiError.IncorrectImage);
            files.Add(Make(call, part, document, queued));
        }

        if (options.PagesPerMinute is { } perMinute
            && context.Rate.Take(call.ModelId, files.Sum(static file => file.Pages.Count), perMinute, options.RateWindow, context.Now) is { } wait)
            return RateLimited(wait);
        Charge[] charges = [.. files.Zip(parts, static (file, part) => new Charge(part.Sha256, part.FileName, file.RequestFileId, file.Pages.Count, part.Bytes))];
        if (!context.Billing.TryCharge(charges, options.FreePages))
            return Answer.Error(ApiError.QuotaExhausted);
        foreach (StoredFile file in files)
            context.Files.Add(file);

        if (!queued)
            await Task.Delay(files.Aggregate(TimeSpan.Zero, static (sum, file) => sum + (file.ReadingTime * file.Pages.Count)), options.TimeProvider, call.Http.RequestAborted);
        int named = call.Fault?.Body == FaultBody.FewerFiles ? call.Fault.AnswerFiles ?? files.Count - 1 : files.Count;
        return Answer.Json(json => Write(json, files[..named], queued && options.QueuedAnswer == QueuedAnswer.Nested));
    }

    private ReadDocument? Read(UploadedPart part)
    {
        if (!context.Options.AcceptAnyContent)
            return part.Content.Length > 0 ? DocumentReader.Read(part.Content) : null;

        int pages = context.Options.PageCounts.GetValueOrDefault(part.FileName, 1);
        return pages == 1 ? s_unread : s_unread with { Pages = [.. Enumerable.Repeat(s_unread.Pages[0], pages)] };
    }

    private Answer RateLimited(TimeSpan wait) => Answer.Error(ApiError.RateLimited, context.Options.RateRetryAfter switch
    {
        RetryAfterForm.Seconds => Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture),
        RetryAfterForm.Date => (context.Now + wait + TimeSpan.FromSeconds(1)).ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    });

    private StoredFile Make(RouteCall call, UploadedPart part, ReadDocument document, bool queued)
    {
        FaultRule? fault = context.Faults.MatchFile(call.Target with { FileNames = [part.FileName], Now = context.Now });
        string id = context.Ids.Random();
        string folder = $"uploadedfiles/{call.ModelId}";
        return new StoredFile
        {
            RequestFileId = id,
            ModelId = call.ModelId,
            FileName = part.FileName,
            Sha256 = part.Sha256,
            Metadata = call.Form.Fields.GetValueOrDefault("request_metadata", string.Empty),
            Queued = queued,
            Fails = fault?.Kind == FaultKind.FileFails || context.Options.FailingFiles.Contains(part.FileName),
            NeverFinishes = fault?.Kind == FaultKind.FileNeverFinishes,
            Content = context.Options.AcceptAnyContent && part.Bytes > LargestUnreadKept ? [] : part.Content,
            Document = document,
            UploadedAt = context.Now,
            ReadingTime = fault?.Kind == FaultKind.FileSlow ? fault.Delay : context.Options.ProcessingTimePerPage,
            OriginalKey = $"{folder}/RawPredictions/{id}{Path.GetExtension(part.FileName)}",
            Pages = [.. PageSelection.Read(call.Form.Fields.GetValueOrDefault("pages_to_process"), document.Pages.Count)
                .Select(index => new StoredPage(context.Ids.OfNow(), index, $"{folder}/PredictionImages/{context.Ids.Random()}.jpeg"))],
        };
    }

    private void Write(Utf8JsonWriter json, List<StoredFile> files, bool nested)
    {
        json.WriteStartObject();
        json.WriteString("message", "Success");
        json.WriteStartArray("result");
        foreach (StoredFile file in files)
        {
            if (nested)
            {
                json.WriteStartObject();
                json.WriteString("message", "Success");
                json.WriteStartArray("result");
            }

            for (int i = 0; i < file.Pages.Count; i++)
                PageWriter.WriteUploaded(json, file, i);
            if (nested)
            {
                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteStartObject("signed_urls");
        foreach (StoredFile file in files)
            signedUrls.Write(json, file);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
