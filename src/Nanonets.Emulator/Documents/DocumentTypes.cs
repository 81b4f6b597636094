using System;

namespace Nanonets.Emulator.Documents;

/// <summary>How files of each kind are named and served.</summary>
public static class DocumentTypes
{
    /// <summary>The content type under which the original file is served.</summary>
    /// <param name="kind">The kind of document.</param>
    public static string ContentType(DocumentKind kind) => kind switch
    {
        DocumentKind.Pdf => "application/pdf",
        DocumentKind.Png => "image/png",
        DocumentKind.Jpeg => "image/jpeg",
        DocumentKind.Tiff => "image/tiff",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The usual file extension, with its dot.</summary>
    /// <param name="kind">The kind of document.</param>
    public static string Extension(DocumentKind kind) => kind switch
    {
        DocumentKind.Pdf => ".pdf",
        DocumentKind.Png => ".png",
        DocumentKind.Jpeg => ".jpeg",
        DocumentKind.Tiff => ".tiff",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
