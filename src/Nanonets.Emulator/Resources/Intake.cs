using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Nanonets.Emulator.Documents;
using Nanonets.Emulator.Faults;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>What all calls that read documents share: size limit, reading, pages a minute, quota, charges.</summary>
internal sealed class Intake(EmulatorContext context)
{
    /// <summary>Content that was taken unread is kept up to this size, so that thousands of large ones fit.</summary>
    private const int LargestUnreadKept = 64 * 1024;

    /// <summary>What content that was taken unread looks like.</summary>
    private static readonly ReadDocument s_unread = new(DocumentKind.Pdf, [new ReadPage(1654, 2339, [], [], [])]);

    /// <returns>An answer when the request is too large.</returns>
    public Answer? CheckSize(UploadForm form) =>
        context.Options.MaxBytes is { } limit
            && form.Files.Sum(static file => file.Bytes) + form.All("base64_data").Sum(static text => (long)text.Length) > limit
            ? context.Options.TooLargeIsHtml ? Answer.Gateway(413) : Answer.Error(ApiError.TooLarge)
            : null;

    /// <returns>Null for what is no readable document.</returns>
    public ReadDocument? Read(UploadedPart part)
    {
        if (!context.Options.AcceptAnyContent)
            return part.Content.Length > 0 ? DocumentReader.Read(part.Content) : null;

        int pages = context.Options.PageCounts.GetValueOrDefault(part.FileName, 1);
        return pages == 1 ? s_unread : s_unread with { Pages = [.. Enumerable.Repeat(s_unread.Pages[0], pages)] };
    }

    /// <summary>Reads documents all of which must be readable.</summary>
    /// <returns>Null when one is not.</returns>
    public IReadOnlyList<ReadSource>? ReadAll(IReadOnlyList<UploadSource> sources)
    {
        var read = new List<ReadSource>();
        foreach (UploadSource source in sources)
        {
            if (source.Part is null || Read(source.Part) is not { } document)
                return null;
            read.Add(new ReadSource(source.Part, document));
        }

        return read;
    }

    /// <summary>Charges documents that no file is kept of.</summary>
    /// <returns>An answer when the pages may not go.</returns>
    public Answer? Charge(RouteCall call, string modelId, IEnumerable<ReadSource> read) =>
        Charge(call, modelId,
            [.. read.Select(static source =>
                new Charge(source.Part.Sha256, source.Part.FileName, string.Empty, source.Document.Pages.Count, source.Part.Bytes))]);

    /// <returns>An answer when the pages may not go.</returns>
    public Answer? Charge(RouteCall call, string modelId, IReadOnlyList<Charge> charges)
    {
        EmulatorOptions options = context.Options;
        if (options.PagesPerMinute is { } perMinute && modelId.Length > 0
            && context.Rate.Take(modelId, charges.Sum(static charge => charge.Pages), perMinute, options.RateWindow, context.Now)
                is { } wait)
            return Answer.Error(ApiError.RateLimited, RetryAfter(wait));
        if (!context.Billing.TryCharge(charges, options.FreePages))
            return Answer.Error(ApiError.QuotaExhausted);

        call.Logged.Charges = charges;
        return null;
    }

    public StoredFile Store(RouteCall call, UploadedPart part, ReadDocument document, bool queued)
    {
        string id = context.Ids.Random();
        string folder = $"uploadedfiles/{call.ModelId}";
        DateTimeOffset now = context.Now;
        return new StoredFile
        {
            RequestFileId = id,
            ModelId = call.ModelId,
            FileName = part.FileName,
            Sha256 = part.Sha256,
            Metadata = call.Form.Value("request_metadata") ?? string.Empty,
            Queued = queued,
            Reading = Begin(call.Target, part.FileName, queued),
            Content = context.Options.AcceptAnyContent && part.Bytes > LargestUnreadKept ? [] : part.Content,
            Document = Narrow(document, call.Model!),
            UploadedAt = now,
            OriginalKey = $"{folder}/RawPredictions/{id}{Path.GetExtension(part.FileName)}",
            Pages = [.. PageSelection.Read(call.Form.Value("pages_to_process"), document.Pages.Count)
                .Select(index => new StoredPage(context.Ids.OfNow(), index, $"{folder}/PredictionImages/{context.Ids.Random()}.jpeg"))],
        };
    }

    /// <summary>Begins to read a file, for the first time or again.</summary>
    public Reading Begin(FaultTarget target, string fileName, bool queued)
    {
        FaultRule? fault = context.Faults.MatchFile(target with { FileNames = [fileName], Now = context.Now });
        TimeSpan perPage = fault?.Kind == FaultKind.FileSlow ? fault.Delay : context.Options.ProcessingTimePerPage;
        return new Reading(
            context.Now, perPage, queued ? context.Options.PollsUntilRead : 0,
            Fails: fault?.Kind == FaultKind.FileFails || context.Options.FailingFiles.Contains(fileName),
            NeverEnds: fault?.Kind == FaultKind.FileNeverFinishes);
    }

    /// <summary>A created model reads the labels it was made for.</summary>
    private static ReadDocument Narrow(ReadDocument document, StoredModel model) => model.BuiltIn
        ? document
        : document with { Pages = [.. document.Pages.Select(page => page with { Fields = [.. Known(page, model)] })] };

    private static IEnumerable<ReadField> Known(ReadPage page, StoredModel model) =>
        page.Fields.Where(field => model.Categories.Contains(field.Label));

    private string? RetryAfter(TimeSpan wait) => context.Options.RateRetryAfter switch
    {
        RetryAfterForm.Seconds => Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture),
        RetryAfterForm.Date => (context.Now + wait + TimeSpan.FromSeconds(1)).ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };
}

/// <summary>A document of an upload that could be read.</summary>
internal sealed record ReadSource(UploadedPart Part, ReadDocument Document);
