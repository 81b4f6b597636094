using System.Linq;
using Nanonets.JournalLoading;
using Nanonets.Journaling;

namespace Nanonets.Uploads;

/// <summary>Counts what -Resend would concern, before the run has claimed anything.</summary>
internal static class ResendCount
{
    /// <exception cref="NanonetsException">The journal cannot be read.</exception>
    public static int Of(JournalLocation location, ResendScope resend, string modelId)
    {
        if (!JournalLoader.For(location).Exists(location))
            return 0;

        UploadState[] states = resend switch
        {
            ResendScope.Failed => [UploadState.Refused, UploadState.Failed],
            ResendScope.Held => [UploadState.Held],
            _ => [UploadState.Refused, UploadState.Failed, UploadState.Held],
        };
        using IUploadJournal journal = JournalLoader.For(location).OpenReadOnly(location);
        return journal.Query(new JournalQuery { ModelId = modelId, States = states }).Count();
    }
}
