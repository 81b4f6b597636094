using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Emulator.Documents.Text;

/// <summary>A rectangle on a page picture.</summary>
internal readonly record struct PixelBox(int XMin, int YMin, int XMax, int YMax)
{
    public int Height => YMax - YMin;

    public static PixelBox Around(IEnumerable<ReadWord> words) => Around(words.Select(Of));

    public static PixelBox Around(IEnumerable<PixelBox> boxes) => boxes.Aggregate((a, b) => new PixelBox(
        Math.Min(a.XMin, b.XMin), Math.Min(a.YMin, b.YMin), Math.Max(a.XMax, b.XMax), Math.Max(a.YMax, b.YMax)));

    public static PixelBox Of(ReadWord word) => new(word.XMin, word.YMin, word.XMax, word.YMax);

    /// <summary>How many columns of pixels both have; negative for a gap.</summary>
    public int HorizontalOverlap(PixelBox other) => Math.Min(XMax, other.XMax) - Math.Max(XMin, other.XMin);

    /// <summary>How many rows of pixels both have; negative for a gap.</summary>
    public int VerticalOverlap(PixelBox other) => Math.Min(YMax, other.YMax) - Math.Max(YMin, other.YMin);
}
