using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Util;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>Turns the letters of a PDF page into words with boxes in picture pixels.</summary>
internal static class PdfWords
{
    // Upper-case letters of common typefaces reach about this far above the base line.
    private const double CapitalHeight = 0.7;

    public static IReadOnlyList<PdfWord> Read(Page page, IWordExtractor extractor)
    {
        var words = new List<PdfWord>();
        foreach (var word in extractor.GetWords(page.Letters))
        {
            var text = Clean(word.Text);
            if (text.Length > 0)
                words.Add(new PdfWord(Box(word, text, page), word.TextOrientation == TextOrientation.Horizontal));
        }

        words.Sort((left, right) => left.Word.YMin != right.Word.YMin
            ? left.Word.YMin.CompareTo(right.Word.YMin)
            : left.Word.XMin.CompareTo(right.Word.XMin));
        return words;
    }

    private static ReadWord Box(Word word, string text, Page page)
    {
        // Corners, not sides: the sides of a slanted box are those of the word before it was turned.
        var box = word.BoundingBox;
        PdfPoint[] corners = [box.TopLeft, box.TopRight, box.BottomLeft, box.BottomRight];
        var (top, bottom) = (corners.Max(corner => corner.Y), corners.Min(corner => corner.Y));
        if (word.TextOrientation == TextOrientation.Horizontal)
        {
            // A dash or a full stop alone would have a box too flat to be seen as part of its line.
            var baseLine = word.Letters[0].StartBaseLine.Y;
            bottom = Math.Min(bottom, baseLine);
            top = Math.Max(top, baseLine + (CapitalHeight * word.Letters.Max(letter => letter.PointSize)));
        }

        return new ReadWord(
            text,
            PdfText.ToPixels(corners.Min(corner => corner.X)),
            PdfText.ToPixels(page.Height - top),
            PdfText.ToPixels(corners.Max(corner => corner.X)),
            PdfText.ToPixels(page.Height - bottom));
    }

    /// <summary>Takes out what nobody sees: white space at the ends, zero-width characters, characters that no text may hold.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format) && rune != Rune.ReplacementChar)
                clean.Append(rune.ToString());
        }

        return clean.ToString().Trim();
    }
}
