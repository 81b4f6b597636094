using System;
using System.IO;

namespace Nanonets.Documents;

/// <summary>The content type of a document: by its first bytes, since names lie; by its extension where the bytes say nothing.</summary>
internal static class MediaType
{
    /// <summary>Readers of PDF accept its signature anywhere in the first kilobyte.</summary>
    public const int SignatureWindow = 1024;

    private const string Pdf = "application/pdf";
    private const string Unknown = "application/octet-stream";

    private static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    /// <summary>The type of a document the service is known to take; null for anything else.</summary>
    /// <param name="head">Up to <see cref="SignatureWindow"/> bytes from its start.</param>
    public static string? OfKnown(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Png))
            return "image/png";
        if (head.StartsWith(Jpeg))
            return "image/jpeg";

        // Both byte orders, and the 64-bit form of each.
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8))
            return "image/tiff";

        // Junk, a byte order mark or printer commands may stand before a PDF. An archive or a mail that holds PDFs is none: one of them
        // would be read and the others lost.
        return head.IndexOf("%PDF-"u8) >= 0 && !OtherFormat.Begins(head) ? Pdf : null;
    }

    /// <summary>The same of a stream from where it stands, where it is left.</summary>
    public static string? OfKnown(Stream stream)
    {
        long start = stream.Position;
        byte[] head = ReadHead(stream);
        stream.Position = start;
        return OfKnown(head);
    }

    /// <summary>What a name says where the content says nothing.</summary>
    public static string OfName(string fileName) => fileName.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) ? Pdf : Unknown;

    /// <summary>The first bytes of a stream, as many as the signature may need or as there are.</summary>
    private static byte[] ReadHead(Stream stream)
    {
        var head = new byte[SignatureWindow];
        int total = 0;
        while (total < head.Length && stream.Read(head, total, head.Length - total) is > 0 and int read)
            total += read;
        Array.Resize(ref head, total);
        return head;
    }
}
