using System;

namespace Nanonets.Errors;

/// <summary>What a person can do about each failure: the recommended action of its error record.</summary>
internal static class Advice
{
    /// <summary>By the id that users see: failures of the HTTP core, and those that only cmdlets know.</summary>
    public static string For(string id) => id switch
    {
        nameof(ErrorTable.ApiKeyMissing) => "Run Connect-Nanonets -ApiKey …, or pass -Connection, or set the environment variable "
            + "NANONETS_API_KEY or NANONETS_API_KEY_FILE.",
        nameof(ErrorTable.ApiKeyFileUnusable) => "Put the key, and nothing else, on one line of a file that only your account can read.",
        nameof(ErrorTable.ModelIdMissing) =>
            "Use -ModelId, connect with Connect-Nanonets -ModelId …, or set the environment variable NANONETS_MODEL_ID.",
        nameof(ErrorTable.AddressMissing) =>
            "The document may have been deleted, or may not be ready yet. Check it with Get-NanonetsResult.",
        nameof(ErrorTable.DestinationInvalid) => "Specify a folder that you can write to.",
        nameof(ErrorTable.ColumnsDiffer) => "Use another file for -RowsPath, or the -Label and -As that the file was begun with.",
        nameof(ErrorTable.DuplicateColumn) => "Choose another column name for the label.",
        nameof(ErrorTable.ResendNotAgreed) => "Use -Force to send them again without confirmation.",
        nameof(ErrorTable.RowIncomplete) => "List fewer days at once, or make the row of this document again: "
            + "$Error[0].TargetObject.RequestFileId | Get-NanonetsResult | ConvertTo-NanonetsRow.",
        nameof(ErrorTable.ReportIncomplete) => "Sort the pages by document, or make a report of this document alone: "
            + "$Error[0].TargetObject.RequestFileId | Get-NanonetsResult | Export-NanonetsReport document.html.",
        nameof(ErrorTable.FilesPerRequestWithJournal) =>
            "Leave out -FilesPerRequest. Use -ThrottleLimit to set how many requests run at once.",
        nameof(ErrorTable.EmptyTimeSpan) => "Specify a time for -Before that is later than -After.",
        nameof(ErrorTable.FileExists) => "Use -Force to overwrite it, or another name.",
        nameof(ErrorTable.FileNotWritten) => 
            "Specify a file, not a folder. Check free space and permissions, and whether another program is using the file.",
        nameof(ErrorTable.ShortResendAfter) => "Use a longer Connect-Nanonets -ResendAfter, or a journal in a file.",
        nameof(ErrorTable.JournalPathMissing) =>
            "Use -Journal, connect with Connect-Nanonets -Journal …, or set the environment variable NANONETS_JOURNAL.",
        nameof(ErrorTable.UploadNotResolved) => "Get-NanonetsJournalEntry shows the current entry.",
        nameof(ErrorTable.InvalidConnection) =>
            "Correct the setting of Connect-Nanonets, or the environment variable, that the message names.",
        nameof(ErrorTable.NotFileSystemPath) => "Specify a file system path.",
        nameof(ErrorTable.PathIsFolder) => "Use Get-ChildItem to send the files in it.",
        nameof(ErrorTable.NothingToChange) =>
            "Use -Field or -Cell, or pipe rows: objects with a RequestFileId and properties named like labels.",
        nameof(ErrorTable.TooFewLabels) => "Specify two or more labels with -Label.",
        nameof(ErrorTable.RequestFileIdMissing) =>
            "Pipe page results from Send-NanonetsDocument, ids as text, or objects with a RequestFileId property.",
        nameof(ErrorTable.InvalidAddress) => "Specify a full https address that the service can reach.",
        nameof(ErrorTable.InvalidEncoding) => "Check how the data was encoded. [Convert]::ToBase64String makes base64 text.",
        nameof(ErrorTable.InvalidStream) => "Open the stream for reading, and keep it open until the upload has ended.",
        nameof(ErrorTable.PathIsAddress) => "Use -Uri for documents on the web.",
        nameof(ErrorTable.WebhookInvalid) => "Pass the complete, unchanged body of the request.",
        _ => Enum.TryParse(id, out NanonetsErrorId known) ? For(known) : string.Empty,
    };

