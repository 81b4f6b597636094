using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nanonets.Editing;

/// <summary>
/// Changes to the values of a file, told by label. A label may stand on several pages and several times on one: what is meant is never
/// guessed, the caller learns it as a problem.
/// </summary>
internal sealed class FileEdit
{
    private readonly PageEdit[] _pages;
    private readonly List<EditProblem> _problems = [];
    private readonly List<string> _kept = [];
    private List<Dictionary<string, ValueCell>>? _lines;

    /// <param name="pages">The pages as they stand.</param>
    /// <param name="only">Positions of the pages that are meant; null for all.</param>
    public FileEdit(IEnumerable<PageResult> pages, ICollection<int>? only = null) =>
        _pages = [.. pages.Where(page => only is null || only.Contains(page.Page)).Select(static page => new PageEdit(page))];

    /// <summary>The pages with changes.</summary>
    public IEnumerable<PageEdit> Changed => _pages.Where(static page => page.HasChanges);

    /// <summary>What could not be done; nothing should be sent then.</summary>
    public IReadOnlyList<EditProblem> Problems => _problems;

    /// <summary>Labels of rows that still hold what the model had read, where a human has corrected it since.</summary>
    public IReadOnlyList<string> Kept => _kept;

    /// <summary>Whether the file has a field of that label.</summary>
    public bool Has(string label) => Fields(label).Any();

    /// <summary>Whether that label is the header of a table's column, not of a field.</summary>
    public bool IsColumn(string label) => !Has(label)
        && _pages.SelectMany(static page => page.Values).SelectMany(static value => value.Cells)
            .Any(cell => string.Equals(cell.Label, label, StringComparison.OrdinalIgnoreCase));

    /// <summary>Gives the one field of that label a text.</summary>
    public void Set(string label, string text)
    {
        PageValue[] fields = [.. Fields(label)];
        if (fields.Length > 1)
            _problems.Add(EditProblem.Ambiguous(label, fields, CountsPages));
        else if (fields.Length == 1)
            fields[0].SetText(text);
        else
            Add(label, text);
    }

    /// <summary>Gives the fields of that label texts in their order; null leaves one as it is. More texts than fields add fields.</summary>
    public void SetEach(string label, IReadOnlyList<string?> texts)
    {
        PageValue[] fields = [.. Fields(label)];
        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i] is not { } text)
                continue;
            if (i < fields.Length)
                fields[i].SetText(text);
            else
                Add(label, text);
        }
    }

    /// <summary>
    /// Takes what edited rows say of a label. A row holds one text for each: the text of any field of that label is no change, and neither
    /// is what the model had read before a human corrected it. What is left of several rows must agree.
    /// </summary>
    public void SetFromRows(string label, IEnumerable<string> texts)
    {
        PageValue[] fields = [.. Fields(label)];
        string all = string.Join("; ", fields.Select(static field => field.Text));
        string[] differing = [.. texts.Where(text => !ValueText.IsStill(text, all)
            && !fields.Any(field => ValueText.IsStill(text, field.Text))).Distinct(StringComparer.Ordinal)];
        string[] changed =
            [.. differing.Where(text => !fields.Any(field => field.PredictedText is { } read && ValueText.IsStill(text, read)))];
        if (changed.Length > 1)
            _problems.Add(EditProblem.RowsDisagree(label, changed));
        else if (changed.Length == 1)
            Set(label, changed[0]);
        else if (differing.Length > 0)
            _kept.Add(label);
    }

    /// <summary>
    /// Takes what an edited row says of a line of a table. A row of which nothing else is as it stands was made of other pages, or the
    /// tables have changed: its line is then not the one that is meant.
    /// </summary>
    /// <param name="line">The line, from 1 over all tables of the file.</param>
    /// <param name="texts">Texts by column, named as rows name them.</param>
    public void SetLine(int line, IEnumerable<KeyValuePair<string, string>> texts)
    {
        _lines ??= FileLines.Of(_pages.Select(static page => page.Values));
        (ValueCell Cell, string Text)[] cells = line < 1 || line > _lines.Count
            ? []
            : [.. texts.Select(text => (Cell: CellOf(_lines[line - 1], text.Key), Text: text.Value))
                .Where(static pair => pair.Cell is not null).Select(static pair => (pair.Cell!, pair.Text))];
        (ValueCell Cell, string Text)[] differing = [.. cells.Where(static pair => !ValueText.IsStill(pair.Text, pair.Cell.Text))];
        (ValueCell Cell, string Text)[] changed =
            [.. differing.Where(static pair => pair.Cell.PredictedText is not { } read || !ValueText.IsStill(pair.Text, read))];
        if (line > _lines.Count || (changed.Length > 1 && differing.Length == cells.Length))
        {
            _problems.Add(EditProblem.OtherLine(line));
            return;
        }

        foreach ((ValueCell cell, string text) in changed)
            cell.SetText(text);
        _kept.AddRange(differing.Except(changed).Select(static pair => pair.Cell.ColumnName));
    }

    /// <summary>Gives a cell of a table a text.</summary>
    /// <param name="table">Which table, from 1 over all pages that are meant.</param>
    /// <param name="row">Row, from 1 as the service counts.</param>
    /// <param name="column">Header of the column, or its number from 1.</param>
    /// <param name="text">The new text.</param>
    public void SetCell(int table, int row, string column, string text)
    {
        PageValue[] tables = [.. _pages.SelectMany(static page => page.Values).Where(static value => value.IsTable)];
        if (table < 1 || table > tables.Length)
        {
            _problems.Add(EditProblem.NoTable(table, tables.Length));
            return;
        }

        ValueCell[] cells = [.. tables[table - 1]
            .Cells.Where(cell => cell.Row == row && string.Equals(cell.Label, column, StringComparison.OrdinalIgnoreCase))];
        if (cells.Length == 0 && int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            cells = [.. tables[table - 1].Cells.Where(cell => cell.Row == row && cell.Column == number)];
        if (cells.Length == 1)
            cells[0].SetText(text);
        else
            _problems.Add(EditProblem.NoCell(table, row, column, cells.Length));
    }

    /// <summary>A column that is called like a field of the document has a number behind its name in rows.</summary>
    private ValueCell? CellOf(Dictionary<string, ValueCell> line, string column)
    {
        if (!Has(column) && line.TryGetValue(column, out ValueCell? cell))
            return cell;
        int number = column.LastIndexOf('_');
        return number > 0 && Has(column.Substring(0, number)) && line.TryGetValue(column.Substring(0, number), out cell) ? cell : null;
    }

    private bool CountsPages => _pages.Length > 1;

    private void Add(string label, string text)
    {
        // Which page a value belongs to is told by the values around it (no page id is part of the documented request).
        if (Array.Find(_pages, static page => page.Values.Count > 0) is { } page)
            page.Add(label, LabelId(label), text);
        else
            _problems.Add(EditProblem.NothingToAddTo(label));
    }

    private string? LabelId(string label) =>
        _pages.SelectMany(static page => page.Values).FirstOrDefault(value => IsLabel(value, label) && value.LabelId is not null)?.LabelId;

    private IEnumerable<PageValue> Fields(string label) =>
        _pages.SelectMany(static page => page.Values).Where(value => !value.IsTable && IsLabel(value, label));

    private static bool IsLabel(PageValue value, string label) => string.Equals(value.Label, label, StringComparison.OrdinalIgnoreCase);
}
