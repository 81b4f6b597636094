using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nanonets.Json;

/// <summary>A page as it comes: the union of upload answers, stored pages and callbacks. Structured members stay elements where only parts are read.</summary>
internal sealed class PageJson
{
    [JsonPropertyName("message")] public string? Message { get; set; }

    [JsonPropertyName("status")] public string? Status { get; set; }

    [JsonPropertyName("input")] public string? Input { get; set; }

    [JsonPropertyName("original_file_name")] public string? OriginalFileName { get; set; }

    [JsonPropertyName("prediction")][JsonConverter(typeof(BoxList))] public List<BoxJson>? Prediction { get; set; }

    [JsonPropertyName("predicted_boxes")][JsonConverter(typeof(BoxList))] public List<BoxJson>? PredictedBoxes { get; set; }

    [JsonPropertyName("moderated_boxes")][JsonConverter(typeof(BoxList))] public List<BoxJson>? ModeratedBoxes { get; set; }

    [JsonPropertyName("page")] public int? Page { get; set; }

    [JsonPropertyName("page_no")] public int? PageNo { get; set; }

    [JsonPropertyName("id")] public string? Id { get; set; }

    [JsonPropertyName("request_file_id")] public string? RequestFileId { get; set; }

    [JsonPropertyName("model_id")] public string? ModelId { get; set; }

    [JsonPropertyName("request_metadata")] public string? RequestMetadata { get; set; }

    [JsonPropertyName("processing_type")] public string? ProcessingType { get; set; }

    [JsonPropertyName("size")] public JsonElement Size { get; set; }

    [JsonPropertyName("filepath")] public string? FilePath { get; set; }

    [JsonPropertyName("url")] public string? Url { get; set; }

    [JsonPropertyName("file_url")] public string? FileUrl { get; set; }

    [JsonPropertyName("rotation")] public int? Rotation { get; set; }

    [JsonPropertyName("day_since_epoch")] public int? DaySinceEpoch { get; set; }

    [JsonPropertyName("hour_of_day")] public int? HourOfDay { get; set; }

    [JsonPropertyName("is_moderated")] public bool? IsModerated { get; set; }

    [JsonPropertyName("updated_at")] public string? UpdatedAt { get; set; }

    [JsonPropertyName("verified_at")] public string? VerifiedAt { get; set; }

    [JsonPropertyName("verified_by")] public string? VerifiedBy { get; set; }

    [JsonPropertyName("approval_status")] public string? ApprovalStatus { get; set; }

    [JsonPropertyName("export_status")] public string? ExportStatus { get; set; }

    [JsonPropertyName("current_stage_id")] public string? CurrentStageId { get; set; }

    [JsonPropertyName("uploaded_by")] public string? UploadedBy { get; set; }

    [JsonPropertyName("upload_channel")] public string? UploadChannel { get; set; }

    [JsonPropertyName("source")] public string? Source { get; set; }

    [JsonPropertyName("assigned_member")] public string? AssignedMember { get; set; }

    [JsonPropertyName("assigned_members")] public JsonElement AssignedMembers { get; set; }

    [JsonPropertyName("file_metadata")] public JsonElement FileMetadata { get; set; }

    [JsonPropertyName("is_deleted")] public bool? IsDeleted { get; set; }

    [JsonPropertyName("no_of_fields")] public int? NumberOfFields { get; set; }

    [JsonPropertyName("cost")] public double? Cost { get; set; }

    [JsonPropertyName("payable_cost")] public double? PayableCost { get; set; }

    [JsonPropertyName("retries")] public int? Retries { get; set; }
}

/// <summary>A field or table as it comes.</summary>
internal sealed class BoxJson
{
    [JsonPropertyName("id")] public string? Id { get; set; }

    [JsonPropertyName("label")] public string? Label { get; set; }

    [JsonPropertyName("xmin")] public int? XMin { get; set; }

    [JsonPropertyName("ymin")] public int? YMin { get; set; }

    [JsonPropertyName("xmax")] public int? XMax { get; set; }

    [JsonPropertyName("ymax")] public int? YMax { get; set; }

    [JsonPropertyName("score")] public double? Score { get; set; }

    [JsonPropertyName("ocr_text")] public string? OcrText { get; set; }

    [JsonPropertyName("type")] public string? Type { get; set; }

    [JsonPropertyName("cells")][JsonConverter(typeof(CellList))] public List<CellJson>? Cells { get; set; }

    [JsonPropertyName("status")] public string? Status { get; set; }

    [JsonPropertyName("page_no")] public int? PageNo { get; set; }

    [JsonPropertyName("page")] public int? Page { get; set; }

    [JsonPropertyName("label_id")] public string? LabelId { get; set; }

    [JsonPropertyName("validation_status")] public string? ValidationStatus { get; set; }

    [JsonPropertyName("validation_message")] public string? ValidationMessage { get; set; }
}

/// <summary>A table cell as it comes.</summary>
internal sealed class CellJson
{
    [JsonPropertyName("id")] public string? Id { get; set; }

    [JsonPropertyName("row")] public int? Row { get; set; }

    [JsonPropertyName("col")] public int? Column { get; set; }

    [JsonPropertyName("row_span")] public int? RowSpan { get; set; }

    [JsonPropertyName("col_span")] public int? ColumnSpan { get; set; }

    [JsonPropertyName("label")] public string? Label { get; set; }

    [JsonPropertyName("xmin")] public int? XMin { get; set; }

    [JsonPropertyName("ymin")] public int? YMin { get; set; }

    [JsonPropertyName("xmax")] public int? XMax { get; set; }

    [JsonPropertyName("ymax")] public int? YMax { get; set; }

    [JsonPropertyName("score")] public double? Score { get; set; }

    [JsonPropertyName("text")] public string? Text { get; set; }

    [JsonPropertyName("row_label")] public string? RowLabel { get; set; }

    [JsonPropertyName("verification_status")] public string? VerificationStatus { get; set; }

    [JsonPropertyName("status")] public string? Status { get; set; }

    [JsonPropertyName("failed_validation")] public string? FailedValidation { get; set; }

    [JsonPropertyName("label_id")] public string? LabelId { get; set; }
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
    Converters = [typeof(LenientString), typeof(LenientInt), typeof(LenientDouble), typeof(LenientBool)])]
[JsonSerializable(typeof(PageJson))]
[JsonSerializable(typeof(BoxJson))]
[JsonSerializable(typeof(CellJson))]
[JsonSerializable(typeof(ModelJson))]
[JsonSerializable(typeof(CategoryJson))]
internal sealed partial class NanonetsJson : JsonSerializerContext;
