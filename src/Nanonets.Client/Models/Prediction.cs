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
    /// <value>label</value>
    public string Label { get; internal init; } = string.Empty;

    /// <summary>The text as read, line breaks and spaces included.</summary>
    /// <value>ocr_text</value>
    public string? Text { get; internal init; }

    /// <summary>Certainty from 0 to 1; instant-learning models give 0 throughout (recorded). Null when not sent.</summary>
    /// <value>score</value>
    public double? Score { get; internal init; }

    /// <summary>Where it stands on the page; null when not sent.</summary>
    /// <value>xmin, ymin, xmax, ymax</value>
    public BoundingBox? Box { get; internal init; }

    /// <summary>Field or table.</summary>
    /// <value>type, cells</value>
    public PredictionType Type { get; internal init; }

    /// <summary>Whether it is a class of a classified picture: it has a score and no text.</summary>
    internal bool IsClass => this is { Type: PredictionType.Field, Text: null, Score: not null };

    /// <summary>The cells of a table as one flat list; empty for a field.</summary>
    /// <value>cells</value>
    public TableCell[] Cells { get; internal init; } = [];

    /// <summary><c>correctly_predicted</c>, or <c>moderated</c> after a human's change (recorded).</summary>
    /// <value>status</value>
    public string? Status { get; internal init; }

    /// <summary><c>failed</c> when a validation rule failed, else usually absent (documented).</summary>
    /// <value>validation_status</value>
    public string? ValidationStatus { get; internal init; }

    /// <summary>What the failed rule says (documented).</summary>
    /// <value>validation_message</value>
    public string? ValidationMessage { get; internal init; }

    /// <summary>Id of the label in the model; empty for tables (recorded).</summary>
    /// <value>label_id</value>
    public string? LabelId { get; internal init; }

    /// <summary>Id of this box; may be absent.</summary>
    /// <value>id</value>
    public string? Id { get; internal init; }

    /// <summary>Page in the file, from 0.</summary>
    /// <value>page, page_no</value>
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
    /// <value>row</value>
    public int Row { get; internal init; }

    /// <summary>Column, from 1 (recorded).</summary>
    /// <value>col</value>
    public int Column { get; internal init; }

    /// <summary>Rows it spans, at least 1.</summary>
    /// <value>row_span</value>
    public int RowSpan { get; internal init; } = 1;

    /// <summary>Columns it spans, at least 1.</summary>
    /// <value>col_span</value>
    public int ColumnSpan { get; internal init; } = 1;

    /// <summary>Column header; empty where the column is not mapped (recorded).</summary>
    /// <value>label</value>
    public string? Label { get; internal init; }

    /// <summary>The text as read.</summary>
    /// <value>text</value>
    public string? Text { get; internal init; }

    /// <summary>Certainty from 0 to 1; null when not sent.</summary>
    /// <value>score</value>
    public double? Score { get; internal init; }

    /// <summary>Where it stands on the page.</summary>
    /// <value>xmin, ymin, xmax, ymax</value>
    public BoundingBox? Box { get; internal init; }

    /// <summary>Row header; usually empty (recorded).</summary>
    /// <value>row_label</value>
    public string? RowLabel { get; internal init; }

    /// <summary><c>correctly_predicted</c> as recorded.</summary>
    /// <value>verification_status</value>
    public string? VerificationStatus { get; internal init; }

    /// <summary>Usually empty (recorded).</summary>
    /// <value>status</value>
    public string? Status { get; internal init; }

    /// <summary>The validation rule that failed; usually empty (recorded).</summary>
    /// <value>failed_validation</value>
    public string? FailedValidation { get; internal init; }

    /// <summary>Id of the column's label in the model.</summary>
    /// <value>label_id</value>
    public string? LabelId { get; internal init; }

    /// <summary>Id of this cell.</summary>
    /// <value>id</value>
    public string? Id { get; internal init; }

    /// <summary>The text.</summary>
    /// <returns>The text of the cell.</returns>
    public override string ToString() => Text ?? string.Empty;
}
