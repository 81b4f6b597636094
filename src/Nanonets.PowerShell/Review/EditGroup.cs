using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.Editing;
using Nanonets.Results;

namespace Nanonets.Review;

/// <summary>What was piped for one file to correct: pages, rows or its id, one after the other.</summary>
internal sealed class EditGroup(ResultFile file)
{
    private readonly List<EditRow> _rows = [];
    private readonly List<object> _inputs = [];
    private readonly HashSet<int> _pages = [];
    private bool _allPages;

    public ResultFile File => file;

    /// <summary>Positions of the pages that are meant; null for all pages of the file.</summary>
    public ICollection<int>? OnlyPages => _allPages ? null : _pages;

    /// <summary>What an error points at: what was piped, so that it can be piped again.</summary>
    public object Target => _inputs.Count switch { 0 => file.Target(null), 1 => _inputs[0], _ => _inputs.ToArray() };

    public bool Suits(ResultFile other) => other.ModelId == file.ModelId && other.RequestFileId == file.RequestFileId;

    public void Add(ResultFile other, EditRow? row, PSObject? input)
    {
        if (!ReferenceEquals(other, file))
        {
            foreach (PageResult page in other.Known)
                file.Add(page);
        }

        if (row is not null)
            _rows.Add(row);
        if (input is not null && input.BaseObject is not string)
            _inputs.Add(input.BaseObject is PSCustomObject ? input : input.BaseObject);
        if (row is null && ResultInput.PagePositionOf(input) is { } position)
            _pages.Add(position);
        else
            _allPages = true;
    }

    /// <summary>Applies the new texts of a hashtable.</summary>
    /// <param name="isLabel">Whether the model has a label that the document does not.</param>
    public async Task ApplyAsync(FileEdit edit, IDictionary fields, Func<string, Task<bool>> isLabel)
    {
        foreach (DictionaryEntry field in fields)
        {
            string label = EditRow.Text(field.Key);
            object? value = field.Value is PSObject wrapped ? wrapped.BaseObject : field.Value;
            if (value is null)
                continue;
            if (!edit.Has(label) && !await isLabel(label).ConfigureAwait(false))
                throw new NanonetsException(
                    NanonetsErrorId.LabelNotFound, $"Neither {file.Title} nor its model has a label '{label}'. Nothing was changed.");

            if (value is IEnumerable list and not string)
                edit.SetEach(label, [.. list.Cast<object?>().Select(static text => text is null ? null : EditRow.Text(text))]);
            else
                edit.Set(label, EditRow.Text(value));
        }
    }

    /// <summary>Applies the rows. Several rows of a file repeat its header values: those that differ from what stands must agree.</summary>
    /// <param name="clearEmpty">Whether an empty cell empties the value.</param>
    /// <param name="isLabel">Whether the model has a label that the document does not.</param>
    public async Task ApplyRowsAsync(FileEdit edit, bool clearEmpty, Func<string, Task<bool>> isLabel)
    {
        foreach (EditRow row in _rows)
        {
            if (row.Line is { } line)
                edit.SetLine(line, row.Values.Where(cell => cell.Value.Length > 0 || clearEmpty));
        }

        foreach (IGrouping<string, string> column in _rows
            .SelectMany(static row => row.Values)
            .Where(cell => cell.Value.Length > 0 || clearEmpty)
            .GroupBy(static cell => cell.Key, static cell => cell.Value, StringComparer.OrdinalIgnoreCase))
        {
            // An empty cell can only empty what is there, and a column of line items is none of the document's own values.
            bool isNew = !edit.Has(column.Key) && !edit.IsColumn(column.Key) && column.Any(static text => text.Length > 0);
            if (edit.Has(column.Key) || (isNew && await isLabel(column.Key).ConfigureAwait(false)))
                edit.SetFromRows(column.Key, column);
        }
    }
}
