using System;
using System.Linq;
using System.Threading;
using Nanonets.Journaling;

namespace Nanonets.Client.Tests.Sending.Simulation;

/// <summary>Backups of a journal in memory: the same documents with what was known of them then.</summary>
internal static class JournalCopies
{
    /// <summary>A journal that knows what this one knows now, for a later restore.</summary>
    public static MemoryJournal Copy(MemoryJournal journal, JournalContinuity continuity)
    {
        var copy = new MemoryJournal
        {
            Continuity = new ModelContinuity(
                continuity, journal.Query(new JournalQuery()).Select(static entry => (DateTimeOffset?)entry.ChangedAt).FirstOrDefault()),
        };
        using IJournalRun run = copy.StartRunAsync(CancellationToken.None).Result;
        foreach (JournalEntry entry in journal.Query(new JournalQuery()).OrderBy(static entry => entry.EntryId))
        {
            var planned = JournalEntry.Planned(entry.Key, entry.Input, entry.SourcePath, entry.Bytes);
            long id = run.BeginAsync(planned, ResendScope.None, entry.CreatedAt, CancellationToken.None).Result.Entry.EntryId;
            void Record(UploadChange change) => run.RecordAsync(id, change, CancellationToken.None).Wait();
            foreach (UploadAttempt attempt in entry.Seen)
            {
                Record(new UploadChange.Starting(attempt.StartedAt, attempt.Tag));
                if (attempt.Outcome == AttemptOutcome.Ambiguous)
                    Record(new UploadChange.Ambiguous(attempt.EndedAt ?? attempt.StartedAt, 1, entry.Message ?? "lost"));
                else if (attempt.Outcome == AttemptOutcome.Accepted)
                    Record(new UploadChange.Accepted(attempt.EndedAt ?? attempt.StartedAt, 1, entry.RequestFileId!, entry.PageCount));
            }

            // What was found by looking has no answered attempt of its own.
            if (entry.IsDone && entry.Seen.All(static attempt => attempt.Outcome != AttemptOutcome.Accepted))
                Record(new UploadChange.Accepted(entry.AcceptedAt ?? entry.ChangedAt, 0, entry.RequestFileId!, entry.PageCount));
            else if (entry.State == UploadState.Refused)
                Refuse(entry, Record);
            else if (entry.State == UploadState.Held)
                Record(new UploadChange.Held(entry.ChangedAt, entry.Message ?? "held"));
        }

        foreach (var model in journal.Listed)
            run.KeepListedAsync(model.Key.Origin, model.Key.ModelId, [.. model], CancellationToken.None).Wait();
        return copy;
    }

    private static void Refuse(JournalEntry entry, Action<UploadChange> record)
    {
        record(new UploadChange.Starting(entry.ChangedAt, null));
        record(new UploadChange.Refused(
            entry.ChangedAt, 1, entry.ErrorId ?? nameof(NanonetsErrorId.RequestRejected), entry.Message ?? "refused"));
    }
}
