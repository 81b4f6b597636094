using System;
using System.Collections.Generic;
using System.Threading;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Sending;

/// <summary>What the parts of a run share.</summary>
internal sealed class SendingContext
{
    public required NanonetsClient Client { get; init; }

    /// <summary>Where the journal is, for messages.</summary>
    public required string JournalLocation { get; init; }

    public required IJournalRun Run { get; init; }

    /// <summary>Whether the journal outlives the process. Then documents are known by their content.</summary>
    public bool IsDurable { get; init; }

    public required SendingOptions Options { get; init; }

    public required ISendingLog Log { get; init; }

    public IRequestObserver? Observer { get; init; }

    /// <summary>Why nothing is to be sent to a model after all, asked before the first upload; null when nothing is against it.</summary>
    public Func<NanonetsModel, NanonetsException?>? Objection { get; init; }

    /// <summary>Ends everything at once: the caller cancelled.</summary>
    public CancellationToken Stop { get; init; }

    public Clock Clock => Client.Clock;

    public string Origin => Client.BaseUri.ToString();

    /// <summary>A new word of the journal about the claims of one attempt; null where claims hold as long as the process.</summary>
    public ClaimConfirmation? Confirmation() => Run.ClaimsPassOn ? new ClaimConfirmation(Run, Clock) : null;

    /// <summary>Where the page windows of models are kept: with a journal for all its runs, else for the connection.</summary>
    public IPageWindows PageWindows => IsDurable ? Run : Client.PageWindows;

    /// <summary>Tells when a document was found under several ids: it was billed as often.</summary>
    public void WarnOfDuplicates(string document, ListedUpload taken, IReadOnlyList<string> others)
    {
        if (others.Count > 0)
            Log.Warn($"UploadDuplicated: {document} was accepted more than once, as {taken.RequestFileId} and "
                + $"{string.Join(", ", others)}. The first is taken.");
    }
}

/// <summary>Words for the person who runs it. Called from any thread.</summary>
internal interface ISendingLog
{
    void Verbose(string text);

    void Warn(string text);
}
