using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Nanonets.Json;

namespace Nanonets.Editing;

/// <summary>
/// Changes to the values of one page. Made from the page as the service has it now: the service takes the whole list of values, deletes
/// what is left out, and this sends back everything that was not changed as it came, members included that are unknown here.
/// </summary>
internal sealed class PageEdit
{
    private readonly List<PageValue> _values;
    private readonly List<AddedValue> _added = [];

    /// <summary>Begins without changes: from a human's corrections where there are any, else from what the model read.</summary>
    /// <param name="page">The page, as a query by file has just answered it.</param>
    public PageEdit(PageResult page)
    {
        Page = page;
        using JsonDocument raw = JsonDocument.Parse(page.Raw);
        JsonElement[] corrected = Boxes(raw.RootElement, "moderated_boxes");
        JsonElement[] predicted = Boxes(raw.RootElement, "predicted_boxes");
        if (predicted.Length == 0)
            predicted = Boxes(raw.RootElement, "prediction");
        IsCorrected = corrected.Length > 0;
        _values = [.. (IsCorrected ? corrected : predicted)
            .Select((box, index) => new PageValue(page.Page, index, box, IsCorrected ? Same(box, predicted) : null))];
    }

    /// <summary>The page.</summary>
    public PageResult Page { get; }

    /// <summary>Whether anything differs from the page as it stands.</summary>
    public bool HasChanges => AddsValues || _values.Any(static value => value.IsChanged);

    /// <summary>Whether a human has changed values of this page before.</summary>
    internal bool IsCorrected { get; }

    internal bool AddsValues => _added.Count > 0;

    /// <summary>The values of the page, in its order.</summary>
    internal IReadOnlyList<PageValue> Values => _values;

    /// <summary>The changes as people read them, in the order of the page.</summary>
    internal IEnumerable<string> Describe() =>
        _values.SelectMany(static value => value.Describe()).Concat(_added.Select(static added => added.ToString()));

    /// <summary>Adds a value that the page does not have.</summary>
    /// <param name="label">A label of the model.</param>
    /// <param name="labelId">Its id, where known.</param>
    /// <param name="text">The value.</param>
    internal void Add(string label, string? labelId, string text) =>
        _added.Add(new AddedValue(Page.Page, label, labelId ?? string.Empty, text));

    /// <summary>Writes the body of the request: all values of the page.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("moderated_boxes");
        foreach (PageValue value in _values)
            value.Write(json);
        foreach (AddedValue added in _added)
            added.Write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static JsonElement[] Boxes(JsonElement page, string member) =>
        [.. page.Member(member).Items().Where(static box => box.ValueKind == JsonValueKind.Object).Select(static box => box.Clone())];

    private static JsonElement? Same(JsonElement box, JsonElement[] predicted)
    {
        string? id = box.Member("id").AsText();
        JsonElement same = id is null ? default : predicted.FirstOrDefault(other => other.Member("id").AsText() == id);
        return same.ValueKind == JsonValueKind.Undefined ? null : same;
    }

    /// <summary>A value that the page did not have.</summary>
    private sealed class AddedValue(int page, string label, string labelId, string text)
    {
        private readonly string _id = Guid.NewGuid().ToString();

        /// <summary>The members and values of the documented sample; no position is known.</summary>
        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteBoolean("is_new", true);
            json.WriteString("id", _id);
            json.WriteString("label", label);
            foreach (string side in (string[])["xmin", "ymin", "xmax", "ymax"])
                json.WriteNumber(side, 0);
            json.WriteNumber("score", 1);
            json.WriteString("ocr_text", text);
            json.WriteString("status", PageValue.Moderated);
            json.WriteString("type", "field");
            json.WriteString("validation_status", "success");
            json.WriteNumber("page", page);
            json.WriteString("label_id", labelId);
            json.WriteBoolean("lookup_edited", false);
            json.WriteNull("lookup_parent_box_ids");
            json.WriteEndObject();
        }

        public override string ToString() => $"+ {label}: {ValueText.Show(text)}";
    }
}
