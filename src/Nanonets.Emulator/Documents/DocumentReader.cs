using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Formats;
using Nanonets.Emulator.Documents.Invoices;

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
        if (PngHeader.Matches(content))
            return Picture(DocumentKind.Png, PngHeader.Read(content));
        if (JpegHeader.Matches(content))
            return Picture(DocumentKind.Jpeg, JpegHeader.Read(content));
        if (TiffFile.Matches(content))
            return TiffFile.Read(content) is { } pages ? Pictures(DocumentKind.Tiff, pages.Select(page => page.Size)) : null;
        if (!PdfText.Matches(content) || PdfText.Read(content) is not { } pdf)
            return null;
        return new ReadDocument(DocumentKind.Pdf, InvoiceModel.Read(pdf));
    }

    private static ReadDocument? Picture(DocumentKind kind, PixelSize? size) => size is { } known ? Pictures(kind, [known]) : null;

    private static ReadDocument Pictures(DocumentKind kind, IEnumerable<PixelSize> sizes) =>
        new(kind, [.. sizes.Select(size => new ReadPage(size.Width, size.Height, [], [], []))]);
}
