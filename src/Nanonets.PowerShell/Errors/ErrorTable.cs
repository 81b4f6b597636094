using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Nanonets.Http;
using Nanonets.Journaling;

namespace Nanonets.Errors;

/// <summary>
/// The one place where failures become error records: stable PascalCase ids, a category that says something, what to do
/// next, and as target what the user can pipe back in. A factory has the name of the id it gives; what to do is in <see cref="Advice"/>.
/// </summary>
internal static class ErrorTable
{
    private static readonly Version s_engine = typeof(PSObject).Assembly.GetName().Version ?? new Version();
    private static readonly Version s_showsAdvice = new(7, 5);

    /// <summary>A failure of the HTTP core, with the target it concerns.</summary>
    public static ErrorRecord From(NanonetsException failure, object? target) => From(failure, failure.Message, target);

    /// <summary>A failure of the HTTP core told in other words.</summary>
    public static ErrorRecord From(NanonetsException failure, string message, object? target) => WithAdvice(
        new ErrorRecord(failure, failure.ErrorId.ToString(), CategoryOf(failure.ErrorId), target), message, Advice.For(failure.ErrorId));

    /// <summary>A path that names no file.</summary>
    /// <param name="path">As it was given.</param>
    /// <param name="full">What it stands for, and what can be piped back.</param>
    /// <param name="message">What is missing, where it is not the file.</param>
    public static ErrorRecord FileMissing(string path, string full, string? message = null) => Known(
        new FileNotFoundException(message ?? $"The file '{path}' does not exist.{QuotationHint(path)}", path),
        NanonetsErrorId.FileMissing, FileOf(full));

    /// <summary>A named pipe, a socket or a device: what cannot be read as a file is.</summary>
    public static ErrorRecord SourceUnavailable(string path, IOException cause, object target) => Known(
        new IOException($"'{path}' cannot be read: {cause.Message}", cause), NanonetsErrorId.SourceUnavailable, target);

    /// <summary>An address that no document can be fetched from. It is not repeated: it may be signed.</summary>
    public static ErrorRecord InvalidAddress(ArgumentException cause) =>
        WithAdvice(cause, nameof(InvalidAddress), ErrorCategory.InvalidArgument, null);

    /// <summary>The data is not valid base64 text.</summary>
    public static ErrorRecord InvalidEncoding(string fileName, FormatException cause) => WithAdvice(
        new FormatException($"The data of '{fileName}' is not valid base64 text. It was not sent.", cause),
        nameof(InvalidEncoding), ErrorCategory.InvalidData, null);

    /// <summary>A stream that cannot be read.</summary>
    public static ErrorRecord InvalidStream(ArgumentException cause, Stream stream) => WithAdvice(
        cause, nameof(InvalidStream), ErrorCategory.InvalidArgument, stream);

    /// <summary>An address where a path is expected. It is not repeated: it may be signed.</summary>
    public static ErrorRecord PathIsAddress() => WithAdvice(
        new ArgumentException("-Path was given a URL."), nameof(PathIsAddress), ErrorCategory.InvalidArgument, null);

    /// <summary>The service gave up on pages of a document; its pages were written all the same.</summary>
    public static ErrorRecord DocumentFailed(PageResult failed, IReadOnlyCollection<PageResult> pages) =>
        Known(new InvalidDataException(DocumentFailedText(failed, pages)), NanonetsErrorId.DocumentFailed, failed);

    /// <summary>What <see cref="DocumentFailed"/> says.</summary>
    public static string DocumentFailedText(PageResult failed, IReadOnlyCollection<PageResult> pages)
    {
        int count = pages.Count(static page => page.State == PageState.Failure);
        string what = count == pages.Count ? "could not be read" : $"could be read in part only ({count} of {pages.Count} pages failed)";
        string said = string.IsNullOrWhiteSpace(failed.Message) ? string.Empty : $" The service says: {failed.Message}.";
        return $"'{failed.Input ?? failed.RequestFileId}' {what}.{said}";
    }

    /// <summary>A path of another provider, or on a drive that does not exist.</summary>
    public static ErrorRecord NotFileSystemPath(string path, Exception? cause) => WithAdvice(
        new ArgumentException(
            $"'{path}' {(cause is null ? "is not a file system path." : $"cannot be resolved: {cause.Message}")}"
                + QuotationHint(path),
            cause),
        nameof(NotFileSystemPath), ErrorCategory.InvalidArgument, path);