    public static string For(NanonetsErrorId id) => id switch
    {
        NanonetsErrorId.ApiKeyRejected => "Copy the key again from the account page of app.nanonets.com, without quotation marks around "
            + "it, and run Connect-Nanonets -ApiKey … with it. It must be a key of the Nanonets OCR API, not of another product such as "
            + "DocStrange.",
        NanonetsErrorId.PermissionDenied => "Use the key of an account that has access to this model or feature.",
        NanonetsErrorId.QuotaExhausted => "Change the plan of your Nanonets account, or wait until the quota is renewed. Then "
            + "run the command again; after an upload, pipe the "
            + "unsent documents, $Error[0].TargetObject, to it.",
        NanonetsErrorId.ModelNotFound => "Check the id of the model; its page in the Nanonets web application shows it.",
        NanonetsErrorId.ModelNotReady => "Wait until the training of the model has ended, then run the command again.",
        NanonetsErrorId.DocumentNotFound =>
            "Check the id and the model. A file belongs to the model it was sent to, and may have been deleted.",
        NanonetsErrorId.PageNotFound => "Check the page id and the model. For the id of a file, use -RequestFileId.",
        NanonetsErrorId.FileMissing => "Check the path.",
        NanonetsErrorId.IncorrectImage => "Open the file in a viewer. It may be damaged or protected by a password.",
        NanonetsErrorId.RequestRejected => "The message has the reason that the service gives. Correct the request, then try again.",
        NanonetsErrorId.DocumentTooLarge => "Split the document, or send it with a lower resolution.",
        NanonetsErrorId.UnsupportedFile => "Convert it to PDF, PNG, JPEG or TIFF. If your model reads this type, use Send-NanonetsDocument "
            + "-SkipTypeCheck.",
        NanonetsErrorId.EmptyFile => "Check where the file comes from. Another program may still be writing it.",
        NanonetsErrorId.RateLimited => "Run the command again later; after uploads, pipe the unsent documents, $Error[0].TargetObject, to "
            + "it. The service limits the pages per minute of each model. An upload over the limit was not accepted, "
            + "so it is presumably not billed; it is tried again automatically for a while. If you know the limit of your plan, "
            + "Connect-Nanonets -PagesPerMinute keeps below it.",
        NanonetsErrorId.ServiceUnavailable => "Try again later.",
        NanonetsErrorId.ConnectionFailed => "Check the network, the proxy and the address given to Connect-Nanonets -BaseUri.",
        NanonetsErrorId.TlsFailed => "Check the certificate of the server or proxy, and the clock of this machine.",
        NanonetsErrorId.RequestTimedOut => "Try again, or allow more time with Connect-Nanonets -TimeoutSec.",
        NanonetsErrorId.InvalidResponse => "Check that the address given to Connect-Nanonets -BaseUri is that of the Nanonets API, and "
            + "that no proxy answers in its place.",
        NanonetsErrorId.UploadAmbiguous => "With Send-NanonetsDocument -Journal, run the same command again: it looks for the document. Or "
            + "look in the Nanonets web application: with a journal, record what you found with Resolve-NanonetsJournalEntry; without one, "
            + "send the file again if it is not there. What Read-NanonetsText reads cannot be fetched later: to read the document again, "
            + "which may be billed again, pipe $Error[0].TargetObject to it.",
        NanonetsErrorId.RequestAmbiguous => "Before you repeat it, check in the Nanonets web application whether it was done.",
        NanonetsErrorId.UploadElsewhere => "Wait until the other run has ended, then run the same command again: it sends the rest.",
        NanonetsErrorId.PageBudgetReached =>
            "Send the unsent documents in another run: $Error[0].TargetObject | Send-NanonetsDocument. Or use a larger -PageBudget.",
        NanonetsErrorId.JournalUnavailable =>
            "Check the path or address of the journal, or fix the cause named in the message. Nothing is sent without the journal.",
        NanonetsErrorId.SourceChanged => "Send the file again when no program is writing to it.",
        NanonetsErrorId.SourceUnavailable => "Close the program that is using the file, or check its permissions.",
        NanonetsErrorId.AddressNotFetched => "Check that the address has not expired and opens without a login from outside your network. "
            + "Or download the document and send the file.",
        NanonetsErrorId.ResultTimedOut => "Nothing is lost. Wait again later with Get-NanonetsResult -RequestFileId … -Wait.",
        NanonetsErrorId.DocumentFailed => "The service gave up on this document after three tries. Look at it in a viewer, and send a "
            + "mended file. To have the same file read again, which may be charged, use Restart-NanonetsPrediction: a journal does not "
            + "send it again, not even with Send-NanonetsDocument -Resend Failed.",
        NanonetsErrorId.DocumentPending => "Wait for it with Get-NanonetsResult -Wait.",
        NanonetsErrorId.LabelNotFound => "Get-NanonetsModel shows the labels of the model.",
        NanonetsErrorId.LabelAmbiguous =>
            "Pass a list to -Field with one text for each, and $null for those to leave unchanged, or pipe in the right page.",
        NanonetsErrorId.RowsDisagree => "Use the same text in all rows of the document.",
        NanonetsErrorId.CellNotFound => "$page.Prediction.Cells shows the cells of a page.",
        NanonetsErrorId.PageWithoutValues => "Add the value in the Nanonets web application.",
        NanonetsErrorId.AddressRejected =>
            "Check that the document still exists and that the clock of this machine is right, then try again.",
        NanonetsErrorId.OperationCanceled => "Run the command again.",
        _ => string.Empty,
    };
}
