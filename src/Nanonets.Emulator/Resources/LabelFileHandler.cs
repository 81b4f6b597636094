using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Nanonets.Emulator.Documents;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>POST OCR/Model/{model_id}/LabelFile/: reads files, waiting or queued.</summary>
internal sealed class LabelFileHandler(EmulatorContext context, SignedUrls signedUrls)
{
    /// <summary>Size given to content that was taken without being read.</summary>
    private static readonly ReadDocument s_unread = new(DocumentKind.Pdf, [new ReadPage(1654, 2339, [], [], [])]);

    public async Task<Answer> HandleAsync(HttpContext http, LoggedRequest log)
    {
        EmulatorOptions options = context.Options;
        UploadForm form = await UploadForm.ReadAsync(http.Request, http.RequestAborted);
        log.FileNames = [.. form.Files.Select(static file => file.FileName)];
        log.Fields = form.Fields;
        if (options.MaxBytes is { } limit && form.Files.Sum(static file => file.Bytes) > limit)
            return Answer.Error(ApiError.TooLarge);
        if (form.Files.Count == 0)
            return Answer.Error(ApiError.FileMissing);

        // Anything but "true" waits (the reference's section 5.1).
        bool queued = http.Request.Query["async"] == "true";
        var stored = new List<StoredFile>();
        foreach (UploadedPart part in form.Files)
        {
            ReadDocument? document = part.Content.Length > 0 ? DocumentReader.Read(part.Content) : null;
            document ??= options.AcceptAnyContent ? s_unread : null;
            if (document is null)
                return Answer.Error(ApiError.IncorrectImage);
            stored.Add(Store(part, document, form.Fields, queued));
        }

        Charge[] charges = [.. stored.Zip(form.Files, static (file, part) => new Charge(part.Sha256, part.FileName, file.RequestFileId, file.Pages.Count, part.Bytes))];
        if (!context.Billing.TryCharge(charges, options.FreePages))
            return Answer.Error(ApiError.QuotaExhausted);
        foreach (StoredFile file in stored)
            context.Files.Add(file);

        if (!queued)
            await Task.Delay(options.ProcessingTimePerPage * stored.Sum(static file => file.Pages.Count), options.TimeProvider, http.RequestAborted);
        return Answer.Json(json => Write(json, stored, queued && options.QueuedAnswer == QueuedAnswer.Nested));
    }

    private StoredFile Store(UploadedPart part, ReadDocument document, Dictionary<string, string> fields, bool queued)
    {
        string id = context.Ids.Random();
        string folder = $"uploadedfiles/{context.Options.ModelId}";
        return new StoredFile
        {
            RequestFileId = id,
            FileName = part.FileName,
            Metadata = fields.GetValueOrDefault("request_metadata", string.Empty),
            Queued = queued,
            Fails = context.Options.FailingFiles.Contains(part.FileName),
            Content = part.Content,
            Document = document,
            UploadedAt = context.Now,
            TimePerPage = queued ? context.Options.ProcessingTimePerPage : TimeSpan.Zero,
            OriginalKey = $"{folder}/RawPredictions/{id}{Path.GetExtension(part.FileName)}",
            Pages = [.. PageSelection.Read(fields.GetValueOrDefault("pages_to_process"), document.Pages.Count)
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
