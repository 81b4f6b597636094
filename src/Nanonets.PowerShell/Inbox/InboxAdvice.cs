using Nanonets.Errors;

namespace Nanonets.Inbox;

/// <summary>What to do about a document of the inbox. Where the next run does it, or the place is another, in words of its own.</summary>
internal static class InboxAdvice
{
    public const string Refused =
        "Mend the document and put it back into the inbox. To have the same file sent again, use Resolve-NanonetsJournalEntry -Resend on "
        + "its entry before.";

    public const string Review =
        "Look at it. Correct its values with Update-NanonetsResult, approve it with Approve-NanonetsDocument, and move it back to the "
        + "inbox: the next run files it in done, without sending it again.";

    public const string WithoutValues =
        "Look at it, and check the names of -Label against the model's labels. A page without any value takes none here: enter them in the "
        + "Nanonets web application. Then approve it with Approve-NanonetsDocument, and move it back to the inbox.";

    public const string StaysEmpty = "Get it again from where it came from, and put that into the inbox.";

    public const string OwnResult = "Delete it, or move it out of the inbox: the run that files the original away writes a new one.";

    /// <param name="errorId">The error, as it stands before the comma of FullyQualifiedErrorId.</param>
    /// <returns>Null when there is nothing to do.</returns>
    public static string? For(string errorId) => errorId switch
    {
        nameof(NanonetsErrorId.QuotaExhausted) =>
            "Change the plan of your Nanonets account, or wait until the quota is renewed. The next run goes on.",
        nameof(NanonetsErrorId.ModelNotReady) => "Wait until the training of the model has ended. The next run goes on.",
        nameof(NanonetsErrorId.PageBudgetReached) => "The next run goes on. Or use a larger -PageBudget.",
        nameof(NanonetsErrorId.RateLimited) or nameof(NanonetsErrorId.ServiceUnavailable) or nameof(NanonetsErrorId.RequestTimedOut)
            or nameof(NanonetsErrorId.UploadElsewhere) => "The next run goes on.",
        nameof(NanonetsErrorId.ResultTimedOut) => "The next run fetches the result, which is free.",
        nameof(NanonetsErrorId.SourceChanged) or nameof(NanonetsErrorId.EmptyFile) => "The next run takes it when it is whole.",
        nameof(NanonetsErrorId.SourceUnavailable) =>
            "Close the program that uses the file, or see to the permissions. The next run tries again.",
        nameof(NanonetsErrorId.UnsupportedFile) => "Convert it to PDF, PNG, JPEG or TIFF, and put that into the inbox.",
        nameof(NanonetsErrorId.IncorrectImage) =>
            "Open the file in a viewer. It may be damaged or protected by a password. Put what is mended into the inbox.",
        nameof(NanonetsErrorId.DocumentFailed) => "The service gave up on it after three tries. Look at it in a viewer, "
            + "and put a mended file into the inbox. To have the same file read again, which may be charged, use "
            + "Restart-NanonetsPrediction, and move it back to the inbox.",
        nameof(NanonetsErrorId.UploadAmbiguous) =>
            "Each run looks for it. If it stays held, look for it in the web application, and record what you found with "
            + "Resolve-NanonetsJournalEntry.",
        _ => Advice.For(errorId) is { Length: > 0 } usual ? usual : null,
    };
}
