using System;
using System.Text.Json;

namespace Nanonets.Json;

/// <summary>The members of boxes, and of the cells of those that are tables.</summary>
internal static class BoxMembers
{
    private static readonly MemberTable<CellJson> s_cell = new(
        ("id", static (ref cell, ref reader, _) => cell.Id = LenientReader.Text(ref reader)),
        ("row", static (ref cell, ref reader, _) => cell.Row = LenientReader.Whole(ref reader)),
        ("col", static (ref cell, ref reader, _) => cell.Column = LenientReader.Whole(ref reader)),
        ("row_span", static (ref cell, ref reader, _) => cell.RowSpan = LenientReader.Whole(ref reader)),
        ("col_span", static (ref cell, ref reader, _) => cell.ColumnSpan = LenientReader.Whole(ref reader)),
        ("label", static (ref cell, ref reader, texts) => cell.Label = LenientReader.Text(ref reader, texts)),
        ("xmin", static (ref cell, ref reader, _) => cell.Place.XMin = LenientReader.Whole(ref reader)),
        ("ymin", static (ref cell, ref reader, _) => cell.Place.YMin = LenientReader.Whole(ref reader)),
        ("xmax", static (ref cell, ref reader, _) => cell.Place.XMax = LenientReader.Whole(ref reader)),
        ("ymax", static (ref cell, ref reader, _) => cell.Place.YMax = LenientReader.Whole(ref reader)),
        ("score", static (ref cell, ref reader, _) => cell.Score = LenientReader.Number(ref reader)),
        ("text", static (ref cell, ref reader, _) => cell.Text = LenientReader.Text(ref reader)),
        ("row_label", static (ref cell, ref reader, texts) => cell.RowLabel = LenientReader.Text(ref reader, texts)),
        ("verification_status", static (ref cell, ref reader, texts) => cell.VerificationStatus = LenientReader.Text(ref reader, texts)),
        ("status", static (ref cell, ref reader, texts) => cell.Status = LenientReader.Text(ref reader, texts)),
        ("failed_validation", static (ref cell, ref reader, texts) => cell.FailedValidation = LenientReader.Text(ref reader, texts)),
        ("label_id", static (ref cell, ref reader, texts) => cell.LabelId = LenientReader.Text(ref reader, texts)));

    private static readonly MemberTable<BoxJson> s_box = new(
        ("id", static (ref box, ref reader, _) => box.Id = LenientReader.Text(ref reader)),
        ("label", static (ref box, ref reader, texts) => box.Label = LenientReader.Text(ref reader, texts)),
        ("xmin", static (ref box, ref reader, _) => box.Place.XMin = LenientReader.Whole(ref reader)),
        ("ymin", static (ref box, ref reader, _) => box.Place.YMin = LenientReader.Whole(ref reader)),
        ("xmax", static (ref box, ref reader, _) => box.Place.XMax = LenientReader.Whole(ref reader)),
        ("ymax", static (ref box, ref reader, _) => box.Place.YMax = LenientReader.Whole(ref reader)),
        ("score", static (ref box, ref reader, _) => box.Score = LenientReader.Number(ref reader)),
        ("ocr_text", static (ref box, ref reader, _) => box.OcrText = LenientReader.Text(ref reader)),
        ("type", static (ref box, ref reader, texts) => box.Type = LenientReader.Text(ref reader, texts)),
        ("cells", static (ref box, ref reader, texts) => box.Cells = s_cell.ReadList(ref reader, texts, Cell)),
        ("status", static (ref box, ref reader, texts) => box.Status = LenientReader.Text(ref reader, texts)),
        ("page_no", static (ref box, ref reader, _) => box.PageNo = LenientReader.Whole(ref reader)),
        ("page", static (ref box, ref reader, _) => box.Page = LenientReader.Whole(ref reader)),
        ("label_id", static (ref box, ref reader, texts) => box.LabelId = LenientReader.Text(ref reader, texts)),
        ("validation_status", static (ref box, ref reader, texts) => box.ValidationStatus = LenientReader.Text(ref reader, texts)),
        ("validation_message", static (ref box, ref reader, texts) => box.ValidationMessage = LenientReader.Text(ref reader, texts)));

    /// <summary>Reads a list of boxes; one box in place of a list is a list of one, anything else is empty.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static Prediction[] ReadList(ref Utf8JsonReader reader, TextCache? texts) => s_box.ReadList(ref reader, texts, Box);

    private static Prediction Box(BoxJson box)
    {
        TableCell[] cells = box.Cells ?? [];
        return new Prediction
        {
            Label = box.Label ?? string.Empty,
            Text = box.OcrText,
            Score = box.Score,
            Box = box.Place.ToBox(),
            Type = string.Equals(box.Type, "table", StringComparison.OrdinalIgnoreCase)
                || (string.IsNullOrEmpty(box.Type) && cells.Length > 0)
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
        Box = cell.Place.ToBox(),
        RowLabel = cell.RowLabel,
        VerificationStatus = cell.VerificationStatus,
        Status = cell.Status,
        FailedValidation = cell.FailedValidation,
        LabelId = cell.LabelId,
        Id = cell.Id,
    };
}
