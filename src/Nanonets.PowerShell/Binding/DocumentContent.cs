using System.IO;
using System.Management.Automation;
using Nanonets.Errors;
using Nanonets.Documents;

namespace Nanonets.Binding;

/// <summary>Looks at a document before anything is sent: an upload that must fail costs time and may cost money.</summary>
internal static class DocumentContent
{
    /// <summary>Null when it can be sent, else the error that says why not.</summary>
    /// <param name="skipTypeCheck">True to send other types than PDF, PNG, JPEG and TIFF too.</param>
    public static ErrorRecord? Check(Document document, bool skipTypeCheck) =>
        Examine(document, skipTypeCheck) is { } unfit ? ErrorTable.From(unfit, document.Target) : null;

    /// <summary>Null when it can be sent, else why not.</summary>
    /// <param name="skipTypeCheck">True to send other types than PDF, PNG, JPEG and TIFF too.</param>
    public static NanonetsException? Examine(Document document, bool skipTypeCheck)
    {
        // What the service fetches by itself cannot be looked at here.
        if (document.Source.Form == UploadForm.Url)
            return null;

        try
        {
            if (document.Source is { Form: UploadForm.File, SourcePath: { } path })
                SpecialFile.EnsureNot(path);
            OpenedSource opened = document.Source.OpenToLook();
            document.Bytes = opened.Length;
            bool fits = skipTypeCheck || opened.HasKnownType;
            document.Source.Keep(opened);
            if (fits)
                return null;

            document.Source.Forget();
            return new NanonetsException(
                NanonetsErrorId.UnsupportedFile, $"The content of '{document.Source}' is not PDF, PNG, JPEG or TIFF. It was not sent.");
        }
        catch (NanonetsException failure)
        {
            return failure;
        }
        catch (IOException special)
        {
            return new NanonetsException(
                NanonetsErrorId.SourceUnavailable, $"'{document.Source}' cannot be read: {special.Message}", special);
        }
    }
}
