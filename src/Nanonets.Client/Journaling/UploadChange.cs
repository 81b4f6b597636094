using System;

namespace Nanonets.Journaling;

/// <summary>What a run writes about a document it has claimed. <see cref="JournalRules.Apply"/> says what it means.</summary>
internal abstract record UploadChange(DateTimeOffset At)
{
    /// <summary>An attempt begins. On disk before its first byte is on the wire.</summary>
    /// <param name="Tag">See <see cref="UploadAttempt"/>.</param>
    internal sealed record Starting(DateTimeOffset At, string? Tag) : UploadChange(At);

    /// <summary>
    /// The attempt provably did not arrive, or was refused for a reason that is not the document's (429, key, quota, model).
    /// </summary>
    /// <param name="Posts">How many requests it took, at least 0: a file that cannot be opened takes none.</param>
    internal sealed record NotSent(DateTimeOffset At, int Posts) : UploadChange(At);

    /// <summary>The attempt was sent completely and has no valid answer.</summary>
    internal sealed record Ambiguous(DateTimeOffset At, int Posts, string Message) : UploadChange(At);

    /// <summary>Looking has not settled it; this run goes no further with it.</summary>
    internal sealed record Held(DateTimeOffset At, string Message) : UploadChange(At);

    /// <summary>The service has it.</summary>
    /// <param name="Posts">How many requests it took; 0 when it was found by looking, and that attempt is counted already.</param>
    internal sealed record Accepted(DateTimeOffset At, int Posts, string RequestFileId, int? PageCount) : UploadChange(At);

    /// <summary>The service refused it.</summary>
    internal sealed record Refused(DateTimeOffset At, int Posts, string ErrorId, string Message) : UploadChange(At)
    {
        /// <summary>Whether earlier attempts are proven not to have arrived.</summary>
        public bool IsLastWord { get; init; }
    }

    /// <summary>Its results are there.</summary>
    /// <param name="PageCount">Pages of the document.</param>
    /// <param name="FailedPages">Pages that the service gave up on.</param>
    internal sealed record Finished(DateTimeOffset At, int PageCount, int FailedPages) : UploadChange(At)
    {
        /// <summary>Where the file was filed away; null when it was not.</summary>
        public string? FiledAs { get; init; }
    }

    /// <summary>A person says that the service has it, under this id.</summary>
    internal sealed record Adopted(DateTimeOffset At, string RequestFileId) : UploadChange(At);

    /// <summary>A person says that it is to be sent again, whatever became of it.</summary>
    internal sealed record SentAgain(DateTimeOffset At) : UploadChange(At);

    /// <summary>A person says that it is to be left alone.</summary>
    internal sealed record Discarded(DateTimeOffset At) : UploadChange(At);
}
