using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>
/// Finds labels and the values they announce: in the same segment, to the right on the same line, or below.
/// The score is the strength of that position, less a little for labels that say less.
/// </summary>
internal sealed class LabelSearch
{
    private const double BesideScore = 0.95;
    private const double FarScore = 0.9;
    private const double BelowScore = 0.8;
    private const double LessTelling = 0.05; // per step of label strength
    private const double NearInHeights = 10;
    private const double FarthestInHeights = 60;
    private const double LowestInHeights = 4;

    private static readonly FieldLabel s_dateOfNumber =
        new(FieldNames.InvoiceDate, ValueKind.Date, LabelStrength.Full, []);

    private readonly IReadOnlyList<TextLine> _lines;
    private readonly List<Candidate> _found = [];

    private LabelSearch(IReadOnlyList<TextLine> lines) => _lines = lines;

    public static IReadOnlyList<Candidate> Search(IReadOnlyList<TextLine> lines)
    {
        var search = new LabelSearch(lines);
        foreach (var line in lines)
        {
            for (var i = 0; i < line.Segments.Count; i++)
            {
                if (LabelMatch.AtStart(line.Segments[i].Words) is { } match)
                    search.Follow(match.Label, match.Length, line, i);
            }
        }

        return search._found;
    }

    private void Follow(FieldLabel label, int length, TextLine line, int index)
    {
        var words = line.Segments[index].Words;
        var start = SkipFiller(words, length);
        if (label.Kind == ValueKind.Amount)
        {
            if (AmountSearch.ToTheRight(line, index, start) is { } amount)
            {
                Add(label, amount.Words, amount.Text, amount.IsSameSegment ? BesideScore : RightScore(line, index, amount.Words[0]));
                return;
            }
        }
        else if (start < words.Count)
        {
            AddAt(label, words, start, BesideScore);
            return;
        }
        else if (index + 1 < line.Segments.Count && RightScore(line, index, line.Segments[index + 1].Words[0]) is > 0 and var score)
        {
            var next = line.Segments[index + 1].Words;
            if (AddAt(label, next, SkipFiller(next, 0), score))
                return;
        }

        if (label.MayStandAbove && start >= words.Count)
            LookBelow(label, line.Segments[index].Box);
    }

    private bool AddAt(FieldLabel label, IReadOnlyList<ReadWord> words, int start, double score)
    {
        if (ValueReader.At(label.Kind, words, start) is not { } value)
            return false;
        Add(label, [.. words.Skip(start).Take(value.Length)], value.Text, score);

        // "Invoice no. 471102 of 15 November 2024": the date belongs to the number.
        var next = start + value.Length + 1;
        if (label.Field == FieldNames.InvoiceNumber && next < words.Count)
            AddAt(s_dateOfNumber, words, next, score);
        return true;
    }

    /// <summary>The nearest segment under the label has to be the value and nothing else.</summary>
    private void LookBelow(FieldLabel label, PixelBox box)
    {
        var below = _lines.SelectMany(line => line.Segments)
            .Where(segment => segment.Box.YMin >= box.YMax - (box.Height / 4) && segment.Box.HorizontalOverlap(box) > 0)
            .MinBy(segment => segment.Box.YMin);
        if (below is null || below.Box.YMin - box.YMax > LowestInHeights * Math.Max(box.Height, below.Box.Height))
            return;
        if (ValueReader.At(label.Kind, below.Words, 0) is { } value && value.Length == below.Words.Count)
            Add(label, below.Words, value.Text, BelowScore);
    }

    private void Add(FieldLabel label, IReadOnlyList<ReadWord> words, string text, double score)
    {
        if (score > 0)
            _found.Add(new Candidate(label, words, text, Math.Round(score - (LessTelling * (LabelStrength.Full - label.Strength)), 2)));
    }

    private static double RightScore(TextLine line, int index, ReadWord value)
    {
        var label = line.Segments[index].Box;
        var gap = (value.XMin - label.XMax) / (double)label.Height;
        return gap <= NearInHeights ? BesideScore : gap <= FarthestInHeights ? FarScore : 0;
    }

    private static int SkipFiller(IReadOnlyList<ReadWord> words, int start)
    {
        while (start < words.Count && LabelMatch.IsFiller(words[start].Text))
            start++;
        return start;
    }
}