    /// <summary>A folder was given instead of a file.</summary>
    public static ErrorRecord PathIsFolder(DirectoryInfo folder) => WithAdvice(
        new ArgumentException($"'{folder.FullName}' is a folder."), nameof(PathIsFolder), ErrorCategory.InvalidArgument, folder);

    /// <summary>There is no connection, and the environment holds no key.</summary>
    public static ErrorRecord ApiKeyMissing(bool existsElsewhere) => WithAdvice(
        new InvalidOperationException("There is no connection to Nanonets and no API key."
            + (existsElsewhere ? " A connection exists in another runspace: pass it on with -Connection $using:connection."
                : string.Empty)),
        nameof(ApiKeyMissing), ErrorCategory.AuthenticationError, null);

    /// <summary>-FilesPerRequest was used together with a journal.</summary>
    public static ErrorRecord FilesPerRequestWithJournal() => WithAdvice(
        new ArgumentException("-FilesPerRequest cannot be used with a journal, which needs one request for each document."),
        nameof(FilesPerRequestWithJournal), ErrorCategory.InvalidArgument, null);

    /// <summary>Many documents would be sent again, and the session cannot ask for confirmation.</summary>
    public static ErrorRecord ResendNotAgreed(int count, Exception nobody) => WithAdvice(
        new InvalidOperationException(
            $"-Resend would send up to {count} documents again. That needs confirmation, and this session cannot ask.", nobody),
        nameof(ResendNotAgreed), ErrorCategory.InvalidOperation, null);

    /// <summary>No model was given, and the connection has no default model.</summary>
    public static ErrorRecord ModelIdMissing() => WithAdvice(
        new ArgumentException("No model was specified."), nameof(ModelIdMissing), ErrorCategory.InvalidArgument, null);

    /// <summary>Why a short -ResendAfter is refused with a journal that several machines share.</summary>
    public static string ResendAfterTooShort { get; } =
        $"With a journal in a database -ResendAfter must be at least {ClaimConfirmation.Life.TotalSeconds:0} seconds: an upload of a "
            + "run that is cut off from the database may still leave for that long.";

    /// <summary>-ResendAfter of the connection is too short for the journal that is used.</summary>
    public static ErrorRecord ShortResendAfter() => WithAdvice(
        new ArgumentException(ResendAfterTooShort), nameof(ShortResendAfter), ErrorCategory.InvalidArgument, null);

    /// <summary>No journal was named, and neither the connection nor the environment has one.</summary>
    public static ErrorRecord JournalPathMissing() => WithAdvice(
        new ArgumentException("No journal was specified."), nameof(JournalPathMissing), ErrorCategory.InvalidArgument, null);

    /// <summary>The outcome cannot be recorded: it is known, another run is working on it, or the journal has no such entry.</summary>
    public static ErrorRecord UploadNotResolved(JournalEntry entry, string reason) => WithAdvice(
        new InvalidOperationException(reason), nameof(UploadNotResolved), ErrorCategory.InvalidOperation, entry);

    /// <summary>A piped object is neither a page result nor an id, and has no RequestFileId.</summary>
    public static ErrorRecord RequestFileIdMissing(PSObject input) => WithAdvice(
        new ArgumentException($"'{input}' is neither a page result nor an id, and has no RequestFileId property."),
        nameof(RequestFileIdMissing), ErrorCategory.InvalidArgument, input.BaseObject);

    /// <summary>-Before is not later than -After.</summary>
    public static ErrorRecord EmptyTimeSpan(DateTimeOffset after, DateTimeOffset before) => WithAdvice(
        new ArgumentException(FormattableString.Invariant($"-After ({after:u}) must be earlier than -Before ({before:u}).")),
        nameof(EmptyTimeSpan), ErrorCategory.InvalidArgument, null);

    /// <summary>Two columns would have the same name.</summary>
    public static ErrorRecord DuplicateColumn(string column, string label) => WithAdvice(
        new ArgumentException($"The column name '{column}' for the label '{label}' is already taken."),
        nameof(DuplicateColumn), ErrorCategory.InvalidArgument, label);

