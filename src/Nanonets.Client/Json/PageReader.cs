using System;
using System.Linq;
using System.Text.Json;
using Nanonets.Http;
using Nanonets.Sending;

namespace Nanonets.Json;

/// <summary>Turns a page's JSON into a page result, whatever shape it has; throws nothing away and never throws.</summary>
internal static class PageReader
{
    /// <param name="element">The page object.</param>
    /// <param name="modelId">The model asked, for pages that do not name it.</param>
    /// <param name="signedUrls">The answer's map of signed addresses; undefined where there is none.</param>
    /// <param name="queued">Whether this answers a queued upload, where "Success" means accepted.</param>
    public static PageResult Read(JsonElement element, string? modelId, JsonElement signedUrls, bool queued = false)
    {
        PageJson json = element.Deserialize(NanonetsJson.Default.PageJson) ?? new PageJson();
        PageResult page = Create(json, modelId, queued, element.GetRawText(), null);
        page.SignedUrls = SignedUrlReader.ForPage(signedUrls, page) ?? page.SignedUrls;
        return page;
    }

    /// <summary>Reads a page by itself.</summary>
    /// <param name="utf8">The page object and nothing else.</param>
    /// <param name="modelId">The model asked, for pages that do not name it.</param>
    /// <param name="texts">Texts that repeat from page to page.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static PageResult Read(ReadOnlySpan<byte> utf8, string? modelId, TextCache texts)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        PageJson json = PageMembers.Read(ref reader, texts);
        return Create(json, modelId, false, null, utf8.ToArray());
    }

    private static PageResult Create(PageJson json, string? modelId, bool queued, string? raw, byte[]? rawBytes)
    {
        Prediction[] predictions = Values(json);
        var page = new PageResult
        {
            Message = json.Message ?? json.Status,
            State = StateOf(json, predictions.Length > 0, queued),
            Input = (NullIfEmpty(json.Input) ?? NullIfEmpty(json.OriginalFileName)) is { } input ? PublicAddress.In(input) : null,
            Page = json.Page ?? json.PageNo ?? 0,
            Id = NullIfEmpty(json.Id),
            RequestFileId = NullIfEmpty(json.RequestFileId),
            ModelId = NullIfEmpty(json.ModelId) ?? modelId,
            Prediction = predictions,
            RequestMetadata = UploadTag.TakeOff(json.RequestMetadata),
            ProcessingType = json.ProcessingType,
            Size = json.Size,
            UploadedAt = TimeUuid.Read(json.Id) ?? UploadHour(json),
            UpdatedAt = TimeUuid.Read(json.UpdatedAt),
            VerifiedAt = json.IsModerated == true || NullIfEmpty(json.VerifiedBy) is not null ? TimeUuid.Read(json.VerifiedAt) : null,
            VerifiedBy = NullIfEmpty(json.VerifiedBy),
            IsModerated = json.IsModerated,
            ApprovalStatus = json.ApprovalStatus,
            ExportStatus = json.ExportStatus,
            Rotation = json.Rotation,
            CurrentStageId = json.CurrentStageId,
            UploadedBy = json.UploadedBy,
            UploadChannel = json.UploadChannel,
            Source = json.Source,
            AssignedMembers = Members(json),
            IsDuplicate = json.IsDuplicate,
            IsDeleted = json.IsDeleted,
            FieldCount = json.NumberOfFields,
            Cost = Amount(json.Cost),
            PayableCost = Amount(json.PayableCost),
            Retries = json.Retries,
            PageImageKey = NullIfEmpty(json.FilePath) ?? (IsAddress(json.Url) ? null : NullIfEmpty(json.Url)),
            OriginalFileKey = NullIfEmpty(json.FileUrl),
            SignedUrls = IsAddress(json.Url) ? SignedUrlReader.OfPicture(json.Url!) : null,
        };
        page.SetRaw(raw, rawBytes);
        return page;
    }

    /// <summary>Turns a picture of a classification answer into a page result: a class is a prediction with a label and a score.</summary>
    public static PageResult ReadClassified(JsonElement element, string? modelId)
    {
        Prediction[] classes = [.. element.Member("prediction").Items().Where(static item => item.ValueKind == JsonValueKind.Object)
            .Select(static item => new Prediction
        {
            Label = item.Member("label").AsText() ?? string.Empty,
            Score = item.Member("probability").AsDouble(),
        })];
        string? word = element.Member("message").AsText();
        return new PageResult
        {
            Message = word,
            State = classes.Length > 0 || (word is not null && Is(word.Trim(), "success")) ? PageState.Success : PageState.Failure,
            Input = (NullIfEmpty(element.Member("file").AsText()) ?? NullIfEmpty(element.Member("input").AsText())) is { } input
                ? PublicAddress.In(input)
                : null,
            Page = element.Member("page").AsInt() ?? 0,
            ModelId = modelId,
            Prediction = classes,
            Raw = element.GetRawText(),
        };
    }

    /// <summary>A human's values when the page is approved and there are any, else the model's (reference: section 18).</summary>
    private static Prediction[] Values(PageJson json)
    {
        if (json.IsModerated == true && json.ModeratedBoxes.Length > 0)
            return json.ModeratedBoxes;
        return json.PredictedBoxes.Length > 0 ? json.PredictedBoxes : json.Prediction;
    }

    private static PageState StateOf(PageJson json, bool hasValues, bool queued)
    {
        // A stored page has its state in status, one by page or in an upload answer in message.
        string word = (NullIfEmpty(json.Status) ?? NullIfEmpty(json.Message) ?? string.Empty).Trim();
        if (Is(word, "failure") || Is(word, "failed"))
            return PageState.Failure;
        if (Is(word, "success"))
            return queued && !hasValues ? PageState.Pending : PageState.Success;

        // No word: values tell that it is finished. An unknown word counts as pending until the caller's time limit.
        return word.Length == 0 && hasValues ? PageState.Success : PageState.Pending;
    }

    /// <summary>A validation callback gives a whole signed address where a key is elsewhere (recorded).</summary>
    private static bool IsAddress(string? url) => url?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true;

    private static bool Is(string word, string state) => string.Equals(word, state, StringComparison.OrdinalIgnoreCase);

    private static string[] Members(PageJson json) =>
        json.AssignedMembers.Length == 0 && NullIfEmpty(json.AssignedMember) is { } single ? [single] : json.AssignedMembers;

    private static DateTimeOffset? UploadHour(PageJson json) =>
        json.DaySinceEpoch is > 0 and < 1_000_000 and int day
            ? DateTimeOffset.FromUnixTimeSeconds(0).AddDays(day).AddHours(json.HourOfDay is > 0 and < 24 and int hour ? hour : 0)
            : null;

    private static decimal? Amount(double? value) => value is { } number && Math.Abs(number) < 1e15 ? (decimal)number : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
