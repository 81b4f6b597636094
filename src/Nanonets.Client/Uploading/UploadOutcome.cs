namespace Nanonets;

/// <summary>What is proven about an upload; never guessed from the kind of failure.</summary>
public enum UploadClass
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

/// <summary>What became of one document of an upload.</summary>
public sealed class UploadOutcome
{
    internal UploadOutcome(UploadSource source, UploadClass @class, int attempts, NanonetsException? error = null, PageResult[]? pages = null)
    {
        (Source, Class, Attempts, Error, Pages) = (source, @class, attempts, error, pages ?? []);
    }

    /// <summary>The document.</summary>
    public UploadSource Source { get; }

    /// <summary>What is proven.</summary>
    public UploadClass Class { get; }

    /// <summary>The pages when accepted, in page order.</summary>
    public PageResult[] Pages { get; }

    /// <summary>The pages of plain text when accepted, in page order; only of <see cref="UploadCall.FullText"/>, which has no others.</summary>
    public TextPage[] TextPages { get; internal init; } = [];

    /// <summary>Why not, unless accepted.</summary>
    public NanonetsException? Error { get; }

    /// <summary>How many tries were made.</summary>
    public int Attempts { get; }
}
