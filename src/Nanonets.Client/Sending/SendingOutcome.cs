using System.Linq;
using Nanonets.Documents;

namespace Nanonets.Sending;

/// <summary>How a document ends in this run; each ends in exactly one way.</summary>
internal enum SendingEnd
{
    /// <summary>The service has it by this run's upload.</summary>
    Accepted,

    /// <summary>Its answer was lost; reconciling found it.</summary>
    Found,

    /// <summary>An earlier run sent it.</summary>
    Known,

    /// <summary>This run has sent the same document, perhaps under another name.</summary>
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

    /// <summary>The run, or what goes to its model, was stopped before it was sent.</summary>
    Unsent,

    /// <summary>The caller cancelled while it was under way.</summary>
    Cancelled,
}

/// <summary>What became of a document.</summary>
internal sealed record SendingOutcome(SendingEnd End, NanonetsException? Error = null)
{
    /// <summary>Its pages, where the service has it.</summary>
    public PageResult[] Pages { get; init; } = [];

    /// <summary>Its pages of plain text, where that is what was asked for.</summary>
    public TextPage[] TextPages { get; init; } = [];

    /// <summary>Whether the service has it.</summary>
    public bool HasPages => End is SendingEnd.Accepted or SendingEnd.Found or SendingEnd.Known or SendingEnd.Duplicate;

    /// <summary>The id the service knows it by.</summary>
    public string? RequestFileId => Pages.FirstOrDefault()?.RequestFileId;

    /// <summary>
    /// Pages of a file whose id is known and whose answer is not at hand: pending, so that Get-NanonetsResult fetches their values, which
    /// is free.
    /// </summary>
    /// <param name="pageCount">Pages of the file; null when it is not known, then one page stands for all.</param>
    /// <param name="source">The document they are written for.</param>
    /// <param name="sentFrom">The path under which the content was sent; null when it was this one.</param>
    public static SendingOutcome Of(
        SendingEnd end, string? requestFileId, string? modelId, int? pageCount, UploadSource source, string? sentFrom = null,
        bool fromJournal = false) => new(end)
        {
            Pages =
            [
                .. Enumerable.Range(0, pageCount is > 0 and int count ? count : 1).Select(page => new PageResult
                {
                    Input = source.FileName,
                    Page = page,
                    PageCount = pageCount,
                    RequestFileId = requestFileId,
                    ModelId = modelId,
                    SourcePath = source.SourcePath,
                    DuplicateOf = sentFrom == source.SourcePath ? null : sentFrom,
                    FromJournal = fromJournal,
                }),
            ],
        };
}
