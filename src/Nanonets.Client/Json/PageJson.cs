using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nanonets.Json;

/// <summary>A page as it comes: the union of upload answers, stored pages and callbacks.</summary>
[JsonConverter(typeof(PageJsonConverter))]
internal sealed class PageJson
{
    public string? Message { get; set; }

    public string? Status { get; set; }

    public string? Input { get; set; }

    public string? OriginalFileName { get; set; }

    public Prediction[] Prediction { get; set; } = [];

    public Prediction[] PredictedBoxes { get; set; } = [];

    public Prediction[] ModeratedBoxes { get; set; } = [];

    public int? Page { get; set; }

    public int? PageNo { get; set; }

    public string? Id { get; set; }

    public string? RequestFileId { get; set; }

    public string? ModelId { get; set; }

    public string? RequestMetadata { get; set; }

    public string? ProcessingType { get; set; }

    public PageSize? Size { get; set; }

    public string? FilePath { get; set; }

    public string? Url { get; set; }

    public string? FileUrl { get; set; }

    public int? Rotation { get; set; }

    public int? DaySinceEpoch { get; set; }

    public int? HourOfDay { get; set; }

    public bool? IsModerated { get; set; }

    public string? UpdatedAt { get; set; }

    public string? VerifiedAt { get; set; }

    public string? VerifiedBy { get; set; }

    public string? ApprovalStatus { get; set; }

    public string? ExportStatus { get; set; }

    public string? CurrentStageId { get; set; }

    public string? UploadedBy { get; set; }

    public string? UploadChannel { get; set; }

    public string? Source { get; set; }

    public string? AssignedMember { get; set; }

    public string[] AssignedMembers { get; set; } = [];

    public bool? IsDuplicate { get; set; }

    public bool? IsDeleted { get; set; }

    public int? NumberOfFields { get; set; }

    public double? Cost { get; set; }

    public double? PayableCost { get; set; }

    public int? Retries { get; set; }
}

/// <summary>Reads a page where it is part of a larger text.</summary>
internal sealed class PageJsonConverter : JsonConverter<PageJson>
{
    public override PageJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PageMembers.Read(ref reader, null);

    public override void Write(Utf8JsonWriter writer, PageJson value, JsonSerializerOptions options) =>
        throw new NotSupportedException(LenientReader.OnlyRead);
}

/// <summary>A field or table as it comes.</summary>
internal struct BoxJson
{
    public string? Id;
    public string? Label;
    public PlaceJson Place;
    public double? Score;
    public string? OcrText;
    public string? Type;
    public TableCell[]? Cells;
    public string? Status;
    public int? PageNo;
    public int? Page;
    public string? LabelId;
    public string? ValidationStatus;
    public string? ValidationMessage;
}

/// <summary>A table cell as it comes.</summary>
internal struct CellJson
{
    public string? Id;
    public int? Row;
    public int? Column;
    public int? RowSpan;
    public int? ColumnSpan;
    public string? Label;
    public PlaceJson Place;
    public double? Score;
    public string? Text;
    public string? RowLabel;
    public string? VerificationStatus;
    public string? Status;
    public string? FailedValidation;
    public string? LabelId;
}

/// <summary>Where something stands on the picture of a page.</summary>
internal struct PlaceJson
{
    public int? XMin;
    public int? YMin;
    public int? XMax;
    public int? YMax;

    /// <summary>Null when nothing of it was sent.</summary>
    public readonly BoundingBox? ToBox() =>
        XMin is null && YMin is null && XMax is null && YMax is null ? null : new BoundingBox(XMin ?? 0, YMin ?? 0, XMax ?? 0, YMax ?? 0);
}

/// <summary>A model as it comes.</summary>
internal sealed class ModelJson
{
    [JsonPropertyName("model_id")] public string? ModelId { get; set; }

    [JsonPropertyName("model_type")] public string? ModelType { get; set; }

    [JsonPropertyName("state")] public int? State { get; set; }

    [JsonPropertyName("categories")][JsonConverter(typeof(CategoryList))] public List<CategoryJson>? Categories { get; set; }

    [JsonPropertyName("status")] public string? Status { get; set; }

    [JsonPropertyName("accuracy")] public double? Accuracy { get; set; }
}

/// <summary>A label of a model as it comes.</summary>
internal sealed class CategoryJson
{
    [JsonPropertyName("name")] public string? Name { get; set; }

    [JsonPropertyName("count")] public int? Count { get; set; }
}

/// <summary>Source-generated readers: no reflection at run time, the same on both editions.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(LenientString), typeof(LenientInt), typeof(LenientDouble)])]
[JsonSerializable(typeof(PageJson))]
[JsonSerializable(typeof(ModelJson))]
[JsonSerializable(typeof(CategoryJson))]
internal sealed partial class NanonetsJson : JsonSerializerContext;
