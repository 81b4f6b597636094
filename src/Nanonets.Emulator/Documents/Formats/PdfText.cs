using System;
using System.Collections.Generic;
using System.Linq;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>Reads the pages and words of a PDF with PdfPig.</summary>
internal static class PdfText
{
    private const int MaximumPages = 10_000;

    /// <summary>What viewers take for a page whose size makes no sense, in points.</summary>
    private const double LetterWidth = 612;
    private const double LetterHeight = 792;

    // Word spaces are 0.2 em and more, letter spacing of headings and kerning stay below 0.1.
    private static readonly NearestNeighbourWordExtractor s_words = new(
        new NearestNeighbourWordExtractor.NearestNeighbourWordExtractorOptions
        {
            MaximumDistance = (left, right) => 0.15 * Math.Max(left.PointSize, right.PointSize),
            MaxDegreeOfParallelism = 1,
        });

    /// <summary>
    /// The header may come after up to a kilobyte of other bytes, as the common viewers allow; but not inside of another format.
    /// </summary>
    public static bool Matches(ReadOnlySpan<byte> content) =>
        content[..Math.Min(content.Length, 1024)].IndexOf("%PDF-"u8) >= 0 && !ForeignFormat.Matches(content);

    /// <summary>Reads a PDF. A hostile one can end the process: see <see cref="Isolation.PdfProcess"/>.</summary>
    /// <returns>The pages, or null if the file is damaged or needs a password.</returns>
    public static IReadOnlyList<PdfTextPage>? Read(byte[] content)
    {
        try
        {
            // The empty user password is tried by itself, so protection against printing or changing does not matter.
            using var document = PdfDocument.Open(content, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            return document.NumberOfPages is > 0 and <= MaximumPages
                ? [.. Enumerable.Range(1, document.NumberOfPages).Select(number => ReadPage(document, number))]
                : null;
        }
        catch (Exception)
        {
            // The parser throws many kinds of exceptions, framework ones among them, for damaged files; all mean "unreadable" here.
            return null;
        }
    }

    /// <summary>
    /// Reads a page. One that the parser cannot read is shown by viewers all the same, as far as they can: here it is a page without words.
    /// </summary>
    private static PdfTextPage ReadPage(PdfDocument document, int number)
    {
        try
        {
            Page page = document.GetPage(number);
            if (PixelSize.Plausible(ToPixels(page.Width), ToPixels(page.Height)) is { } size)
                return new PdfTextPage(page.Width, page.Height, size, PdfWords.Read(page, s_words));
        }
        catch (Exception)
        {
            // As above.
        }

        return new PdfTextPage(LetterWidth, LetterHeight, new PixelSize(ToPixels(LetterWidth), ToPixels(LetterHeight)), []);
    }

    internal static int ToPixels(double points) => (int)Math.Clamp(Math.Round(points * PdfTextPage.Scale), int.MinValue, int.MaxValue);
}
