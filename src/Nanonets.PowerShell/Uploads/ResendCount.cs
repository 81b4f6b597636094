using System.IO;
using System.Linq;
using Nanonets.JournalLoading;
using Nanonets.Journaling;

namespace Nanonets.Uploads;

/// <summary>Counts what -Resend would concern, before the run has claimed anything.</summary>
internal static class ResendCount
{
    /// <exception cref="NanonetsException">The journal cannot be read.</exception>
    public static int Of(string journalPath, ResendScope resend, string modelId)
    {
        if (!File.Exists(journalPath))
            return 0;

        UploadState[] states = resend switch
        {
            ResendScope.Failed => [UploadState.Refused, UploadState.Failed],
            ResendScope.Held => [UploadState.Held],
            _ => [UploadState.Refused, UploadState.Failed, UploadState.Held],
        };
        using IUploadJournal journal = JournalLoader.Library.OpenReadOnly(journalPath);
        return journal.Query(new JournalQuery { ModelId = modelId, States = states }).Count();
    }
}
