namespace Nanonets;

/// <summary>What went wrong. The names are the error ids that PowerShell users see, so they are stable.</summary>
public enum NanonetsErrorId
{
    /// <summary>401: key or header wrong.</summary>
    ApiKeyRejected,

    /// <summary>403: no right.</summary>
    PermissionDenied,

    /// <summary>402: the free calls are used up, or the feature must be paid for.</summary>
    QuotaExhausted,

    /// <summary>404: no such model.</summary>
    ModelNotFound,

    /// <summary>409: the model is in a state in which it cannot do this.</summary>
    ModelNotReady,

    /// <summary>404: no such file.</summary>
    DocumentNotFound,

    /// <summary>404: no such page.</summary>
    PageNotFound,

    /// <summary>A local file that is not there; or 400 from the service, when a request held none.</summary>
    FileMissing,

    /// <summary>400: not a readable picture or PDF.</summary>
    IncorrectImage,

    /// <summary>400 or 422 with another reason, or another status the service refuses with.</summary>
    RequestRejected,

    /// <summary>413: too large.</summary>
    DocumentTooLarge,

    /// <summary>A file type that is not sent; or 415.</summary>
    UnsupportedFile,

    /// <summary>429: too many pages a minute.</summary>
    RateLimited,

    /// <summary>5xx: the service or a gateway before it fails.</summary>
    ServiceUnavailable,

    /// <summary>No connection: name, network, proxy.</summary>
    ConnectionFailed,

    /// <summary>No secure connection: certificate or protocol.</summary>
    TlsFailed,

    /// <summary>No answer, or silence, for longer than allowed.</summary>
    RequestTimedOut,

    /// <summary>An answer that is none of the service's.</summary>
    InvalidResponse,

    /// <summary>The whole upload was handed over and no valid answer came: it may have been accepted and billed.</summary>
    UploadAmbiguous,

    /// <summary>A request that changes something was handed over and no valid answer came: it may have been carried out.</summary>
    RequestAmbiguous,

    /// <summary>Another run that is under way works on the document.</summary>
    UploadElsewhere,

    /// <summary>The pages that the caller allowed for the run are used up.</summary>
    PageBudgetReached,

    /// <summary>The journal cannot be used: nothing is sent without it.</summary>
    JournalUnavailable,

    /// <summary>The file changed while it was sent; the upload was not completed.</summary>
    SourceChanged,

    /// <summary>The file cannot be read: locked, or no permission.</summary>
    SourceUnavailable,

    /// <summary>The file has no content.</summary>
    EmptyFile,

    /// <summary>The service said that it could not fetch a document from its address (documented statuses 202 and 206).</summary>
    AddressNotFetched,

    /// <summary>The document was not finished in the time the caller allowed.</summary>
    ResultTimedOut,

    /// <summary>The service gave up on the document.</summary>
    DocumentFailed,

    /// <summary>The document is still being read, so that it has no values yet.</summary>
    DocumentPending,

    /// <summary>Neither the document nor its model has that label.</summary>
    LabelNotFound,

    /// <summary>A label stands several times where one is meant.</summary>
    LabelAmbiguous,

    /// <summary>Several rows of one document give a label different new texts.</summary>
    RowsDisagree,

    /// <summary>No table, or no cell of it, is where it is said to be.</summary>
    CellNotFound,

    /// <summary>A value cannot be added to a page that has none: the service tells pages by the values they have.</summary>
    PageWithoutValues,

    /// <summary>The storage host refuses a signed address: it has expired, or what it led to is gone.</summary>
    AddressRejected,

    /// <summary>The caller cancelled.</summary>
    OperationCanceled,
}
