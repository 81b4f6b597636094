using Nanonets.Documents;

namespace Nanonets.Uploading;

/// <summary>What is proven about an upload; never guessed from the kind of failure.</summary>
internal enum UploadClass
{
    /// <summary>The last byte of the body was never handed over: the service cannot have the document.</summary>
    NotSent,

    /// <summary>The service refused it with an error of its own: not billed.</summary>
    Refused,

    /// <summary>The service answered with a page that names the document.</summary>
    Accepted,

    /// <summary>The whole body was handed over and none of the above came back: it may have been accepted and billed.</summary>
    Ambiguous,
}

/// <summary>What one request proves about one document.</summary>
/// <param name="Document">The document.</param>
/// <param name="Class">What is proven.</param>
/// <param name="Error">Why it was not accepted. Null when it was, and when it was not sent because another document of the request
/// failed.</param>
internal sealed record UploadOutcome(Document Document, UploadClass Class, NanonetsException? Error = null)
{
    /// <summary>The pages when accepted, in page order.</summary>
    public PageResult[] Pages { get; init; } = [];

    /// <summary>
    /// The pages of plain text when accepted, in page order; only of <see cref="Sending.UploadCall.FullText"/>, which has no others.
    /// </summary>
    public TextPage[] TextPages { get; init; } = [];

    /// <summary>Whether a request was made; a document that cannot be opened takes none.</summary>
    public bool WasPosted { get; init; }

    /// <summary>1, or 0 without a request.</summary>
    public int Posts => WasPosted ? 1 : 0;
}
