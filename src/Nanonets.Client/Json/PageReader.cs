using System;
using System.Collections.Generic;
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
            Size = Size(json.Size),
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
            IsDuplicate = json.FileMetadata.Member("duplicate") switch { { ValueKind: JsonValueKind.True } => true, { ValueKind: JsonValueKind.False } => false, _ => null },
            IsDeleted = json.IsDeleted,
            FieldCount = json.NumberOfFields,
            Cost = Amount(json.Cost),
            PayableCost = Amount(json.PayableCost),
            Retries = json.Retries,
            PageImageKey = NullIfEmpty(json.FilePath) ?? (IsAddress(json.Url) ? null : NullIfEmpty(json.Url)),
            OriginalFileKey = NullIfEmpty(json.FileUrl),
            Raw = element.GetRawText(),
        };
        page.SignedUrls = SignedUrlReader.ForPage(signedUrls, page) ?? (IsAddress(json.Url) ? SignedUrlReader.OfPicture(json.Url!) : null);
        return page;
    }

    /// <summary>Turns a picture of a classification answer into a page result: a class is a prediction with a label and a score.</summary>
    public static PageResult ReadClassified(JsonElement element, string modelId)
    {
        Prediction[] classes = [.. element.Member("prediction").Items().Where(static item => item.ValueKind == JsonValueKind.Object).Select(static item => new Prediction
        {
            Label = item.Member("label").AsText() ?? string.Empty,
            Score = item.Member("probability").AsDouble(),
        })];
        string? word = element.Member("message").AsText();
        return new PageResult
        {
            Message = word,
            State = classes.Length > 0 || (word is not null && Is(word.Trim(), "success")) ? PageState.Success : PageState.Failure,
            Input = (NullIfEmpty(element.Member("file").AsText()) ?? NullIfEmpty(element.Member("input").AsText())) is { } input ? PublicAddress.In(input) : null,
            Page = element.Member("page").AsInt() ?? 0,
            ModelId = modelId,
            Prediction = classes,
            Raw = element.GetRawText(),
        };
    }

    /// <summary>A human's values when the page is approved and there are any, else the model's (reference: section 18).</summary>
    private static Prediction[] Values(PageJson json)
    {
        List<BoxJson>[] inOrder = json.IsModerated == true
            ? [json.ModeratedBoxes ?? [], json.PredictedBoxes ?? [], json.Prediction ?? []]
            : [json.PredictedBoxes ?? [], json.Prediction ?? []];
        return [.. (inOrder.FirstOrDefault(static boxes => boxes.Count > 0) ?? []).Select(PredictionReader.Read)];
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

    private static PageSize? Size(JsonElement size) =>
        size.Member("width").AsInt() is { } width && size.Member("height").AsInt() is { } height ? new PageSize(width, height) : null;

    private static string[] Members(PageJson json)
    {
        string[] members = json.AssignedMembers.ValueKind == JsonValueKind.Array
            ? [.. json.AssignedMembers.EnumerateArray().Select(static member => member.AsText()).OfType<string>()]
            : [];
        return members.Length == 0 && NullIfEmpty(json.AssignedMember) is { } single ? [single] : members;
    }

    private static DateTimeOffset? UploadHour(PageJson json) =>
        json.DaySinceEpoch is > 0 and < 1_000_000 and int day
            ? DateTimeOffset.FromUnixTimeSeconds(0).AddDays(day).AddHours(json.HourOfDay is > 0 and < 24 and int hour ? hour : 0)
            : null;

    private static decimal? Amount(double? value) => value is { } number && Math.Abs(number) < 1e15 ? (decimal)number : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Turns boxes and cells into predictions.</summary>
internal static class PredictionReader
{
    public static Prediction Read(BoxJson box)
    {
        TableCell[] cells = [.. (box.Cells ?? []).Select(Cell)];
        return new Prediction
        {
            Label = box.Label ?? string.Empty,
            Text = box.OcrText,
            Score = box.Score,
            Box = Box(box.XMin, box.YMin, box.XMax, box.YMax),
            Type = string.Equals(box.Type, "table", StringComparison.OrdinalIgnoreCase) || (string.IsNullOrEmpty(box.Type) && cells.Length > 0)
                ? PredictionType.Table
                : PredictionType.Field,
            Cells = cells,
            Status = box.Status,
            ValidationStatus = box.ValidationStatus,
            ValidationMessage = box.ValidationMessage,
            LabelId = box.LabelId,
            Id = box.Id,
            Page = box.Page ?? box.PageNo,
        };
    }

    private static TableCell Cell(CellJson cell) => new()
    {
        Row = cell.Row ?? 0,
        Column = cell.Column ?? 0,
        RowSpan = Math.Max(1, cell.RowSpan ?? 1),
        ColumnSpan = Math.Max(1, cell.ColumnSpan ?? 1),
        Label = cell.Label,
        Text = cell.Text,
        Score = cell.Score,
        Box = Box(cell.XMin, cell.YMin, cell.XMax, cell.YMax),
        RowLabel = cell.RowLabel,
        VerificationStatus = cell.VerificationStatus,
        Status = cell.Status,
        FailedValidation = cell.FailedValidation,
        LabelId = cell.LabelId,
        Id = cell.Id,
    };

    private static BoundingBox? Box(int? xMin, int? yMin, int? xMax, int? yMax) =>
        xMin is null && yMin is null && xMax is null && yMax is null ? null : new BoundingBox(xMin ?? 0, yMin ?? 0, xMax ?? 0, yMax ?? 0);
}
