using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Emulator.Documents.Text;

/// <summary>Groups the words of a page into lines, and lines into segments.</summary>
internal static class PageLines
{
    /// <summary>Of the smaller height, what two words of one line have in common at least.</summary>
    private const double SameLineOverlap = 0.6;

    /// <summary>A heading beside several small lines is no part of any of them.</summary>
    private const double LargestHeightRatio = 2.2;

    /// <summary>
    /// A gap wider than this, in heights of the words beside it, separates segments. A word space is about 0.4 of that height.
    /// </summary>
    private const double SegmentGap = 0.9;

    public static IReadOnlyList<TextLine> Group(IEnumerable<ReadWord> words)
    {
        var lines = new List<List<ReadWord>>();
        foreach (var word in words.OrderBy(word => word.YMin + word.YMax).ThenBy(word => word.XMin))
        {
            // Lines are complete once words stand well below them, so a few from the end are enough to look at.
            var line = lines.AsEnumerable().Reverse().Take(8).FirstOrDefault(candidate => IsSameLine(candidate[0], word));
            if (line is null)
                lines.Add([word]);
            else
                line.Add(word);
        }

        return [.. lines.Select(line => new TextLine([.. Split(line)])).OrderBy(line => line.Box.YMin)];
    }

    private static bool IsSameLine(ReadWord first, ReadWord word)
    {
        var (a, b) = (PixelBox.Of(first), PixelBox.Of(word));
        var (smaller, larger) = (Math.Min(a.Height, b.Height), Math.Max(a.Height, b.Height));
        return larger <= smaller * LargestHeightRatio && a.VerticalOverlap(b) >= smaller * SameLineOverlap;
    }

    private static IEnumerable<TextSegment> Split(List<ReadWord> line)
    {
        line.Sort((left, right) => left.XMin.CompareTo(right.XMin));
        var segment = new List<ReadWord> { line[0] };
        foreach (var word in line.Skip(1))
        {
            var last = segment[^1];
            var height = (last.YMax - last.YMin + word.YMax - word.YMin) / 2.0;
            if (word.XMin - last.XMax > SegmentGap * height)
            {
                yield return new TextSegment(segment);
                segment = [];
            }

            segment.Add(word);
        }

        yield return new TextSegment(segment);
    }
}
