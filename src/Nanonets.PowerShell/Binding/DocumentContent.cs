using System;
using System.IO;
using System.Management.Automation;
using Nanonets.Errors;
using Nanonets.Uploading;

namespace Nanonets.Binding;

/// <summary>Looks at the first bytes of a file before anything is sent: an upload that must fail costs time and may cost money.</summary>
internal static class DocumentContent
{
    /// <summary>Null when the file can be sent, else the error that says why not.</summary>
    /// <param name="skipTypeCheck">True to send other types than PDF, PNG, JPEG and TIFF too.</param>
    public static ErrorRecord? Check(FileInfo file, bool skipTypeCheck)
    {
        try
        {
            byte[] head;
            using (var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, MediaType.SignatureWindow))
                head = MediaType.ReadHead(stream);

            if (head.Length == 0)
                return ErrorTable.EmptyFile(file);
            return skipTypeCheck || MediaType.OfKnown(head) is not null ? null : ErrorTable.UnsupportedFile(file);
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
}
