using System;

namespace Nanonets.Errors;

/// <summary>What a person can do about each failure: the recommended action of its error record.</summary>
internal static class Advice
{
    /// <summary>By the id that users see: failures of the HTTP core, and those that only cmdlets know.</summary>
    public static string For(string id) => id switch
    {
        nameof(ErrorTable.ApiKeyMissing) => "Run Connect-Nanonets -ApiKey …, or pass -Connection, or set the environment variable NANONETS_API_KEY or NANONETS_API_KEY_FILE.",
        nameof(ErrorTable.ApiKeyFileUnusable) => "Put the key alone on one line of a file that only your account can read.",
        nameof(ErrorTable.ModelIdMissing) => "Give -ModelId, connect with Connect-Nanonets -ModelId …, or set the environment variable NANONETS_MODEL_ID.",
        nameof(ErrorTable.AddressMissing) => "The document may have been deleted, or not be ready yet: check it with Get-NanonetsResult.",
        nameof(ErrorTable.DestinationInvalid) => "Give the path of a folder that you may write to.",
        nameof(ErrorTable.DuplicateColumn) => "Give the label another column name.",
        nameof(ErrorTable.ResendNotAgreed) => "Use -Force to send them again without a question.",
        nameof(ErrorTable.RowIncomplete) => "List fewer days at once, or make the row of this document anew: $failed.TargetObject.RequestFileId | Get-NanonetsResult | ConvertTo-NanonetsRow.",
        nameof(ErrorTable.FilesPerRequestWithJournal) => "Leave -FilesPerRequest out; -ThrottleLimit says how many requests are under way at once.",
        nameof(ErrorTable.EmptyTimeSpan) => "Give a -Before that is later than -After.",
        nameof(ErrorTable.FileExists) => "Use -Force to overwrite it, or another -Destination.",
        nameof(ErrorTable.FileNotWritten) => "Check free space, permissions and whether another program holds the file.",
        nameof(ErrorTable.JournalPathMissing) => "Give -Journal, connect with Connect-Nanonets -Journal …, or set the environment variable NANONETS_JOURNAL.",
        nameof(ErrorTable.UploadNotResolved) => "Look at the entry as it is now with Get-NanonetsJournalEntry.",
        nameof(ErrorTable.InvalidConnection) => "Correct the setting of Connect-Nanonets, or the environment variable, that the message names.",
        nameof(ErrorTable.NotFileSystemPath) => "Give a path of the file system.",
        nameof(ErrorTable.PathIsFolder) => "Use Get-ChildItem to send the files in it.",
        nameof(ErrorTable.NothingToChange) => "Give -Field or -Cell, or pipe rows: objects with a RequestFileId and properties named like labels.",
        nameof(ErrorTable.TooFewLabels) => "Give -Label two or more.",
        nameof(ErrorTable.RequestFileIdMissing) => "Pipe page results of Send-NanonetsDocument, ids as text, or objects with a RequestFileId property.",
        nameof(ErrorTable.InvalidAddress) => "Give a full https address that the service can reach.",
        nameof(ErrorTable.InvalidEncoding) => "Check how the data was encoded; [Convert]::ToBase64String gives base64 text.",
        nameof(ErrorTable.InvalidStream) => "Open the stream for reading and keep it open until the upload has ended.",
        nameof(ErrorTable.PathIsAddress) => "Use -Uri to have the service fetch a document from an address.",
        nameof(ErrorTable.WebhookInvalid) => "Pass the body as it was posted, whole and unchanged.",
        _ => Enum.TryParse(id, out NanonetsErrorId known) ? For(known) : string.Empty,
    };

