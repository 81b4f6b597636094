using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;

namespace Nanonets.Sending;

/// <summary>A document that a run is asked to send.</summary>
internal class SendingDocument(UploadSource source, long bytes, int pages = 1)
{
    /// <summary>What is sent.</summary>
    public UploadSource Source { get; } = source;

    /// <summary>Its size.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Its pages: counted where that is cheap, else estimated.</summary>
    public int Pages { get; } = pages;
}

/// <summary>The documents of one request. Each has an outcome of its own.</summary>
internal sealed class UploadJob(string modelId, IReadOnlyList<SendingDocument> documents)
{
    private string? _sharedMark;

    public string ModelId { get; } = modelId;

    public IReadOnlyList<SendingDocument> Documents { get; } = documents;

    /// <summary>The user's own metadata.</summary>
    public string? Metadata { get; init; }

    /// <summary>Whether the metadata is a JSON object that we made, to which our tag may be added.</summary>
    public bool MetadataIsObject { get; init; }

    public IReadOnlyList<int>? PagesToProcess { get; init; }

    public ProcessingMode Mode { get; init; }

    /// <summary>Which call reads the documents.</summary>
    public UploadCall Call { get; init; }

    /// <summary>Whether the service keeps a file that can be looked for.</summary>
    public bool LeavesFile => Call != UploadCall.Classification;

    /// <summary>See <see cref="UploadTag"/>: one metadata travels for all documents of a request.</summary>
    public string SharedMark => _sharedMark ??= UploadTag.RandomMark();
}

/// <summary>How much runs at once, in the hands of the caller. A job begins with one slot held, lets go of it while it only waits, and ends without one.</summary>
internal interface ISendingSlots
{
    Task TakeAsync(CancellationToken cancellationToken);

    void Release();
}

/// <summary>Who gave the documents. Called from any thread.</summary>
internal interface ISendingSink
{
    /// <summary>A document is about to be handed to the service: from now on it may be billed.</summary>
    void Began(SendingDocument document);

    /// <summary>It has ended. Completes when the outcome was taken.</summary>
    Task SettledAsync(SendingDocument document, SendingOutcome outcome);
}

/// <summary>How a document ends in this run; each ends in exactly one way.</summary>
internal enum SendingEnd
{
    /// <summary>The service has it by this run's upload.</summary>
    Accepted,

    /// <summary>Its answer was lost; looking found it.</summary>
    Found,

    /// <summary>An earlier run sent it.</summary>
    Known,

    /// <summary>The same document was sent under another name in this run, or in an earlier one.</summary>
    Duplicate,

    /// <summary>An earlier run sent it, and only new documents are wanted.</summary>
    LeftOut,

    /// <summary>The service refused it.</summary>
    Refused,

    /// <summary>It was refused or given up before, and not asked for again.</summary>
    RefusedBefore,

    /// <summary>A check before sending found it empty, unreadable, or of no known type.</summary>
    Unfit,

    /// <summary>It could not be read, or provably not be sent.</summary>
    NotSent,

    /// <summary>It may have been accepted, and could not be found out.</summary>
    Held,

    /// <summary>Another run that is under way works on it.</summary>
    Elsewhere,

    /// <summary>The run was stopped before it was sent.</summary>
    Unsent,

    /// <summary>The caller cancelled while it was under way.</summary>
    Cancelled,
}

/// <summary>What became of a document.</summary>
internal sealed record SendingOutcome(SendingEnd End)
{
    /// <summary>Its pages, where the service has it.</summary>
    public PageResult[] Pages { get; init; } = [];

    /// <summary>Why not, where the service does not have it.</summary>
    public NanonetsException? Error { get; init; }

    /// <summary>Whether the service has it.</summary>
    public bool HasPages => End is SendingEnd.Accepted or SendingEnd.Found or SendingEnd.Known or SendingEnd.Duplicate;

    /// <summary>The id the service knows it by.</summary>
    public string? RequestFileId => Pages.FirstOrDefault()?.RequestFileId;
}

/// <summary>A document on its way, with its entry in the journal.</summary>
internal sealed class Shipment(UploadJob job, SendingDocument document, JournalEntry entry, string mark)
{
    private const int MostFailures = 3;
    private int _failures;
    private int? _answersAtFailure;

    public UploadJob Job { get; } = job;

    public SendingDocument Document { get; } = document;

    public UploadSource Source => Document.Source;

    public JournalEntry Entry { get; set; } = entry;

    /// <summary>See <see cref="UploadTag"/>.</summary>
    public string Mark { get; } = mark;

    /// <summary>Whether it may be tried again after it provably did not arrive: in an outage for ever, but not when others arrive and it does not.</summary>
    /// <param name="answers">Uploads of this run that were answered so far.</param>
    public bool MayTryAgain(int answers)
    {
        if (answers == _answersAtFailure)
            return true;

        _answersAtFailure = answers;
        return ++_failures < MostFailures;
    }

    /// <summary>Whether the other documents of its request carry the same tag.</summary>
    public bool SharesTag => Job.Documents.Count > 1;
}
