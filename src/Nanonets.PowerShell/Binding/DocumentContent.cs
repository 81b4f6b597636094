using System.IO;
using System.Management.Automation;
using Nanonets.Errors;
using Nanonets.Sending;
using Nanonets.Uploading;

namespace Nanonets.Binding;

/// <summary>Looks at a document before anything is sent: an upload that must fail costs time and may cost money.</summary>
internal static class DocumentContent
{
    /// <summary>Null when it can be sent, else the error that says why not.</summary>
    /// <param name="skipTypeCheck">True to send other types than PDF, PNG, JPEG and TIFF too.</param>
    public static ErrorRecord? Check(UploadItem item, bool skipTypeCheck)
    {
        // What the service fetches by itself cannot be looked at here.
        if (item.Source.Form == UploadForm.Url)
            return null;

        try
        {
            if (item.Target is FileInfo file)
                SpecialFile.EnsureNot(file.FullName);
            OpenedSource opened = item.Source.OpenToLook();
            item.Bytes = opened.Length;
            bool fits = skipTypeCheck || opened.HasKnownType;
            item.Source.Keep(opened);
            if (fits)
                return null;

            item.Source.Forget();
            return ErrorTable.UnsupportedFile(item.Source, item.Target);
        }
        catch (NanonetsException failure)
        {
            return ErrorTable.From(failure, item.Target);
        }
        catch (IOException special)
        {
            return ErrorTable.SourceUnavailable(item.Source.ToString(), special, item.Target);
        }
    }
}
