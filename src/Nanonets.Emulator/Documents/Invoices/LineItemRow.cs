using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>One row of a line-item table: its line cut into the table's columns, and the lines that go on with its description.</summary>
internal sealed class LineItemRow
{
    /// <summary>Quantity times price makes the amount: the columns are certainly the right ones.</summary>
    private const double CheckedScore = 0.95;
    private const double UncheckedScore = 0.85;
    private readonly List<ReadWord>[] _cells;
    private readonly List<string> _description;
    private readonly int _descriptionColumn;
    private readonly double _score;

    private LineItemRow(List<ReadWord>[] cells, int descriptionColumn, double score)
    {
        _cells = cells;
        _descriptionColumn = descriptionColumn;
        _description = [TextOf(cells[descriptionColumn])];
        _score = score;
    }

    public static LineItemRow? Read(IReadOnlyList<ColumnHeading> columns, TextLine line) =>
        (line.Segments.Count == columns.Count ? Check(columns, InOrder(line)) : null) ?? Check(columns, ByPosition(columns, line));

    /// <summary>A line close under the description and flush with it is more of it.</summary>
    public bool Continue(TextLine line)
    {
        var box = PixelBox.Around(_cells[_descriptionColumn]);
        var more = line.Segments.FirstOrDefault(segment => Math.Abs(segment.Box.XMin - box.XMin) <= segment.Box.Height / 2);
        if (more is null || more.Box.YMin - box.YMax > more.Box.Height)
            return false;
        _cells[_descriptionColumn].AddRange(more.Words);
        _description.Add(more.Text);
        return true;
    }

    public IEnumerable<ReadCell> ToCells(IReadOnlyList<ColumnHeading> columns, int row)
    {
        for (var i = 0; i < _cells.Length; i++)
        {
            if (_cells[i].Count == 0)
                continue;
            var box = PixelBox.Around(_cells[i]);
            var text = i == _descriptionColumn ? string.Join('\n', _description) : TextOf(_cells[i]);
            yield return new ReadCell(row, i + 1, columns[i].Label, text, _score, box.XMin, box.YMin, box.XMax, box.YMax);
        }
    }

    /// <summary>A line with as many segments as there are columns fills them one after the other, however they are aligned.</summary>
    private static List<ReadWord>[] InOrder(TextLine line) => [.. line.Segments.Select(segment => segment.Words.ToList())];

    /// <summary>Otherwise each segment belongs to the heading it overlaps most or is nearest to.</summary>
    private static List<ReadWord>[] ByPosition(IReadOnlyList<ColumnHeading> columns, TextLine line)
    {
        var cells = columns.Select(_ => new List<ReadWord>()).ToArray();
        foreach (var segment in line.Segments)
        {
            var nearest = Enumerable.Range(0, columns.Count).MaxBy(i => columns[i].Box.HorizontalOverlap(segment.Box));
            cells[nearest].AddRange(segment.Words);
        }

        return cells;
    }

    private static LineItemRow? Check(IReadOnlyList<ColumnHeading> columns, List<ReadWord>[] cells)
    {
        int IndexOf(string label) => columns.ToList().FindIndex(column => column.Label == label);
        List<ReadWord> Cell(string label) => IndexOf(label) is >= 0 and var index ? cells[index] : [];
        var (quantity, price) = (Cell(ColumnHeading.Quantity), Cell(ColumnHeading.UnitPrice));
        var amount = AmountText.Parse(TextOf(Cell(ColumnHeading.Amount)));
        var description = IndexOf(ColumnHeading.Description);
        if (amount is null || !cells[description].Exists(word => word.Text.Any(char.IsLetter)) || quantity.Count + price.Count == 0)
            return null;
        var (number, each) = (Number(quantity), AmountText.Parse(TextOf(price))?.Value);
        if ((quantity.Count > 0 && number is null) || (price.Count > 0 && each is null))
            return null;
        var isChecked = number is not null && each is not null && Math.Abs((number.Value * each.Value) - amount.Value) <= 0.01m;
        return new LineItemRow(cells, description, isChecked ? CheckedScore : UncheckedScore);
    }

    /// <summary>A quantity, with or without its unit behind it: "20 Stk".</summary>
    private static decimal? Number(List<ReadWord> quantity) => quantity.Count is 1 or 2 ? AmountText.Parse(quantity[0].Text)?.Value : null;

    private static string TextOf(IEnumerable<ReadWord> words) => string.Join(' ', words.Select(word => word.Text));
}
