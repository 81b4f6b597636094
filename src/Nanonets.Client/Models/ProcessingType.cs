namespace Nanonets;

/// <summary>How an upload is processed: the API's <c>async=true|false</c> (documented).</summary>
public enum ProcessingType
{
    /// <summary>The document is queued and the answer comes at once, without values.</summary>
    Async,

    /// <summary>The answer comes when the document is read; advised for up to three pages (documented).</summary>
    Sync,
}
