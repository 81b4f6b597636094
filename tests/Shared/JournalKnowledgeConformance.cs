using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Sending.Reconciliation;
using static Nanonets.Tests.Conformance.JournalSteps;

namespace Nanonets.Tests.Conformance;

/// <summary>
/// What a journal knows of the service: neighbours of an upload, files that a rebuild found, and whether entries may be missing. Tables
/// held against every journal.
/// </summary>
public abstract class JournalKnowledgeConformance
{
    /// <summary>Opens the test's journal.</summary>
    private protected abstract IUploadJournal Open();

    /// <summary>Opens a journal that is older than the last run left it.</summary>
    private protected abstract IUploadJournal OpenRestored();

    [Theory]
    [InlineData(0, 0, "2 1", "3 4")]
    [InlineData(-1, 0, "1", "3 4")]
    [InlineData(0, 1, "2 1", "4")]
    [InlineData(-10_000_000, 10_000_000, "1", "4")]
    public async Task A_neighbour_may_touch_the_span_and_not_overlap_it(long fromTicks, long toTicks, string before, string after)
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);

        // The first ends at 10 and the second at 20 seconds; the third begins at 30 and the fourth at 40.
        foreach ((string id, int start, int end) in new[] { ("1", 5, 10), ("2", 15, 20), ("3", 30, 35), ("4", 40, 45) })
        {
            JournalEntry entry = (await BeginAsync(run, id)).Entry;
            await run.RecordAsync(entry.EntryId, new UploadChange.Starting(Noon.AddSeconds(start), null), Cancel);
            await run.RecordAsync(entry.EntryId, new UploadChange.Accepted(Noon.AddSeconds(end), 1, id, 1), Cancel);
        }

        JournalNeighbours near = await run.NeighboursAsync(
            Origin, Model, Noon.AddSeconds(20).AddTicks(fromTicks), Noon.AddSeconds(30).AddTicks(toTicks), 5, Cancel);
        Assert.Equal((before, after), (Ids(near.Before), Ids(near.After)));
        Assert.Empty((await run.NeighboursAsync(Origin, Model, Noon, Noon.AddHours(1), 0, Cancel)).Before);

        static string Ids(IEnumerable<JournalEntry> entries) => string.Join(' ', entries.Select(static entry => entry.RequestFileId));
    }

    /// <summary>What a rebuild kept is offered to the document that it may be.</summary>
    [Theory]
    [InlineData("own tag", true)]
    [InlineData("own tag, other name", true)]
    [InlineData("other tag", false)]
    [InlineData("name and text", true)]
    [InlineData("NAME and text", true)]
    [InlineData("name, other text", true)]
    [InlineData("name, no text", true)]
    [InlineData("other name and text", false)]
    [InlineData("own tag, other model", false)]
    [InlineData("own tag, other origin", false)]
    [InlineData("own tag, another entry's file", false)]
    [InlineData("own tag, soon another entry's file", false)]
    [InlineData("name and text, soon another entry's file", false)]
    public async Task A_listed_file_is_offered_to(string file, bool isOffered)
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        JournalEntry planned = Planned("a") with { Key = new DocumentKey(Origin, Model, "a", "", DocumentKey.DigestOf("invoice 7")) };
        string tagId = Is("own tag") ? UploadTag.IdOf(planned.Key) : UploadTag.RandomId();
        var listed = ListedUpload.Of(
            "f1",
            Is("other name") ? "b.pdf" : Is("NAME") ? "A.PDF" : "a.pdf",
            Is("tag") ? $"nn1.{tagId}.1" : Is("no text") ? null : Is("other text") ? "invoice 8" : "invoice 7",
            Noon);
        if (Is(", another entry's"))
            await AcceptAsync();
        string origin = Is("other origin") ? "https://elsewhere.example/" : Origin;
        await run.KeepListedAsync(origin, Is("other model") ? "n" : Model, [listed], Cancel);
        if (Is("soon another entry's"))
            await AcceptAsync();
        JournalAnswer answer = await run.BeginAsync(planned, ResendScope.None, Noon, Cancel);
        Assert.Equal(isOffered ? [listed] : [], answer.Listed ?? []);

        bool Is(string part) => file.Contains(part, StringComparison.Ordinal);

        async Task AcceptAsync()
        {
            JournalEntry other = (await BeginAsync(run, "other")).Entry;
            await run.RecordAsync(other.EntryId, new UploadChange.Accepted(Noon, 0, "f1", null), Cancel);
        }
    }

    [Theory]
    [InlineData(Origin, Model, true)]
    [InlineData(Origin, "n", false)]
    [InlineData("https://elsewhere.example/", Model, false)]
    public async Task Only_a_completed_rebuild_makes_exactly_its_model_of_its_service_whole(string origin, string model, bool isWhole)
    {
        using IUploadJournal journal = OpenRestored();
        using (IJournalRun run = await journal.StartRunAsync(Cancel))
        {
            Assert.Equal(JournalContinuity.Restored, (await run.ContinuityAsync(Origin, Model, Cancel)).State);
            await run.KeepListedAsync(Origin, Model, [ListedUpload.Of("f1", "a.pdf", null, Noon)], Cancel);
            await run.ClaimUnresolvedAsync(Origin, Model, Noon, Cancel);
            await BeginAsync(run, "a");
            Assert.Equal(JournalContinuity.Restored, (await run.ContinuityAsync(Origin, Model, Cancel)).State);
        }

        // Neither does the end of a run. The other model is known to the journal too.
        using IJournalRun next = await journal.StartRunAsync(Cancel);
        await next.KeepListedAsync(origin, model, [], Cancel);
        Assert.Equal(JournalContinuity.Restored, (await next.ContinuityAsync(origin, model, Cancel)).State);
        await next.CompleteRebuildAsync(Origin, Model, Cancel);
        Assert.Equal(isWhole, (await next.ContinuityAsync(origin, model, Cancel)).State == JournalContinuity.Whole);
    }
}
