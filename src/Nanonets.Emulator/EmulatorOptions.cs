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

    /// <summary>How often a queued file must be asked for, by file or by page, before it is read, whatever time has passed.</summary>
    public int PollsUntilRead { get; set; }

    /// <summary>How long a training takes; half of it the model is queued.</summary>
    public TimeSpan TrainingTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the account may train models; otherwise 402.</summary>
    public bool PaidAccount { get; set; } = true;

    /// <summary>Status when some addresses of an upload could not be read; the vendor's pages contradict each other.</summary>
    public PartialStatus PartialStatus { get; set; } = PartialStatus.Accepted;

    /// <summary>Names the list of a full-text answer <c>results</c>, as one published client reads it, in place of <c>result</c>.</summary>
    public bool FullTextResults { get; set; }

    /// <summary>Pages before 402; null for any number.</summary>
    public int? FreePages { get; set; }

    /// <summary>Pages a minute that a model takes before 429; null for any number.</summary>
    public int? PagesPerMinute { get; set; }

    /// <summary>How that minute is measured; the service's own way is unknown.</summary>
    public RateWindow RateWindow { get; set; } = RateWindow.Sliding;

    /// <summary>Whether a 429 says how long to wait; no such header is documented.</summary>
    public RetryAfterForm RateRetryAfter { get; set; } = RetryAfterForm.None;

    /// <summary>Largest sum of file sizes in a request before 413; null for any size.</summary>
    public long? MaxBytes { get; set; }

    /// <summary>Answers 413 with a gateway's page in place of the service's error form.</summary>
    public bool TooLargeIsHtml { get; set; }

    /// <summary>Takes any content as a document without looking at it: fast, for tests of size and number.</summary>
    public bool AcceptAnyContent { get; set; }

    /// <summary>Pages of files by their name, when any content is accepted; 1 for those not named.</summary>
    public IReadOnlyDictionary<string, int> PageCounts { get; set; } = new Dictionary<string, int>();

    /// <summary>
    /// Names of files that the service fails to read after three tries; set before the start. While it runs: a fault rule of this kind.
    /// </summary>
    public ISet<string> FailingFiles { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What a listing leaves out or changes.</summary>
    public ListingOptions Listing { get; } = new();

    /// <summary>
    /// Marks the second upload of the same content in <c>file_metadata.duplicate</c>; what sets it at the service is unknown.
    /// </summary>
    public bool MarkDuplicates { get; set; }

    /// <summary>Answers indented, as the reference's samples are.</summary>
    public bool IndentedJson { get; set; }

    /// <summary>Writes null in place of empty lists.</summary>
    public bool NullForEmptyLists { get; set; }

    /// <summary>Answers an unknown file or page with 200 and empty lists in place of 404.</summary>
    public bool UnknownFileIsEmpty { get; set; }

    /// <summary>Makes ids, addresses and draws of faults repeatable.</summary>
    public int? Seed { get; init; }

    /// <summary>The clock of everything: processing, ids, expiry, windows, delays and the Date header.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