    /// <summary>
    /// A page came after the row of its document had been written: too many documents of unknown length were open to keep in memory.
    /// </summary>
    public static ErrorRecord RowIncomplete(PageResult page) => WithAdvice(
        new InvalidOperationException($"The row of '{page.Input ?? page.RequestFileId}' was written without page {page.Page + 1}. "
            + "Its pages came too far apart to be kept in memory."),
        nameof(RowIncomplete), ErrorCategory.LimitsExceeded, page);

    /// <summary>
    /// A page came after its document had been written: too many documents of unknown length were open to keep in memory.
    /// </summary>
    public static ErrorRecord ReportIncomplete(PageResult page) => WithAdvice(
        new InvalidOperationException($"'{page.Input ?? page.RequestFileId}' stands in the report without page {page.Page + 1}. "
            + "Its pages came too far apart to be kept in memory."),
        nameof(ReportIncomplete), ErrorCategory.LimitsExceeded, page);

    /// <summary>No values to change were specified.</summary>
    public static ErrorRecord NothingToChange(object target) => WithAdvice(
        new ArgumentException("No values to change were specified."), nameof(NothingToChange), ErrorCategory.InvalidArgument, target);

    /// <summary>A model needs two or more different labels.</summary>
    public static ErrorRecord TooFewLabels(string[] labels) => WithAdvice(
        new ArgumentException("A model needs two or more different labels."), nameof(TooFewLabels), ErrorCategory.InvalidArgument, labels);

    /// <summary>The destination cannot be used as a folder.</summary>
    public static ErrorRecord DestinationInvalid(string folder, string cause) => WithAdvice(
        new IOException($"'{folder}' cannot be written to: {cause}"), nameof(DestinationInvalid), ErrorCategory.InvalidArgument, folder);

    /// <summary>The file that rows are appended to has other columns.</summary>
    public static ErrorRecord ColumnsDiffer(string path) => WithAdvice(
        new InvalidDataException($"'{path}' has other columns than the rows of this run."),
        nameof(ColumnsDiffer), ErrorCategory.InvalidData, FileOf(path));

    /// <summary>A file of that name already exists.</summary>
    public static ErrorRecord FileExists(string path) => WithAdvice(
        new IOException($"'{path}' already exists."), nameof(FileExists), ErrorCategory.ResourceExists, FileOf(path));

    /// <summary>A file cannot be written: no space, no permission, or another program created it in the meantime.</summary>
    public static ErrorRecord FileNotWritten(string path, Exception cause) => WithAdvice(
        new IOException($"'{path}' cannot be written: {cause.Message}", cause),
        nameof(FileNotWritten), ErrorCategory.WriteError, FileOf(path));

    /// <summary>The service has no address for the file to be saved.</summary>
    public static ErrorRecord AddressMissing(PageResult page, DocumentPart part) => WithAdvice(
        new InvalidDataException(
            $"The service has no address for the {part} of '{page}'."), nameof(AddressMissing), ErrorCategory.ObjectNotFound, page);

    /// <summary>The input is not a webhook body: it is not JSON, is cut off, or has no page.</summary>
    public static ErrorRecord WebhookInvalid(string cause, object? target) => WithAdvice(
        new InvalidDataException(
            $"The input is not a Nanonets webhook body: {cause}"), nameof(WebhookInvalid), ErrorCategory.InvalidData, target);

    /// <summary>A setting of the connection cannot be used, such as an address that would send the key in the clear.</summary>
    public static ErrorRecord InvalidConnection(ArgumentException cause) => WithAdvice(
        cause, nameof(InvalidConnection), ErrorCategory.InvalidArgument, null);

    /// <summary>A key file that is missing, that others can read, or that holds no key.</summary>
    public static ErrorRecord ApiKeyFileUnusable(Sessions.ApiKeyFileException cause) => WithAdvice(
        new ErrorRecord(cause, nameof(ApiKeyFileUnusable), ErrorCategory.SecurityError, null), cause.Message,
        cause.Remedy is null ? Advice.For(nameof(ApiKeyFileUnusable)) : $"Run: {cause.Remedy}");

