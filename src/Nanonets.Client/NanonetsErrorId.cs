namespace Nanonets;

/// <summary>What went wrong. The names are the error ids that PowerShell users see, so they are stable.</summary>
public enum NanonetsErrorId
{
    /// <summary>401: the service rejects the API key.</summary>
    ApiKeyRejected,

    /// <summary>403: the key has no permission.</summary>
    PermissionDenied,

    /// <summary>402: the quota is used up, or the feature needs a paid plan.</summary>
    QuotaExhausted,

    /// <summary>404: no such model.</summary>
    ModelNotFound,

    /// <summary>409: the model is not ready for this.</summary>
    ModelNotReady,

    /// <summary>404: no such file.</summary>
    DocumentNotFound,

    /// <summary>404: no such page.</summary>
    PageNotFound,

    /// <summary>A local file does not exist; or 400 from the service, when a request had no file.</summary>
    FileMissing,

    /// <summary>400: not a readable picture or PDF.</summary>
    IncorrectImage,

    /// <summary>400 or 422 for another reason, or another status with which the service refuses.</summary>
    RequestRejected,

    /// <summary>413: too large.</summary>
    DocumentTooLarge,

    /// <summary>A file type that is not sent; or 415.</summary>
    UnsupportedFile,

    /// <summary>429: too many pages a minute.</summary>
    RateLimited,

    /// <summary>5xx: the service, or a gateway in front of it, fails.</summary>
    ServiceUnavailable,

    /// <summary>No connection, because of the name, the network or the proxy.</summary>
    ConnectionFailed,

    /// <summary>No secure connection, because of the certificate or the protocol.</summary>
    TlsFailed,

    /// <summary>No answer, or silence, for longer than allowed.</summary>
    RequestTimedOut,

    /// <summary>An answer that does not come from the service.</summary>
    InvalidResponse,

    /// <summary>The whole document was sent and no valid answer came. It may have been accepted and billed.</summary>
    UploadAmbiguous,

    /// <summary>A request for a change was sent and no valid answer came. It may have been carried out.</summary>
    RequestAmbiguous,

    /// <summary>Another run is working on the document.</summary>
    UploadElsewhere,

    /// <summary>The page budget of the run is used up.</summary>
    PageBudgetReached,

    /// <summary>The journal cannot be used. Nothing is sent without it.</summary>
    JournalUnavailable,

    /// <summary>The file changed while it was sent; the upload was not completed.</summary>
    SourceChanged,

    /// <summary>The file cannot be read: it is locked, or permission is missing.</summary>
    SourceUnavailable,

    /// <summary>The file has no content.</summary>
    EmptyFile,

    /// <summary>The service said that it could not fetch a document from its address (documented statuses 202 and 206).</summary>
    AddressNotFetched,

    /// <summary>The document was not finished within the time allowed.</summary>
    ResultTimedOut,

    /// <summary>The service gave up on the document.</summary>
    DocumentFailed,

    /// <summary>The document is still being read and has no values yet.</summary>
    DocumentPending,

    /// <summary>Neither the document nor its model has that label.</summary>
    LabelNotFound,

    /// <summary>The label occurs several times where one value is expected.</summary>
    LabelAmbiguous,

    /// <summary>Several rows of one document have different new texts for a label.</summary>
    RowsDisagree,

    /// <summary>The table or the cell does not exist.</summary>
    CellNotFound,

    /// <summary>A value cannot be added to a page without values, since the service identifies pages by their values.</summary>
    PageWithoutValues,

    /// <summary>The storage host rejects a signed address. It has expired, or the file was deleted.</summary>
    AddressRejected,

    /// <summary>The caller cancelled.</summary>
    OperationCanceled,
}
