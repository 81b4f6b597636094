namespace Nanonets.Emulator;

/// <summary>Status of an upload of which some addresses could not be read.</summary>
public enum PartialStatus
{
    /// <summary>As the vendor's specification says.</summary>
    Accepted = 202,

    /// <summary>As the vendor's status table says.</summary>
    PartialContent = 206,
}

/// <summary>Shape of the answer to a queued upload.</summary>
public enum QueuedAnswer
{
    /// <summary>An element for each file, with its pages inside, as the vendor's page for this call documents.</summary>
    Nested,

    /// <summary>An element for each page, as published client code reads it.</summary>
    Flat,
}

/// <summary>Answer by file while it is being read.</summary>
public enum PendingAnswer
{
    /// <summary>All pages, with the status pending.</summary>
    PendingPages,

    /// <summary>Empty arrays and zero counts.</summary>
    Empty,

    /// <summary>404, as for an unknown file.</summary>
    NotFound,

    /// <summary>The pages read so far are finished, the others pending.</summary>
    Partial,
}

/// <summary>Answer by page while it is being read.</summary>
public enum PendingPageAnswer
{
    /// <summary>The message, an empty result and no addresses.</summary>
    EmptyResult,

    /// <summary>The message alone.</summary>
    MessageOnly,

    /// <summary>The page, with the message pending.</summary>
    PendingPage,
}
