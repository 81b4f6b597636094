using System;
using System.Linq;
using System.Text.Json;
using Nanonets.Emulator.Documents;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>
/// Writes pages: of upload answers (the reference's 7.1), stored (7.2), and by page (6.2), members in the recorded order.
/// </summary>
internal sealed class PageWriter(EmulatorContext context)
{
    /// <summary>E-mail address of the key's owner.</summary>
    public const string Owner = "owner@example.com";

    public static void WriteUploaded(Utf8JsonWriter json, StoredFile file, int position)
    {
        StoredPage page = file.Pages[position];
        ReadPage read = file.Document.Pages[page.Index];
        bool empty = file.Queued || file.Reading.Fails;
        json.WriteStartObject();
        json.WriteString("message", file.Reading.Fails && !file.Queued ? "Failure" : "Success");
        json.WriteString("input", file.FileName);
        json.WritePropertyName("prediction");
        BoxWriter.Write(json, empty ? Blank(read) : read, page.Id, position, stored: false);
        json.WriteNumber("page", position);
        json.WriteString("request_file_id", file.RequestFileId);
        json.WriteString("filepath", page.PictureKey);
        json.WriteString("id", page.Id);
        json.WriteNumber("rotation", 0);
        json.WriteString("file_url", file.OriginalKey);
        json.WriteString("request_metadata", file.Metadata);
        json.WriteString("processing_type", Processing(file));
        WriteSize(json, read);
        json.WriteEndObject();
    }

    public void WriteStored(Utf8JsonWriter json, StoredFile file, int position, bool isApproved, ListingOptions? listing)
    {
        StoredPage page = file.Pages[position];
        Review review = file.Review;
        (string status, ReadPage read) = StateOf(file, position);
        json.WriteStartObject();
        json.WriteString("model_id", file.ModelId);
        WriteDay(json, file);
        json.WriteBoolean("is_moderated", isApproved);
        json.WriteNumber("hour_of_day", file.UploadedAt.Hour);
        json.WriteString("id", page.Id);
        json.WriteString("url", page.PictureKey);
        WriteBoxes(json, page, read, position, review);
        WriteSize(json, status == "pending" ? null : read);
        json.WriteNumber("page", position);
        json.WriteString("request_file_id", file.RequestFileId);
        json.WriteString("original_file_name", file.FileName);
        json.WriteNull("custom_response");
        json.WriteString("assigned_member", review.Member);
        json.WriteBoolean("is_deleted", false);
        json.WriteString("source", "api");
        WriteFieldCount(json, read);
        json.WriteNumber("cost", status == "success" ? 0.1 : 0);
        json.WriteNumber("payable_cost", status == "success" ? 0.1 : 0);
        json.WriteString("status", status);
        json.WriteString("export_status", review.ExportStatus);
        json.WriteNumber("retries", status == "failure" ? 3 : 0);
        json.WriteNumber("rotation", 0);
        json.WriteString("updated_at", review.UpdatedAtOf(position, page.Id));
        json.WriteString("verified_at", review.VerifiedAt ?? page.Id);
        json.WriteString("verified_by", review.VerifiedBy);
        WriteStage(json);
        json.WriteString("uploaded_by", Owner);
        json.WriteString("upload_channel", "api");
        json.WriteString("file_url", file.OriginalKey);
        json.WriteString("request_metadata", Metadata(file, listing));
        WriteRawOcr(json, page, read, position);
        json.WriteBoolean("delay_post_prediction_tasks", false);
        WriteReview(json, file, review, isApproved);
        json.WriteEndObject();
    }

