using System.Collections.Generic;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>A PDF page as it is shown, that is after its /Rotate entry.</summary>
/// <param name="WidthInPoints">Shown width in points.</param>
/// <param name="HeightInPoints">Shown height in points.</param>
/// <param name="Size">The size of the page's picture.</param>
/// <param name="Words">The words of the text layer.</param>
internal sealed record PdfTextPage(double WidthInPoints, double HeightInPoints, PixelSize Size, IReadOnlyList<PdfWord> Words)
{
    /// <summary>Pixels per point: page pictures are made at 200 dots an inch.</summary>
    public const double Scale = 200.0 / 72;
}

/// <summary>A word and whether it runs from left to right; stamps and margin notes may not.</summary>
internal sealed record PdfWord(ReadWord Word, bool IsHorizontal);
