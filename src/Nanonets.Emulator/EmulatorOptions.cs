using System;
using System.Collections.Generic;

namespace Nanonets.Emulator;

/// <summary>How the emulator behaves. What a test flips while it runs may be set at any time.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The one key that is accepted; everything else is answered 401.</summary>
    public string ApiKey { get; set; } = "emulator-key-not-a-secret";

    /// <summary>Id of the built-in invoice model; any other model is answered 404.</summary>
    public string ModelId { get; set; } = "3f6c1a52-8d0e-4b7a-9c41-5e2f7d9a0b11";

    /// <summary>Loopback port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>How long reading a page takes.</summary>
    public TimeSpan ProcessingTimePerPage { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Shape of a queued upload's answer; both are documented somewhere.</summary>
    public QueuedAnswer QueuedAnswer { get; set; } = QueuedAnswer.Nested;

    /// <summary>What a query by file answers before the file is read; the service's own answer is unknown.</summary>
    public PendingAnswer PendingAnswer { get; set; } = PendingAnswer.PendingPages;

    /// <summary>What a query by page answers before the page is read; members other than the message are unknown.</summary>
    public PendingPageAnswer PendingPageAnswer { get; set; } = PendingPageAnswer.EmptyResult;

    /// <summary>Pages before 402; null for any number.</summary>
    public int? FreePages { get; set; }

    /// <summary>Largest request body before 413; null for any size.</summary>
    public long? MaxBytes { get; set; }

    /// <summary>Takes any content as a document of one page, for tests of size.</summary>
    public bool AcceptAnyContent { get; set; }

    /// <summary>Names of files that the service fails to read after three tries.</summary>
    public ISet<string> FailingFiles { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Answers an unknown file with 200 and empty arrays in place of 404.</summary>
    public bool UnknownFileIsEmpty { get; set; }

    /// <summary>Makes ids and addresses repeatable.</summary>
    public int? Seed { get; init; }

    /// <summary>The clock of processing, ids and expiry.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
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