    public void WriteByPage(Utf8JsonWriter json, StoredFile file, int position)
    {
        StoredPage page = file.Pages[position];
        Review review = file.Review;
        (string status, ReadPage read) = StateOf(file, position);
        json.WriteStartObject();
        json.WriteString("message", status);
        json.WriteString("input", file.FileName);
        json.WritePropertyName("prediction");
        BoxWriter.Write(json, read, page.Id, position, stored: false);
        WriteBoxes(json, page, read, position, review);
        WriteRawOcr(json, page, read, position);
        json.WriteNull("custom_response");
        json.WriteNumber("page", position);
        WriteDay(json, file);
        json.WriteNumber("hour_of_day", file.UploadedAt.Hour);
        json.WriteString("request_file_id", file.RequestFileId);
        json.WriteString("filepath", page.PictureKey);
        json.WriteString("id", page.Id);
        json.WriteBoolean("is_moderated", review.Approved);
        json.WriteNumber("rotation", 0);
        json.WriteString("updated_at", review.UpdatedAtOf(position, page.Id));
        json.WriteString("model_id", file.ModelId);
        json.WriteString("url", page.PictureKey);
        WriteSize(json, status == "pending" ? null : read);
        json.WriteString("original_file_name", file.FileName);
        json.WriteString("assigned_member", review.Member);
        json.WriteString("source", "api");
        WriteFieldCount(json, read);
        json.WriteString("export_status", review.ExportStatus);
        json.WriteString("status", status);
        WriteStage(json);
        json.WriteString("file_url", file.OriginalKey);
        json.WriteString("request_metadata", file.Metadata);
        WriteReview(json, file, review, review.Approved);
        json.WriteEndObject();
    }

    /// <summary>The state word of a page and what may be shown of it by then.</summary>
    private (string Status, ReadPage Read) StateOf(StoredFile file, int position)
    {
        ReadPage read = file.Document.Pages[file.Pages[position].Index];
        bool ready = context.Options.PendingAnswer == PendingAnswer.Partial ? file.IsRead(position, context.Now) : file.IsRead(context.Now);
        if (!ready)
            return ("pending", Blank(read));
        return file.Reading.Fails ? ("failure", Blank(read)) : ("success", read);
    }

    private static string Metadata(StoredFile file, ListingOptions? listing) => listing?.Metadata switch
    {
        ListedMetadata.Dropped => string.Empty,
        ListedMetadata.Truncated => file.Metadata[..Math.Min(file.Metadata.Length, listing.MetadataLength)],
        _ => file.Metadata,
    };

    private static ReadPage Blank(ReadPage page) => page with { Fields = [], Tables = [] };

    private static string Processing(StoredFile file) => file.Queued ? "async" : "sync";

    private static void WriteBoxes(Utf8JsonWriter json, StoredPage page, ReadPage read, int position, Review review)
    {
        json.WritePropertyName("predicted_boxes");
        BoxWriter.Write(json, read, page.Id, position, stored: true);
        json.WriteStartArray("moderated_boxes");
        if (review.Corrections.TryGetValue(position, out Correction? correction))
        {
            foreach (JsonElement box in correction.Boxes.EnumerateArray())
                box.WriteTo(json);
        }

        json.WriteEndArray();
    }

    private static void WriteRawOcr(Utf8JsonWriter json, StoredPage page, ReadPage read, int position)
    {
        json.WritePropertyName("raw_ocr");
        BoxWriter.Write(json, read, page.Id, position, stored: true, typed: false);
    }

    private static void WriteSize(Utf8JsonWriter json, ReadPage? page)
    {
        json.WriteStartObject("size");
        json.WriteNumber("width", page?.Width ?? 0);
        json.WriteNumber("height", page?.Height ?? 0);
        json.WriteEndObject();
    }

    private static void WriteDay(Utf8JsonWriter json, StoredFile file) => json.WriteNumber("day_since_epoch", Day(file.UploadedAt));

    public static int Day(DateTimeOffset time) => (int)(time.ToUnixTimeSeconds() / 86_400);

    private static void WriteFieldCount(Utf8JsonWriter json, ReadPage read) =>
        json.WriteNumber("no_of_fields", read.Fields.Select(static field => field.Label).Distinct(StringComparer.Ordinal).Count());

    private static void WriteStage(Utf8JsonWriter json) => json.WriteString("current_stage_id", "ffffffff-ffff-ffff-ffff-ffffffffffff");

    private void WriteReview(Utf8JsonWriter json, StoredFile file, Review review, bool isApproved)
    {
        json.WriteString("approval_status", isApproved ? "approved" : string.Empty);
        json.WriteStartObject("file_metadata");
        json.WriteBoolean("duplicate", file.IsDuplicate && context.Options.MarkDuplicates);
        json.WriteEndObject();
        json.WriteString("processing_type", Processing(file));
        json.WriteStartArray("assigned_members");
        if (review.Member.Length > 0)
            json.WriteStringValue(review.Member);
        json.WriteEndArray();
    }
}
