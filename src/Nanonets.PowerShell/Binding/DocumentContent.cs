using System;
using System.IO;
using System.Management.Automation;
using Nanonets.Errors;

namespace Nanonets.Binding;

/// <summary>Looks at the first bytes of a file before anything is sent: an upload that must fail costs time and may cost money.</summary>
internal static class DocumentContent
{
    /// <summary>PDF readers accept the signature anywhere in the first kilobyte.</summary>
    private const int SignatureWindow = 1024;

    /// <summary>Null when the file can be sent, else the error that says why not.</summary>
    /// <param name="skipTypeCheck">True to send other types than PDF, PNG, JPEG and TIFF too.</param>
    public static ErrorRecord? Check(FileInfo file, bool skipTypeCheck)
    {
        try
        {
            var head = new byte[SignatureWindow];
            int length;
            using (var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, SignatureWindow))
                length = ReadUpTo(stream, head);

            if (length == 0)
                return ErrorTable.EmptyFile(file);
            return skipTypeCheck || IsKnown(head.AsSpan(0, length)) ? null : ErrorTable.UnsupportedFile(file);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return ErrorTable.FileMissing(file.FullName, file, null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            return ErrorTable.SourceUnavailable(file, unreadable);
        }
    }

    private static int ReadUpTo(Stream stream, byte[] buffer)
    {
        int total = 0;
        while (total < buffer.Length && stream.Read(buffer, total, buffer.Length - total) is > 0 and int read)
            total += read;
        return total;
    }

    private static bool IsKnown(ReadOnlySpan<byte> head) =>
        head.IndexOf("%PDF-"u8) >= 0
        || head.StartsWith([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        || head.StartsWith([0xFF, 0xD8, 0xFF])
        || head.StartsWith("II*\0"u8)
        || head.StartsWith("MM\0*"u8)
        || head.StartsWith("II+\0"u8)
        || head.StartsWith("MM\0+"u8);
}
