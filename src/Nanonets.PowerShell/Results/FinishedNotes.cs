using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.JournalLoading;
using Nanonets.Journaling;

namespace Nanonets.Results;

/// <summary>
/// Notes in the journal that the results of a file are there. What sent the file may have ended long ago, so the journal is opened again,
/// once for all files. A journal that fails costs no result: its entry stays accepted, and a later run fetches it again.
/// </summary>
internal sealed class FinishedNotes(NanonetsClient client, PipelineWriter writer) : IDisposable
{
    private readonly object _lock = new();
    private readonly Dictionary<string, IUploadJournal?> _journals = [];

    /// <summary>Notes a finished file whose upload came from a journal.</summary>
    /// <param name="location">The journal; null for none.</param>
    public async Task NoteAsync(
        JournalLocation? location, string modelId, string requestFileId, PageResult[] pages, CancellationToken cancellationToken)
    {
        if (location is null || pages.Length == 0 || !pages.All(static page => page.IsFinished) || Open(location) is not { } journal)
            return;

        var finished = new UploadChange.Finished(
            client.ServerNow, pages.Length, pages.Count(static page => page.State == PageState.Failure));
        try
        {
            await journal.FinishAsync(client.BaseUri.ToString(), modelId, requestFileId, finished, cancellationToken).ConfigureAwait(false);
        }
        catch (NanonetsException failure) when (failure.ErrorId == NanonetsErrorId.JournalUnavailable)
        {
            writer.Warn($"The journal could not be updated with the finished document {requestFileId}: {failure.Message}");
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (IUploadJournal? journal in _journals.Values)
                journal?.Dispose();
            _journals.Clear();
        }
    }

    private IUploadJournal? Open(JournalLocation location)
    {
        lock (_lock)
        {
            if (_journals.TryGetValue(location.Name, out IUploadJournal? known))
                return known;

            try
            {
                return _journals[location.Name] = JournalLoader.For(location).Open(location);
            }
            catch (NanonetsException failure)
            {
                writer.Warn($"The journal could not be updated with finished documents: {failure.Message}");
                return _journals[location.Name] = null;
            }
        }
    }
}
