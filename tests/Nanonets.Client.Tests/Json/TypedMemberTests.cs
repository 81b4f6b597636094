using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Nanonets.Client.Tests.Support;
using Nanonets.Json;

namespace Nanonets.Client.Tests.Json;

/// <summary>
/// Every page of every example body: the typed members carry what the body says, and values are chosen as the API reference says.
/// </summary>
public class TypedMemberTests
{
    public static TheoryData<string> Bodies =>
        [.. Example.Names("").Where(name => name != "index" && Example.Pages(Example.Json(name)).Any())];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Members_are_what_the_body_says(string name)
    {
        foreach (JsonElement json in Example.Pages(Example.Json(name)))
        {
            PageResult page = PageReader.Read(json, TestClient.Model, default);
            Assert.Equal(Text(json, "message", "status"), page.Message);
            Assert.Equal(Text(json, "input", "original_file_name"), page.Input);
            Assert.Equal(Text(json, "id"), page.Id);
            Assert.Equal(Text(json, "request_file_id"), page.RequestFileId);
            Assert.Equal(Text(json, "model_id") ?? TestClient.Model, page.ModelId);
            Assert.Equal(json.GetProperty("page").GetInt32(), page.Page);
            Assert.Equal(Text(json, "request_metadata") ?? "", page.RequestMetadata ?? "");
            Assert.Equal(Text(json, "processing_type") ?? "", page.ProcessingType ?? "");
            Assert.Equal(Text(json, "file_url"), page.OriginalFileKey);
            Assert.Equal(Text(json, "filepath", "url"), page.PageImageKey);
            Assert.Equal(Text(json, "approval_status") ?? "", page.ApprovalStatus ?? "");
            Assert.Equal(Text(json, "export_status") ?? "", page.ExportStatus ?? "");
            Assert.Equal(Text(json, "current_stage_id") ?? "", page.CurrentStageId ?? "");
            Assert.Equal(Text(json, "uploaded_by") ?? "", page.UploadedBy ?? "");
            Assert.Equal(Text(json, "upload_channel") ?? "", page.UploadChannel ?? "");
            Assert.Equal(Text(json, "source") ?? "", page.Source ?? "");
            Assert.Equal(Text(json, "verified_by"), page.VerifiedBy);
            Assert.Equal(Flag(json, "is_moderated"), page.IsModerated);
            Assert.Equal(Flag(json, "is_deleted"), page.IsDeleted);
            Assert.Equal(json.TryGetProperty("file_metadata", out JsonElement file) ? Flag(file, "duplicate") : null, page.IsDuplicate);
            Assert.Equal(Number(json, "rotation"), page.Rotation);
            Assert.Equal(Number(json, "no_of_fields"), page.FieldCount);
            Assert.Equal(Number(json, "retries"), page.Retries);
            Assert.Equal((decimal?)Number(json, "cost"), page.Cost);
            Assert.Equal((decimal?)Number(json, "payable_cost"), page.PayableCost);
            JsonElement size = json.TryGetProperty("size", out JsonElement given) && given.ValueKind == JsonValueKind.Object
                ? given
                : default;
            Assert.Equal(size.ValueKind == JsonValueKind.Object ? $"{Number(size, "width")} x {Number(size, "height")}" : null,
                page.Size?.ToString());
            if (json.TryGetProperty("day_since_epoch", out JsonElement day) && day.ValueKind == JsonValueKind.Number)
                Assert.Equal(day.GetInt32(), (int)(page.UploadedAt!.Value.UtcDateTime - DateTime.UnixEpoch).TotalDays);
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Values_are_a_human_s_where_the_page_is_approved_and_else_the_model_s(string name)
    {
        foreach (JsonElement json in Example.Pages(Example.Json(name)))
        {
            JsonElement[] boxes = Boxes(json, Flag(json, "is_moderated") == true
                ? ["moderated_boxes", "predicted_boxes", "prediction"]
                : ["predicted_boxes", "prediction"]);
            Prediction[] values = PageReader.Read(json, TestClient.Model, default).Prediction;
            Assert.Equal(boxes.Length, values.Length);
            for (int i = 0; i < boxes.Length; i++)
                AssertBox(boxes[i], values[i]);
        }
    }

    private static void AssertBox(JsonElement box, Prediction value)
    {
        Assert.Equal(Text(box, "label") ?? "", value.Label);
        Assert.Equal(Text(box, "ocr_text") ?? "", value.Text ?? "");
        Assert.Equal(Number(box, "score"), value.Score);
        Assert.Equal(Text(box, "id") ?? "", value.Id ?? "");
        Assert.Equal(Text(box, "label_id") ?? "", value.LabelId ?? "");
        Assert.Equal(Text(box, "status") ?? "", value.Status ?? "");
        Assert.Equal(Text(box, "validation_status"), value.ValidationStatus);
        Assert.Equal(Text(box, "validation_message"), value.ValidationMessage);
        Assert.Equal(Number(box, "page") ?? Number(box, "page_no"), value.Page);
        Assert.Equal($"{Number(box, "xmin")},{Number(box, "ymin")} - {Number(box, "xmax")},{Number(box, "ymax")}", value.Box?.ToString());
        JsonElement[] cells = Boxes(box, ["cells"]);
        Assert.Equal(Text(box, "type") == "table" || cells.Length > 0 ? PredictionType.Table : PredictionType.Field, value.Type);
        Assert.Equal(cells.Select(Describe), value.Cells.Select(cell => FormattableString.Invariant(
            $"{cell.Id} {cell.Row} {cell.Column} {cell.RowSpan} {cell.ColumnSpan} {cell.Label} {cell.Text} {cell.Score} ")
            + FormattableString.Invariant(
                $"{cell.RowLabel} {cell.VerificationStatus} {cell.Status} {cell.FailedValidation} {cell.LabelId} {cell.Box}")));
        static string Describe(JsonElement cell) => FormattableString.Invariant(
            $"{Text(cell, "id")} {Number(cell, "row")} {Number(cell, "col")} {Number(cell, "row_span") ?? 1} ")
            + FormattableString.Invariant(
                $"{Number(cell, "col_span") ?? 1} {Text(cell, "label")} {Text(cell, "text")} {Number(cell, "score")} ")
            + FormattableString.Invariant(
                $"{Text(cell, "row_label")} {Text(cell, "verification_status")} {Text(cell, "status")} {Text(cell, "failed_validation")} ")
            + FormattableString.Invariant(
                $"{Text(cell, "label_id")} {Number(cell, "xmin")},{Number(cell, "ymin")} - {Number(cell, "xmax")},{Number(cell, "ymax")}");
    }

    private static JsonElement[] Boxes(JsonElement json, string[] names) => names
        .Select(name => json.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().ToArray()
            : [])
        .FirstOrDefault(boxes => boxes.Length > 0) ?? [];

    /// <summary>The first that is there and not empty.</summary>
    private static string? Text(JsonElement json, params IEnumerable<string> names) => names
        .Select(name => json.TryGetProperty(name, out JsonElement value) ? value : default)
        .Select(value => value.ValueKind == JsonValueKind.String ? value.GetString() : value.ValueKind == JsonValueKind.Number
            ? value.GetRawText()
            : null)
        .FirstOrDefault(text => !string.IsNullOrEmpty(text));

    private static double? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static bool? Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;
}
