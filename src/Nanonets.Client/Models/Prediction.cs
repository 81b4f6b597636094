namespace Nanonets;

/// <summary>What a prediction is (recorded; where the service does not say, a box with cells is a table).</summary>
public enum PredictionType
{
    /// <summary>One value with a label.</summary>
    Field,

    /// <summary>A table with cells.</summary>
    Table,
}

/// <summary>A field or a table that was found on a page. Labels may repeat within a page; nothing is merged.</summary>
public sealed class Prediction
{
    internal Prediction()
    {
    }

    /// <summary>The model's label; <c>table</c> or empty for tables (recorded).</summary>
    public string Label { get; internal init; } = string.Empty;

    /// <summary>The text as read, line breaks and spaces included (API: ocr_text).</summary>
    public string? Text { get; internal init; }

    /// <summary>Certainty from 0 to 1; instant-learning models give 0 throughout (recorded). Null when not sent.</summary>
    public double? Score { get; internal init; }

    /// <summary>Where it stands on the page; null when not sent.</summary>
    public BoundingBox? Box { get; internal init; }

    /// <summary>Field or table.</summary>
    public PredictionType Type { get; internal init; }

    /// <summary>The cells of a table as one flat list; empty for a field.</summary>
    public TableCell[] Cells { get; internal init; } = [];

    /// <summary><c>correctly_predicted</c>, or <c>moderated</c> after a human's change (recorded).</summary>
    public string? Status { get; internal init; }

    /// <summary><c>failed</c> when a validation rule failed, else usually absent (documented).</summary>
    public string? ValidationStatus { get; internal init; }

    /// <summary>What the failed rule says (documented).</summary>
    public string? ValidationMessage { get; internal init; }

    /// <summary>Id of the label in the model; empty for tables (recorded).</summary>
    public string? LabelId { get; internal init; }

    /// <summary>Id of this box; may be absent.</summary>
    public string? Id { get; internal init; }

    /// <summary>Page in the file, from 0 (API: page_no or page).</summary>
    public int? Page { get; internal init; }

    /// <summary>Label and text.</summary>
    /// <returns>For example <c>total_amount=110.00</c>.</returns>
    public override string ToString() => $"{Label}={Text}";
}

/// <summary>A cell of a table. Rows are made by grouping on <see cref="Row"/>.</summary>
public sealed class TableCell
{
    internal TableCell()
    {
    }

    /// <summary>Row, from 1 (recorded).</summary>
    public int Row { get; internal init; }

    /// <summary>Column, from 1 (recorded; API: col).</summary>
    public int Column { get; internal init; }

    /// <summary>Rows it spans, at least 1.</summary>
    public int RowSpan { get; internal init; } = 1;

    /// <summary>Columns it spans, at least 1.</summary>
    public int ColumnSpan { get; internal init; } = 1;

    /// <summary>Column header; empty where the column is not mapped (recorded).</summary>
    public string? Label { get; internal init; }

    /// <summary>The text as read.</summary>
    public string? Text { get; internal init; }

    /// <summary>Certainty from 0 to 1; null when not sent.</summary>
    public double? Score { get; internal init; }

    /// <summary>Where it stands on the page.</summary>
    public BoundingBox? Box { get; internal init; }

    /// <summary>Row header; usually empty (recorded).</summary>
    public string? RowLabel { get; internal init; }

    /// <summary><c>correctly_predicted</c> as recorded.</summary>
    public string? VerificationStatus { get; internal init; }

    /// <summary>Usually empty (recorded).</summary>
    public string? Status { get; internal init; }

    /// <summary>The validation rule that failed; usually empty (recorded).</summary>
    public string? FailedValidation { get; internal init; }

    /// <summary>Id of the column's label in the model.</summary>
    public string? LabelId { get; internal init; }

    /// <summary>Id of this cell.</summary>
    public string? Id { get; internal init; }

    /// <summary>The text.</summary>
    /// <returns>The text of the cell.</returns>
    public override string ToString() => Text ?? string.Empty;
}
