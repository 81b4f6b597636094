using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Formats;
using Nanonets.Emulator.Documents.Invoices;
using Nanonets.Emulator.Documents.Isolation;

namespace Nanonets.Emulator.Documents;

/// <summary>Reads uploaded files by what is in them; file names and content types play no part.</summary>
public static class DocumentReader
{
    /// <summary>Reads pages, words, fields and tables.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <returns>The document, or null if it is no readable picture or PDF, or needs a password.</returns>
    public static ReadDocument? Read(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return KindOf(content) switch
        {
            DocumentKind.Png => Picture(DocumentKind.Png, PngHeader.Read(content)),
            DocumentKind.Jpeg => Picture(DocumentKind.Jpeg, JpegHeader.Read(content)),
            DocumentKind.Tiff => TiffFile.Read(content) is { } sizes ? Pictures(DocumentKind.Tiff, sizes) : null,
            DocumentKind.Pdf => PdfProcess.Read(content) is { } pdf ? new ReadDocument(DocumentKind.Pdf, InvoiceModel.Read(pdf)) : null,
            _ => null,
        };
    }

    /// <summary>Tells what a file is by its first bytes.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <returns>Null for anything that is no document.</returns>
    public static DocumentKind? KindOf(ReadOnlySpan<byte> content) =>
        PngHeader.Matches(content) ? DocumentKind.Png
        : JpegHeader.Matches(content) ? DocumentKind.Jpeg
        : TiffFile.Matches(content) ? DocumentKind.Tiff
        : PdfText.Matches(content) ? DocumentKind.Pdf
        : null;

    private static ReadDocument? Picture(DocumentKind kind, PixelSize? size) => size is { } known ? Pictures(kind, [known]) : null;

    private static ReadDocument Pictures(DocumentKind kind, IEnumerable<PixelSize> sizes) =>
        new(kind, [.. sizes.Select(size => new ReadPage(size.Width, size.Height, [], [], []))]);
}