    public static string For(NanonetsErrorId id) => id switch
    {
        NanonetsErrorId.ApiKeyRejected => "Copy the key anew from your Nanonets account page, without quotation marks around it, and run Connect-Nanonets -ApiKey … with it.",
        NanonetsErrorId.PermissionDenied => "Use a key of an account that may use this model.",
        NanonetsErrorId.QuotaExhausted => "Change the plan of your Nanonets account or wait for new calls, then pipe what is left, $failed.TargetObject, into the same command.",
        NanonetsErrorId.ModelNotFound => "Check -ModelId; the model's page in the Nanonets web application shows its id.",
        NanonetsErrorId.ModelNotReady => "Wait until the model's training has ended, then run the command again.",
        NanonetsErrorId.DocumentNotFound => "Check the id and the model: a file belongs to the model it was sent to, and may have been deleted.",
        NanonetsErrorId.PageNotFound => "Check the page id and the model; -RequestFileId takes ids of files.",
        NanonetsErrorId.FileMissing => "Check the path.",
        NanonetsErrorId.IncorrectImage => "Open the file in a viewer: it may be damaged or protected by a password.",
        NanonetsErrorId.RequestRejected => "Read the reason the service gives.",
        NanonetsErrorId.DocumentTooLarge => "Split the document or send it with a lower resolution.",
        NanonetsErrorId.UnsupportedFile => "Convert it to PDF, PNG, JPEG or TIFF, or use -SkipTypeCheck if your model reads this type.",
        NanonetsErrorId.EmptyFile => "Check where the file comes from; it may still be being written.",
        NanonetsErrorId.RateLimited => "Send the files again later, or fewer at once with -ThrottleLimit.",
        NanonetsErrorId.ServiceUnavailable => "Try again later.",
        NanonetsErrorId.ConnectionFailed => "Check the network, the proxy and the address given to Connect-Nanonets -BaseUri.",
        NanonetsErrorId.TlsFailed => "Check the certificate of the server or of the proxy between, and the clock of this machine.",
        NanonetsErrorId.RequestTimedOut => "Try again, or allow more time with Connect-Nanonets -TimeoutSec.",
        NanonetsErrorId.InvalidResponse => "Check that -BaseUri is the address of the Nanonets API and that no proxy answers in its place.",
        NanonetsErrorId.UploadAmbiguous => "A run with the same journal looks for it again. Or look in the Nanonets web application, then use Resolve-NanonetsJournalEntry, or send the file again if it is not there.",
        NanonetsErrorId.RequestAmbiguous => "Look in the Nanonets web application whether it was done before you do it again.",
        NanonetsErrorId.UploadElsewhere => "Wait until the other run has ended; running the same line again then takes up what is left.",
        NanonetsErrorId.PageBudgetReached => "Send the unsent documents in another run: $failed.TargetObject | Send-NanonetsDocument, or give a larger -PageBudget.",
        NanonetsErrorId.JournalUnavailable => "Put right what the message names: nothing is sent until the journal can be written.",
        NanonetsErrorId.SourceChanged => "Send the file when nothing writes to it any more.",
        NanonetsErrorId.SourceUnavailable => "Close the program that holds the file, or check its permissions.",
        NanonetsErrorId.AddressNotFetched => "Check that the address opens without a login from outside your network and has not expired, or download the document and send the file.",
        NanonetsErrorId.ResultTimedOut => "Wait again later with Get-NanonetsResult -RequestFileId … -Wait; nothing is lost.",
        NanonetsErrorId.DocumentFailed => "The service gave up on this document after three tries: check it in a viewer and send it again.",
        NanonetsErrorId.DocumentPending => "Wait for it with Get-NanonetsResult -Wait.",
        NanonetsErrorId.LabelNotFound => "See the labels of the model with Get-NanonetsModel.",
        NanonetsErrorId.LabelAmbiguous => "Give -Field a list with a text for each, and $null for those to leave alone, or pipe in the page that is meant.",
        NanonetsErrorId.RowsDisagree => "Give the same text in all rows of the document.",
        NanonetsErrorId.CellNotFound => "See the cells of a page with $page.Prediction.Cells.",
        NanonetsErrorId.PageWithoutValues => "Add the value in the Nanonets web application.",
        NanonetsErrorId.AddressRejected => "Check that the document still exists, and the clock of this machine, then try again.",
        NanonetsErrorId.OperationCanceled => "Run the command again.",
        _ => string.Empty,
    };
}
