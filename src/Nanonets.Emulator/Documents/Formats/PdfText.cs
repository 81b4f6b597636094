using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>Reads the pages and words of a PDF with PdfPig.</summary>
internal static class PdfText
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    // Word spaces are 0.2 em and more, letter spacing of headings and kerning stay below 0.1.
    private static readonly NearestNeighbourWordExtractor s_words = new(
        new NearestNeighbourWordExtractor.NearestNeighbourWordExtractorOptions
        {
            MaximumDistance = (left, right) => 0.15 * Math.Max(left.PointSize, right.PointSize),
            MaxDegreeOfParallelism = 1,
        });

    /// <summary>The header may come after up to a kilobyte of other bytes, as the common viewers allow.</summary>
    public static bool Matches(ReadOnlySpan<byte> content) => content[..Math.Min(content.Length, 1024)].IndexOf("%PDF-"u8) >= 0;

    /// <returns>The pages, or null if the file is damaged or needs a password.</returns>
    public static IReadOnlyList<PdfTextPage>? Read(byte[] content)
    {
        IReadOnlyList<PdfTextPage>? pages = null;

        // A thread of its own, because a hostile file can nest deeper than a request's stack and loop longer than its caller waits.
        var thread = new Thread(() => pages = ReadOrNull(content), maxStackSize: 16 * 1024 * 1024) { IsBackground = true, Name = "PDF" };
        thread.Start();
        return thread.Join(s_limit) ? pages : null;
    }

    private static List<PdfTextPage>? ReadOrNull(byte[] content)
    {
        try
        {
            // The empty user password is tried by itself, so protection against printing or changing does not matter.
            using var document = PdfDocument.Open(content, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            var pages = document.GetPages().Select(ReadPage).ToList();
            return pages.Count > 0 && pages.All(page => page is not null) ? pages.ConvertAll(page => page!) : null;
        }
        catch (Exception)
        {
            // The parser throws many kinds of exceptions, framework ones among them, for damaged files; all mean "unreadable" here.
            return null;
        }
    }

    private static PdfTextPage? ReadPage(Page page)
    {
        var size = PixelSize.Plausible(ToPixels(page.Width), ToPixels(page.Height));
        return size is null ? null : new PdfTextPage(page.Width, page.Height, size.Value, PdfWords.Read(page, s_words));
    }

    internal static int ToPixels(double points) => (int)Math.Clamp(Math.Round(points * PdfTextPage.Scale), int.MinValue, int.MaxValue);
}
