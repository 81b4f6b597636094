using System.Collections.Generic;
using System.Text.Json;

namespace Nanonets.Json;

/// <summary>
/// The members of a page: the union of upload answers, stored pages and callbacks. Read without a tree and without reflection between,
/// since a listing has pages by the million.
/// </summary>
internal static class PageMembers
{
    private static readonly MemberTable<SizeJson> s_size = new(
        ("width", static (ref size, ref reader, _) => size.Width = LenientReader.Whole(ref reader)),
        ("height", static (ref size, ref reader, _) => size.Height = LenientReader.Whole(ref reader)));

    private static readonly MemberTable<bool?> s_fileMetadata = new(("duplicate", static (ref duplicate, ref reader, _) =>
    {
        duplicate = reader.TokenType switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };
        reader.Skip();
    }));

    private static readonly MemberTable<PageJson> s_page = new(
        ("message", static (ref page, ref reader, texts) => page.Message = LenientReader.Text(ref reader, texts)),
        ("status", static (ref page, ref reader, texts) => page.Status = LenientReader.Text(ref reader, texts)),
        ("input", static (ref page, ref reader, _) => page.Input = LenientReader.Text(ref reader)),
        ("original_file_name", static (ref page, ref reader, _) => page.OriginalFileName = LenientReader.Text(ref reader)),
        ("prediction", static (ref page, ref reader, texts) => page.Prediction = BoxMembers.ReadList(ref reader, texts)),
        ("predicted_boxes", static (ref page, ref reader, texts) => page.PredictedBoxes = BoxMembers.ReadList(ref reader, texts)),
        ("moderated_boxes", static (ref page, ref reader, texts) => page.ModeratedBoxes = BoxMembers.ReadList(ref reader, texts)),
        ("page", static (ref page, ref reader, _) => page.Page = LenientReader.Whole(ref reader)),
        ("page_no", static (ref page, ref reader, _) => page.PageNo = LenientReader.Whole(ref reader)),
        ("id", static (ref page, ref reader, _) => page.Id = LenientReader.Text(ref reader)),
        ("request_file_id", static (ref page, ref reader, _) => page.RequestFileId = LenientReader.Text(ref reader)),
        ("model_id", static (ref page, ref reader, texts) => page.ModelId = LenientReader.Text(ref reader, texts)),
        ("request_metadata", static (ref page, ref reader, _) => page.RequestMetadata = LenientReader.Text(ref reader)),
        ("processing_type", static (ref page, ref reader, texts) => page.ProcessingType = LenientReader.Text(ref reader, texts)),
        ("size", static (ref page, ref reader, _) => page.Size = Size(ref reader)),
        ("filepath", static (ref page, ref reader, _) => page.FilePath = LenientReader.Text(ref reader)),
        ("url", static (ref page, ref reader, _) => page.Url = LenientReader.Text(ref reader)),
        ("file_url", static (ref page, ref reader, _) => page.FileUrl = LenientReader.Text(ref reader)),
        ("rotation", static (ref page, ref reader, _) => page.Rotation = LenientReader.Whole(ref reader)),
        ("day_since_epoch", static (ref page, ref reader, _) => page.DaySinceEpoch = LenientReader.Whole(ref reader)),
        ("hour_of_day", static (ref page, ref reader, _) => page.HourOfDay = LenientReader.Whole(ref reader)),
        ("is_moderated", static (ref page, ref reader, _) => page.IsModerated = LenientReader.Flag(ref reader)),
        ("updated_at", static (ref page, ref reader, _) => page.UpdatedAt = LenientReader.Text(ref reader)),
        ("verified_at", static (ref page, ref reader, _) => page.VerifiedAt = LenientReader.Text(ref reader)),
        ("verified_by", static (ref page, ref reader, texts) => page.VerifiedBy = LenientReader.Text(ref reader, texts)),
        ("approval_status", static (ref page, ref reader, texts) => page.ApprovalStatus = LenientReader.Text(ref reader, texts)),
        ("export_status", static (ref page, ref reader, texts) => page.ExportStatus = LenientReader.Text(ref reader, texts)),
        ("current_stage_id", static (ref page, ref reader, texts) => page.CurrentStageId = LenientReader.Text(ref reader, texts)),
        ("uploaded_by", static (ref page, ref reader, texts) => page.UploadedBy = LenientReader.Text(ref reader, texts)),
        ("upload_channel", static (ref page, ref reader, texts) => page.UploadChannel = LenientReader.Text(ref reader, texts)),
        ("source", static (ref page, ref reader, texts) => page.Source = LenientReader.Text(ref reader, texts)),
        ("assigned_member", static (ref page, ref reader, texts) => page.AssignedMember = LenientReader.Text(ref reader, texts)),
        ("assigned_members", static (ref page, ref reader, texts) => page.AssignedMembers = Texts(ref reader, texts)),
        ("file_metadata", static (ref page, ref reader, _) => page.IsDuplicate = Duplicate(ref reader)),
        ("is_deleted", static (ref page, ref reader, _) => page.IsDeleted = LenientReader.Flag(ref reader)),
        ("no_of_fields", static (ref page, ref reader, _) => page.NumberOfFields = LenientReader.Whole(ref reader)),
        ("cost", static (ref page, ref reader, _) => page.Cost = LenientReader.Number(ref reader)),
        ("payable_cost", static (ref page, ref reader, _) => page.PayableCost = LenientReader.Number(ref reader)),
        ("retries", static (ref page, ref reader, _) => page.Retries = LenientReader.Whole(ref reader)));

    /// <summary>Reads a page; the reader stands on its bracket.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static PageJson Read(ref Utf8JsonReader reader, TextCache? texts)
    {
        var page = new PageJson();
        s_page.Read(ref page, ref reader, texts);
        return page;
    }

    private static PageSize? Size(ref Utf8JsonReader reader)
    {
        SizeJson size = default;
        s_size.Read(ref size, ref reader, null);
        return size is { Width: { } width, Height: { } height } ? new PageSize(width, height) : null;
    }

    private static bool? Duplicate(ref Utf8JsonReader reader)
    {
        bool? duplicate = null;
        s_fileMetadata.Read(ref duplicate, ref reader, null);
        return duplicate;
    }

    /// <summary>The texts of a list; anything else is none.</summary>
    private static string[] Texts(ref Utf8JsonReader reader, TextCache? texts)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return [];
        }

        List<string>? found = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bool isText = reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
            if (LenientReader.Text(ref reader, texts) is { Length: > 0 } text && isText)
                (found ??= []).Add(text);
        }

        return found is null ? [] : [.. found];
    }

    private struct SizeJson
    {
        public int? Width;
        public int? Height;
    }
}
