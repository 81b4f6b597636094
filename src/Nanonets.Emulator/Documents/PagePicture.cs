using System;
using Nanonets.Emulator.Documents.Formats;
using Nanonets.Emulator.Documents.Pictures;

namespace Nanonets.Emulator.Documents;

/// <summary>Makes the picture of a page that the signed addresses lead to.</summary>
public static class PagePicture
{
    /// <summary>
    /// Draws a page: the file itself for PNG and JPEG, a PNG for TIFF, and for PDF an SVG with the page's words in their places.
    /// </summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="document">What <see cref="DocumentReader.Read"/> made of these bytes.</param>
    /// <param name="pageIndex">The page, from 0.</param>
    /// <returns>The picture's bytes and content type; its size is that of the page.</returns>
    public static (byte[] Bytes, string ContentType) Draw(byte[] content, ReadDocument document, int pageIndex)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentOutOfRangeException.ThrowIfNegative(pageIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(pageIndex, document.Pages.Count);
        return document.Kind switch
        {
            DocumentKind.Png or DocumentKind.Jpeg => (content, DocumentTypes.ContentType(document.Kind)),
            DocumentKind.Tiff => (TiffPicture.Draw(content, document.Pages[pageIndex], pageIndex), "image/png"),
            _ => (SvgPage.Draw(document.Pages[pageIndex]), "image/svg+xml"),
        };
    }
}
