using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace Nanonets.Benchmarks.Listing;

/// <summary>A stored page in the plainest class that holds it: what anybody would write who has to read a listing.</summary>
public sealed class PlainPage
{
    [JsonPropertyName("model_id")] public string? ModelId { get; set; }

    [JsonPropertyName("day_since_epoch")] public int DaySinceEpoch { get; set; }

    [JsonPropertyName("is_moderated")] public bool IsModerated { get; set; }

    [JsonPropertyName("hour_of_day")] public int HourOfDay { get; set; }

    [JsonPropertyName("id")] public string? Id { get; set; }

    [JsonPropertyName("url")] public string? Url { get; set; }

    [JsonPropertyName("predicted_boxes")] public List<PlainBox>? PredictedBoxes { get; set; }

    [JsonPropertyName("moderated_boxes")] public List<PlainBox>? ModeratedBoxes { get; set; }

    [JsonPropertyName("size")] public PlainSize? Size { get; set; }

    [JsonPropertyName("page")] public int Page { get; set; }

    [JsonPropertyName("request_file_id")] public string? RequestFileId { get; set; }

    [JsonPropertyName("original_file_name")] public string? OriginalFileName { get; set; }

    [JsonPropertyName("is_deleted")] public bool IsDeleted { get; set; }

    [JsonPropertyName("source")] public string? Source { get; set; }

    [JsonPropertyName("no_of_fields")] public int NumberOfFields { get; set; }

    [JsonPropertyName("cost")] public double Cost { get; set; }

    [JsonPropertyName("payable_cost")] public double PayableCost { get; set; }

    [JsonPropertyName("status")] public string? Status { get; set; }

    [JsonPropertyName("export_status")] public string? ExportStatus { get; set; }

    [JsonPropertyName("retries")] public int Retries { get; set; }

    [JsonPropertyName("rotation")] public int Rotation { get; set; }

    [JsonPropertyName("updated_at")] public string? UpdatedAt { get; set; }

    [JsonPropertyName("verified_at")] public string? VerifiedAt { get; set; }

    [JsonPropertyName("verified_by")] public string? VerifiedBy { get; set; }

    [JsonPropertyName("current_stage_id")] public string? CurrentStageId { get; set; }

    [JsonPropertyName("uploaded_by")] public string? UploadedBy { get; set; }

    [JsonPropertyName("upload_channel")] public string? UploadChannel { get; set; }

    [JsonPropertyName("file_url")] public string? FileUrl { get; set; }

    [JsonPropertyName("request_metadata")] public string? RequestMetadata { get; set; }

    [JsonPropertyName("approval_status")] public string? ApprovalStatus { get; set; }

    [JsonPropertyName("processing_type")] public string? ProcessingType { get; set; }

    [JsonPropertyName("assigned_members")] public List<string>? AssignedMembers { get; set; }
}

/// <summary>A field of a page.</summary>
public sealed class PlainBox
{
    [JsonPropertyName("id")] public string? Id { get; set; }

    [JsonPropertyName("label")] public string? Label { get; set; }

    [JsonPropertyName("xmin")] public int XMin { get; set; }

    [JsonPropertyName("ymin")] public int YMin { get; set; }

    [JsonPropertyName("xmax")] public int XMax { get; set; }

    [JsonPropertyName("ymax")] public int YMax { get; set; }

    [JsonPropertyName("score")] public double Score { get; set; }

    [JsonPropertyName("ocr_text")] public string? OcrText { get; set; }

    [JsonPropertyName("status")] public string? Status { get; set; }

    [JsonPropertyName("type")] public string? Type { get; set; }

    [JsonPropertyName("page")] public int Page { get; set; }

    [JsonPropertyName("label_id")] public string? LabelId { get; set; }
}

/// <summary>Size of a page picture.</summary>
public sealed class PlainSize
{
    [JsonPropertyName("width")] public int Width { get; set; }

    [JsonPropertyName("height")] public int Height { get; set; }
}

/// <summary>Reads it without reflection, as the module does.</summary>
[JsonSerializable(typeof(PlainPage))]
internal sealed partial class PlainJson : JsonSerializerContext;