    /// <summary>A file as the user can pipe it back; its path where there can be no such file, not even by name.</summary>
    private static object FileOf(string path)
    {
        try
        {
            return new FileInfo(path);
        }
        catch (Exception unnameable) when (unnameable is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return path;
        }
    }

    /// <summary>Windows copies a path with quotation marks around it.</summary>
    private static string QuotationHint(string path) =>
        path.Length > 1 && path[0] is '"' or '\'' && path[path.Length - 1] == path[0]
            ? " The quotation marks count as part of the path; remove them."
            : string.Empty;

    private static ErrorRecord Known(Exception cause, NanonetsErrorId id, object target) =>
        WithAdvice(cause, id.ToString(), CategoryOf(id), target);

    private static ErrorRecord WithAdvice(Exception cause, string id, ErrorCategory category, object? target) =>
        WithAdvice(new ErrorRecord(cause, id, category, target), cause.Message, Advice.For(id));

    private static ErrorRecord WithAdvice(ErrorRecord record, string message, string advice)
    {
        record.ErrorDetails = new ErrorDetails(PlainText.Printable(Shown(message, advice, s_engine))) { RecommendedAction = advice };
        return record;
    }

    /// <summary>
    /// From PowerShell 7.5 on the recommended action is shown below the message; older engines, Windows PowerShell among them, show the
    /// message only.
    /// </summary>
    private static string Shown(string message, string advice, Version engine) =>
        engine >= s_showsAdvice || advice.Length == 0 ? message : $"{message} {advice}";

    private static ErrorCategory CategoryOf(NanonetsErrorId id) => id switch
    {
        NanonetsErrorId.ApiKeyRejected => ErrorCategory.AuthenticationError,
        NanonetsErrorId.PermissionDenied => ErrorCategory.PermissionDenied,
        NanonetsErrorId.QuotaExhausted or NanonetsErrorId.RateLimited => ErrorCategory.QuotaExceeded,
        NanonetsErrorId.ModelNotFound or NanonetsErrorId.DocumentNotFound or NanonetsErrorId.PageNotFound
            or NanonetsErrorId.FileMissing or NanonetsErrorId.LabelNotFound or NanonetsErrorId.CellNotFound => ErrorCategory.ObjectNotFound,
        NanonetsErrorId.ModelNotReady => ErrorCategory.ResourceBusy,
        NanonetsErrorId.RequestRejected or NanonetsErrorId.LabelAmbiguous => ErrorCategory.InvalidArgument,
        NanonetsErrorId.DocumentPending or NanonetsErrorId.PageWithoutValues => ErrorCategory.InvalidOperation,
        NanonetsErrorId.IncorrectImage or NanonetsErrorId.UnsupportedFile or NanonetsErrorId.EmptyFile
            or NanonetsErrorId.SourceChanged or NanonetsErrorId.RowsDisagree => ErrorCategory.InvalidData,
        NanonetsErrorId.DocumentTooLarge => ErrorCategory.LimitsExceeded,
        NanonetsErrorId.ServiceUnavailable => ErrorCategory.ResourceUnavailable,
        NanonetsErrorId.ConnectionFailed => ErrorCategory.ConnectionError,
        NanonetsErrorId.TlsFailed => ErrorCategory.SecurityError,
        NanonetsErrorId.RequestTimedOut or NanonetsErrorId.ResultTimedOut => ErrorCategory.OperationTimeout,
        NanonetsErrorId.InvalidResponse => ErrorCategory.ProtocolError,
        NanonetsErrorId.SourceUnavailable or NanonetsErrorId.AddressNotFetched => ErrorCategory.ReadError,
        NanonetsErrorId.UploadElsewhere => ErrorCategory.ResourceBusy,
        NanonetsErrorId.PageBudgetReached => ErrorCategory.LimitsExceeded,
        NanonetsErrorId.JournalUnavailable => ErrorCategory.ResourceUnavailable,
        NanonetsErrorId.AddressRejected => ErrorCategory.ResourceUnavailable,
        NanonetsErrorId.OperationCanceled => ErrorCategory.OperationStopped,
        NanonetsErrorId.DocumentFailed => ErrorCategory.InvalidResult,
        NanonetsErrorId.UploadAmbiguous or NanonetsErrorId.RequestAmbiguous => ErrorCategory.InvalidResult,
        _ => ErrorCategory.NotSpecified,
    };
}
