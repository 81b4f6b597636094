using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Nanonets.Json;

namespace Nanonets.Editing;

/// <summary>
/// A field or table of a page as it stands, which can be given another text. Goes back as it came except for what was changed.
/// </summary>
internal sealed class PageValue
{
    /// <summary>Status of a value that a human has changed (documented).</summary>
    public const string Moderated = "moderated";

    private readonly JsonElement _box;
    private readonly ValueCell[] _cells;
    private string? _changed;

    /// <param name="page">The page, from 0.</param>
    /// <param name="index">Position in the page's list.</param>
    /// <param name="box">The value as it came.</param>
    /// <param name="predicted">What the model had read in its place; null where that is the same or not known.</param>
    public PageValue(int page, int index, JsonElement box, JsonElement? predicted)
    {
        (Page, Index, _box) = (page, index, box);
        Label = box.Member("label").AsText() ?? string.Empty;
        Text = box.Member("ocr_text").AsText() ?? string.Empty;
        PredictedText = predicted is { } original ? original.Member("ocr_text").AsText() ?? string.Empty : null;
        LabelId = box.Member("label_id").AsText();
        Score = box.Member("score").AsText() is { } score
            && double.TryParse(score, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture,
                out double number) ? number : 0;
        JsonElement[] read = [.. predicted?.Member("cells").Items() ?? []];
        _cells = [.. box.Member("cells").Items().Select(cell => new ValueCell(cell, read))];
        string? type = box.Member("type").AsText();
        IsTable = string.Equals(type, "table", System.StringComparison.OrdinalIgnoreCase) || (type is null && _cells.Length > 0);
    }

    public int Page { get; }

    public int Index { get; }

    public string Label { get; }

    public string? LabelId { get; }

    /// <summary>The text as it stands.</summary>
    public string Text { get; }

    /// <summary>What the model had read where a human has changed it; null where that is not known.</summary>
    public string? PredictedText { get; }

    public double Score { get; }

    public bool IsTable { get; }

    public IReadOnlyList<ValueCell> Cells => _cells;

    public bool IsChanged => _changed is not null || _cells.Any(static cell => cell.Changed is not null);

    /// <summary>Gives it another text; the same text is no change.</summary>
    public void SetText(string text) => _changed = ValueText.AreEqual(text, Text) ? null : text;

    public IEnumerable<string> Describe()
    {
        if (_changed is not null)
            yield return $"{Label}: {ValueText.Show(Text)} → {ValueText.Show(_changed)}";
        foreach (ValueCell cell in _cells.Where(static cell => cell.Changed is not null))
            yield return $"{(Label.Length > 0 ? Label : "table")} row {cell.Row}, {cell.ColumnName}: {ValueText.Show(cell.Text)} → "
                + $"{ValueText.Show(cell.Changed!)}";
    }

    public void Write(Utf8JsonWriter json)
    {
        if (!IsChanged)
        {
            json.WriteRawValue(_box.GetRawText(), skipInputValidation: true);
            return;
        }

        var changes = new JsonChanges(json) { ["status"] = Moderated };
        if (_changed is not null)
            changes["ocr_text"] = _changed;
        changes.Write(_box, "cells", () =>
        {
            json.WriteStartArray();
            foreach (ValueCell cell in _cells)
                cell.Write(json);
            json.WriteEndArray();
        });
    }
}

/// <summary>A cell of a table.</summary>
internal sealed class ValueCell
{
    private readonly JsonElement _cell;

    /// <param name="cell">The cell as it came.</param>
    /// <param name="predicted">The cells that the model had read in this table; none where that is the same or not known.</param>
    public ValueCell(JsonElement cell, IEnumerable<JsonElement> predicted)
    {
        _cell = cell;
        (Row, Column) = (cell.Member("row").AsInt(), cell.Member("col").AsInt());
        Label = cell.Member("label").AsText() ?? string.Empty;
        Text = cell.Member("text").AsText() ?? string.Empty;
        JsonElement same = predicted.FirstOrDefault(other => other.Member("row").AsInt() == Row && other.Member("col").AsInt() == Column);
        PredictedText = same.ValueKind == JsonValueKind.Undefined ? null : same.Member("text").AsText() ?? string.Empty;
    }

    public int? Row { get; }

    public int? Column { get; }

    public string Label { get; }

    public string Text { get; }

    /// <summary>What the model had read where a human has changed the table; null where that is not known.</summary>
    public string? PredictedText { get; }

    /// <summary>The new text; null when unchanged.</summary>
    public string? Changed { get; private set; }

    public string ColumnName => Label.Length > 0 ? Label : $"column {Column}";

    public void SetText(string text) => Changed = ValueText.AreEqual(text, Text) ? null : text;

    public TableCell AsTableCell() => new() { Row = Row ?? 0, Column = Column ?? 0, Label = Label, Text = Text };

    public void Write(Utf8JsonWriter json)
    {
        if (Changed is null)
            json.WriteRawValue(_cell.GetRawText(), skipInputValidation: true);
        else
            new JsonChanges(json) { ["text"] = Changed }.Write(_cell);
    }
}
