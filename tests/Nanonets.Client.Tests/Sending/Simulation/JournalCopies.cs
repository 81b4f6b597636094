using System;
using System.Collections.Generic;
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
        JournalEntry[] all = [.. journal.Query(new JournalQuery())];
        var copy = new MemoryJournal
        {
            Continuity = Since(all, journal.Continuity),
            ContinuityOfModels = all.GroupBy(static entry => (entry.Origin, entry.ModelId)).ToDictionary(
                static model => model.Key, model => Since(model, journal.ContinuityOf(model.Key.Origin, model.Key.ModelId))),
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

        // As the file does it: a model that was not completed since an earlier loss keeps that one.
        ModelContinuity Since(IEnumerable<JournalEntry> entries, ModelContinuity earlier)
        {
            DateTimeOffset? last = entries.Select(static entry => (DateTimeOffset?)entry.ChangedAt).Max();
            bool keepsEarlier = earlier.State == JournalContinuity.Restored && !(last < earlier.KnownUntil);
            return new ModelContinuity(continuity, keepsEarlier ? earlier.KnownUntil : last);
        }
    }

    private static void Refuse(JournalEntry entry, Action<UploadChange> record)
    {
        record(new UploadChange.Starting(entry.ChangedAt, null));
        record(new UploadChange.Refused(
            entry.ChangedAt, 1, entry.ErrorId ?? nameof(NanonetsErrorId.RequestRejected), entry.Message ?? "refused"));
    }
}
