using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;
using Nanonets.Documents;

namespace Nanonets.Tests.Conformance;

/// <summary>
/// What every journal must do, wherever it keeps its rows. Each project that has a journal derives from this and says how it is opened.
/// </summary>
public abstract class JournalConformance
{
    private protected const string Origin = "https://app.nanonets.com/api/v2/";
    private protected const string Model = "3f6c1a52-8d0e-4b7a-9c41-5e2f7d9a0b11";
    private protected static readonly DateTimeOffset Noon = new(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's journal once more, as another process would.</summary>
    private protected abstract IUploadJournal Open();

    [Fact]
    public async Task A_document_is_begun_once_and_done_for_ever_when_it_was_accepted()
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        JournalAnswer begun = await BeginAsync(run, "a");
        Assert.Equal((JournalVerdict.Begun, UploadState.Planned, ChargeState.No, 0),
            (begun.Verdict, begun.Entry.State, begun.Entry.Charged, begun.Entry.Attempts));

        JournalEntry sending = await RecordAsync(run, begun, new UploadChange.Starting(Noon, "nn1.aa.1"));
        Assert.Equal((UploadState.Sending, 1), (sending.State, sending.Attempts));
        JournalEntry accepted = await RecordAsync(run, begun, new UploadChange.Accepted(Noon.AddSeconds(1), 1, "file-1", 3));
        Assert.Equal(
            (UploadState.Accepted, ChargeState.Yes, "file-1", 3, 1),
            (accepted.State, accepted.Charged, accepted.RequestFileId, accepted.PageCount, accepted.Attempts));

        using IUploadJournal other = Open();
        using IJournalRun later = await other.StartRunAsync(Cancel);
        JournalAnswer again = await BeginAsync(later, "a");
        Assert.Equal((JournalVerdict.Done, "file-1", 3), (again.Verdict, again.Entry.RequestFileId, again.Entry.PageCount));
        Assert.Equal(("a.pdf", "/in/a.pdf", 100L), (again.Entry.Input, again.Entry.SourcePath, again.Entry.Bytes));
    }

    [Theory]
    [InlineData("origin")]
    [InlineData("model")]
    [InlineData("content")]
    [InlineData("pages")]
    [InlineData("metadata")]
    public async Task What_differs_in_one_part_of_its_key_is_another_document(string part)
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        DocumentKey key = Intent("a").Key;
        await AcceptAsync(run, Intent("a"), "file-1", Noon);
        DocumentKey other = part switch
        {
            "origin" => key with { Origin = "https://elsewhere.example/api/v2/" },
            "model" => key with { ModelId = "another" },
            "content" => key with { ContentHash = "bb" },
            "pages" => key with { Pages = "1,3" },
            _ => key with { MetadataDigest = DocumentKey.DigestOf("invoice 7") },
        };
        JournalAnswer answer = await run.BeginAsync(Intent("a") with { Key = other }, ResendScope.None, Noon, Cancel);
        Assert.Equal(JournalVerdict.Begun, answer.Verdict);
        Assert.Equal(part == "metadata" ? "file-1" : null, answer.SentWithOtherMetadata?.RequestFileId);
        Assert.Equal(other, answer.Entry.Key);
    }

    [Fact]
    public async Task What_a_living_run_works_on_is_left_alone_and_what_a_dead_one_left_open_is_ambiguous()
    {
        using IUploadJournal journal = Open();
        using IUploadJournal second = Open();
        using IJournalRun other = await second.StartRunAsync(Cancel);
        IJournalRun run = await journal.StartRunAsync(Cancel);
        await BeginAsync(run, "planned");
        await StartAsync(run, "sending", "nn1.ab.1");

        Assert.Equal(JournalVerdict.ElsewhereAlive, (await BeginAsync(other, "planned")).Verdict);
        Assert.Equal(JournalVerdict.ElsewhereAlive, (await BeginAsync(other, "sending")).Verdict);
        Assert.Empty(await other.ClaimUnresolvedAsync(Origin, Model, Noon, Cancel));

        run.Dispose();
        Assert.Equal(JournalVerdict.Begun, (await BeginAsync(other, "planned")).Verdict);
        JournalAnswer cutOff = await BeginAsync(other, "sending");
        Assert.Equal(
            (JournalVerdict.Ambiguous, UploadState.Ambiguous, ChargeState.Unknown, 1, 1),
            (cutOff.Verdict, cutOff.Entry.State, cutOff.Entry.Charged, cutOff.Entry.AmbiguousAttempts, cutOff.Entry.Attempts));
        Assert.Equal(("nn1.ab.1", AttemptOutcome.Ambiguous), cutOff.Entry.Seen.Select(attempt => (attempt.Tag!, attempt.Outcome)).Single());
    }

    [Fact]
    public async Task A_run_without_a_claim_cannot_write()
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        using IJournalRun other = await journal.StartRunAsync(Cancel);
        JournalAnswer begun = await BeginAsync(run, "a");
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => other.RecordAsync(begun.Entry.EntryId, new UploadChange.Starting(Noon, null), Cancel));

        // A change that does not fit is a fault of the caller and changes nothing.
        await Assert.ThrowsAsync<InvalidOperationException>(() => RecordAsync(run, begun, new UploadChange.Ambiguous(Noon, 1, "reset")));
        Assert.Equal(UploadState.Planned, journal.Query(new JournalQuery()).Single().State);
    }

    [Fact]
    public async Task An_attempt_that_did_not_arrive_leaves_the_document_as_it_was()
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        JournalAnswer begun = await StartAsync(run, "a", "nn1.aa.1");
        JournalEntry back = await RecordAsync(run, begun, new UploadChange.NotSent(Noon, 3));
        Assert.Equal((UploadState.Planned, ChargeState.No, 3, 0), (back.State, back.Charged, back.Attempts, back.Seen.Count));
        JournalEntry again = await RecordAsync(run, begun, new UploadChange.Starting(Noon, "nn1.aa.4"));
        Assert.Equal((4, "nn1.aa.4"), (again.Attempts, again.Seen.Single().Tag));
    }

    [Fact]
    public async Task Ambiguous_attempts_are_counted_over_all_runs_and_survive_a_refusal_after_them()
    {
        using IUploadJournal journal = Open();
        IJournalRun first = await journal.StartRunAsync(Cancel);
        JournalAnswer begun = await StartAsync(first, "a", "nn1.aa.1");
        await RecordAsync(first, begun, new UploadChange.Ambiguous(Noon.AddSeconds(2), 1, "reset"));
        JournalEntry held = await RecordAsync(first, begun, new UploadChange.Held(Noon.AddSeconds(3), "not found"));
        Assert.Equal(
            (UploadState.Held, ChargeState.Unknown, 1, "not found"), (held.State, held.Charged, held.AmbiguousAttempts, held.Message));
        first.Dispose();

        using IJournalRun second = await journal.StartRunAsync(Cancel);
        JournalAnswer again = await BeginAsync(second, "a");
        Assert.Equal((JournalVerdict.Ambiguous, UploadState.Held), (again.Verdict, again.Entry.State));
        UploadAttempt seen = again.Entry.Seen.Single();
        Assert.Equal((1, "nn1.aa.1", Noon, Noon.AddSeconds(2)), (seen.Number, seen.Tag, seen.StartedAt, seen.EndedAt));
        await RecordAsync(second, again, new UploadChange.Starting(Noon.AddHours(1), "nn1.aa.2"));
        JournalEntry refused = await RecordAsync(
            second, again, new UploadChange.Refused(Noon.AddHours(1), 1, "IncorrectImage", "no picture"));
        Assert.Equal((UploadState.Held, ChargeState.Unknown, 1), (refused.State, refused.Charged, refused.AmbiguousAttempts));
    }

    [Fact]
    public async Task Refused_and_held_documents_are_sent_again_only_when_asked_for()
    {
        using IUploadJournal journal = Open();
        IJournalRun first = await journal.StartRunAsync(Cancel);
        JournalAnswer refused = await StartAsync(first, "refused", "t1");
        await RecordAsync(first, refused, new UploadChange.Refused(Noon, 1, "IncorrectImage", "no picture"));
        JournalAnswer held = await StartAsync(first, "held", "t2");
        await RecordAsync(first, held, new UploadChange.Held(Noon, "not found"));
        first.Dispose();

        using IJournalRun run = await journal.StartRunAsync(Cancel);
        JournalAnswer skipped = await BeginAsync(run, "refused", ResendScope.Held);
        Assert.Equal((JournalVerdict.Settled, "IncorrectImage", "no picture", ChargeState.No),
            (skipped.Verdict, skipped.Entry.ErrorId, skipped.Entry.Message, skipped.Entry.Charged));
        Assert.Equal(JournalVerdict.Ambiguous, (await BeginAsync(run, "held", ResendScope.Failed)).Verdict);
        Assert.Equal(JournalVerdict.Begun, (await BeginAsync(run, "refused", ResendScope.Failed)).Verdict);
        JournalAnswer again = await BeginAsync(run, "held", ResendScope.All);
        Assert.Equal((JournalVerdict.Begun, ChargeState.Unknown, 0), (again.Verdict, again.Entry.Charged, again.Entry.AmbiguousAttempts));
    }

    [Fact]
    public async Task Everything_unresolved_of_a_model_is_claimed_at_once()
    {
        using IUploadJournal journal = Open();
        IJournalRun dead = await journal.StartRunAsync(Cancel);
        await StartAsync(dead, "sending", "t1");
        await RecordAsync(dead, await StartAsync(dead, "ambiguous", "t2"), new UploadChange.Ambiguous(Noon, 1, "reset"));
        await RecordAsync(dead, await StartAsync(dead, "held", "t3"), new UploadChange.Held(Noon, "not found"));
        await AcceptAsync(dead, Intent("done"), "file-1", Noon);
        await BeginAsync(dead, "planned");
        dead.Dispose();

        using IJournalRun run = await journal.StartRunAsync(Cancel);
        IReadOnlyList<JournalEntry> claimed = await run.ClaimUnresolvedAsync(Origin, Model, Noon.AddDays(1), Cancel);
        Assert.Equal(["ambiguous", "held", "sending"], claimed.Select(entry => entry.ContentHash).Order());
        Assert.All(claimed, entry => Assert.Equal(1, entry.AmbiguousAttempts));
        Assert.Empty(await run.ClaimUnresolvedAsync(Origin, "another model", Noon, Cancel));
        JournalEntry found = await run.RecordAsync(
            claimed.Single(entry => entry.ContentHash == "held").EntryId,
            new UploadChange.Accepted(Noon.AddDays(1), 0, "file-2", null), Cancel);
        Assert.Equal((UploadState.Accepted, 1), (found.State, found.Attempts));

        // What this run has claimed it may also begin.
        Assert.Equal(JournalVerdict.Ambiguous, (await BeginAsync(run, "sending")).Verdict);
    }

    [Fact]
    public async Task Neighbours_are_the_answered_uploads_nearest_to_an_attempt()
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        for (int i = 0; i < 8; i++)
            await AcceptAsync(run, Intent($"n{i}"), $"file-{i}", Noon.AddMinutes(i));
        JournalAnswer adopted = await StartAsync(run, "adopted", "t", Noon.AddMinutes(3.5));
        await RecordAsync(run, adopted, new UploadChange.Accepted(Noon.AddMinutes(4.2), 0, "file-x", 1));

        // Each took ten seconds: one that overlaps the span is on neither side.
        JournalNeighbours near = await run.NeighboursAsync(
            Origin, Model, Noon.AddMinutes(4).AddSeconds(5), Noon.AddMinutes(5).AddSeconds(5), 2, Cancel);
        Assert.Equal(["file-3", "file-2"], near.Before.Select(entry => entry.RequestFileId));
        Assert.Equal(["file-6", "file-7"], near.After.Select(entry => entry.RequestFileId));
        Assert.Equal("tag-file-6", near.After[0].Answered!.Tag);
        JournalNeighbours none = await run.NeighboursAsync(Origin, "another model", Noon, Noon, 5, Cancel);
        Assert.Empty(none.Before.Concat(none.After));
    }

    [Fact]
    public async Task Results_finish_a_document()
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        await AcceptAsync(run, Intent("good"), "file-1", Noon);
        await AcceptAsync(run, Intent("bad"), "file-2", Noon);
        await journal.FinishAsync(Origin, Model, "file-1", new UploadChange.Finished(Noon.AddMinutes(5), 2, 0), Cancel);
        await journal.FinishAsync(Origin, Model, "file-2", new UploadChange.Finished(Noon.AddMinutes(5), 2, 1), Cancel);
        await journal.FinishAsync(Origin, Model, "unknown", new UploadChange.Finished(Noon.AddMinutes(5), 2, 1), Cancel);
        Assert.Equal((UploadState.Finished, 2), One(journal, "file-1", entry => (entry.State, entry.PageCount!.Value)));
        Assert.Equal((UploadState.FinishedWithErrors, "DocumentFailed"), One(journal, "file-2", entry => (entry.State, entry.ErrorId!)));
        Assert.Equal(JournalVerdict.Done, (await BeginAsync(run, "bad")).Verdict);
    }

    [Fact]
    public async Task A_person_has_the_last_word_except_over_a_living_run()
    {
        using IUploadJournal journal = Open();
        IJournalRun run = await journal.StartRunAsync(Cancel);
        long[] ids = new long[3];
        for (int i = 0; i < ids.Length; i++)
        {
            JournalAnswer held = await StartAsync(run, $"held{i}", $"t{i}");
            await RecordAsync(run, held, new UploadChange.Held(Noon, "not found"));
            ids[i] = held.Entry.EntryId;
        }

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => journal.ResolveAsync(ids[0], new UploadChange.Adopted(Noon, "file-1"), Cancel));
        run.Dispose();

        JournalEntry? adopted = await journal.ResolveAsync(ids[0], new UploadChange.Adopted(Noon, "file-1"), Cancel);
        Assert.Equal((UploadState.Accepted, ChargeState.Yes, "file-1"), (adopted!.State, adopted.Charged, adopted.RequestFileId));
        JournalEntry? again = await journal.ResolveAsync(ids[1], new UploadChange.SentAgain(Noon), Cancel);
        Assert.Equal((UploadState.Planned, ChargeState.Unknown), (again!.State, again.Charged));
        JournalEntry? discarded = await journal.ResolveAsync(ids[2], new UploadChange.Discarded(Noon), Cancel);
        Assert.Equal(UploadState.Failed, discarded!.State);
        Assert.Null(await journal.ResolveAsync(999_999, new UploadChange.Discarded(Noon), Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => journal.ResolveAsync(ids[0], new UploadChange.SentAgain(Noon), Cancel));

        using IJournalRun next = await journal.StartRunAsync(Cancel);
        Assert.Equal(JournalVerdict.Done, (await BeginAsync(next, "held0")).Verdict);
        Assert.Equal(JournalVerdict.Begun, (await BeginAsync(next, "held1")).Verdict);
        Assert.Equal(JournalVerdict.Settled, (await BeginAsync(next, "held2")).Verdict);
    }

    [Fact]
    public async Task Queries_narrow_and_come_newest_first()
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        await AcceptAsync(run, Intent("a"), "file-a", Noon);
        await AcceptAsync(run, Intent("b"), "file-b", Noon.AddHours(1));
        await RecordAsync(run, await StartAsync(run, "c", "t", Noon.AddHours(2)), new UploadChange.Held(Noon.AddHours(2), "not found"));
        Assert.Equal(["c", "b", "a"], Hashes(new JournalQuery()));
        Assert.Equal(["c"], Hashes(new JournalQuery { States = [UploadState.Held, UploadState.Failed] }));
        Assert.Equal(["c", "b"], Hashes(new JournalQuery { After = Noon.AddHours(1) }));
        Assert.Equal(["a"], Hashes(new JournalQuery { Before = Noon.AddHours(1) }));
        Assert.Equal(["b"], Hashes(new JournalQuery { SourcePath = "/in/b.pdf" }));
        Assert.Equal(["c", "a"], Hashes(new JournalQuery { Pieces = ["c.pd", "/in/a"] }));
        Assert.Equal(["b"], Hashes(new JournalQuery { Pieces = ["b.pdf", "%", "in\\b", "'"], After = Noon }));
        Assert.Equal(["a"], Hashes(new JournalQuery { RequestFileId = "file-a" }));
        Assert.Empty(Hashes(new JournalQuery { ModelId = "another" }));
        long id = journal.Query(new JournalQuery { RequestFileId = "file-b" }).Single().EntryId;
        Assert.Equal(["b"], Hashes(new JournalQuery { EntryId = id }));

        IEnumerable<string> Hashes(JournalQuery query) => journal.Query(query).Select(entry => entry.ContentHash);
    }

    [Fact]
    public async Task Months_add_up_what_was_accepted()
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        await AcceptAsync(run, Intent("a"), "file-a", Noon, pages: 2);
        await AcceptAsync(run, Intent("b"), "file-b", Noon.AddDays(1), pages: 5);
        await AcceptAsync(run, Intent("c"), "file-c", Noon.AddMonths(1), pages: 1);
        await RecordAsync(run, await StartAsync(run, "d", "t"), new UploadChange.Held(Noon, "not found"));
        await BeginAsync(run, "planned");
        Assert.Equal(
            [new JournalMonth(new(2025, 4, 1, 0, 0, 0, TimeSpan.Zero), 1, 1, 0),
                new JournalMonth(new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero), 2, 7, 1)],
            journal.Months());
    }

    [Fact]
    public async Task Old_entries_are_forgotten_but_nothing_unresolved_is()
    {
        using IUploadJournal journal = Open();
        IJournalRun run = await journal.StartRunAsync(Cancel);
        await AcceptAsync(run, Intent("old"), "file-1", Noon);
        await AcceptAsync(run, Intent("new"), "file-2", Noon.AddDays(40));
        await RecordAsync(run, await StartAsync(run, "held", "t"), new UploadChange.Held(Noon, "not found"));
        run.Dispose();
        Assert.Equal(1, await journal.RemoveAsync(Noon.AddDays(30), false, Cancel));
        Assert.Equal(["held", "new"], journal.Query(new JournalQuery()).Select(entry => entry.ContentHash).Order());

        using IJournalRun next = await journal.StartRunAsync(Cancel);
        Assert.Equal(JournalVerdict.Begun, (await BeginAsync(next, "old")).Verdict);
        Assert.Equal(JournalVerdict.Done, (await BeginAsync(next, "new")).Verdict);
        Assert.Equal(JournalVerdict.Ambiguous, (await BeginAsync(next, "held")).Verdict);
    }

    [Fact]
    public async Task Unresolved_entries_are_forgotten_when_asked_for_unless_a_living_run_works_on_them()
    {
        using IUploadJournal journal = Open();
        IJournalRun run = await journal.StartRunAsync(Cancel);
        await RecordAsync(run, await StartAsync(run, "held", "t"), new UploadChange.Held(Noon, "not found"));
        Assert.Equal(0, await journal.RemoveAsync(Noon.AddDays(30), true, Cancel));
        run.Dispose();
        Assert.Equal(1, await journal.RemoveAsync(Noon.AddDays(30), true, Cancel));
        Assert.Empty(journal.Query(new JournalQuery()));
    }

    [Fact]
    public async Task Many_threads_and_two_handles_begin_each_document_once()
    {
        using IUploadJournal journal = Open();
        using IUploadJournal second = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        using IJournalRun other = await second.StartRunAsync(Cancel);
        JournalAnswer[] answers = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(i => Task.Run(() => BeginAsync(i % 2 == 0 ? run : other, $"doc{i / 2}"), Cancel)));
        Assert.Equal(30, answers.Count(answer => answer.Verdict == JournalVerdict.Begun));
        Assert.Equal(30, answers.Count(answer => answer.Verdict == JournalVerdict.ElsewhereAlive));
        Assert.Equal(30, answers.Select(answer => answer.Entry.EntryId).Distinct().Count());
    }

    private protected static JournalEntry Intent(string content) =>
        JournalEntry.Planned(new DocumentKey(Origin, Model, content), $"{content}.pdf", $"/in/{content}.pdf", 100);

    private protected static Task<JournalAnswer> BeginAsync(IJournalRun run, string content, ResendScope resend = ResendScope.None) =>
        run.BeginAsync(Intent(content), resend, Noon, Cancel);

    private protected static async Task<JournalAnswer> StartAsync(IJournalRun run, string content, string? tag, DateTimeOffset? at = null)
    {
        JournalAnswer begun = await run.BeginAsync(Intent(content), ResendScope.None, at ?? Noon, Cancel);
        return begun with { Entry = await RecordAsync(run, begun, new UploadChange.Starting(at ?? Noon, tag)) };
    }

    private protected static async Task AcceptAsync(
        IJournalRun run, JournalEntry intent, string requestFileId, DateTimeOffset at, int pages = 1)
    {
        JournalAnswer begun = await run.BeginAsync(intent, ResendScope.None, at, Cancel);
        await RecordAsync(run, begun, new UploadChange.Starting(at, "tag-" + requestFileId));
        await RecordAsync(run, begun, new UploadChange.Accepted(at.AddSeconds(10), 1, requestFileId, pages));
    }

    private protected static Task<JournalEntry> RecordAsync(IJournalRun run, JournalAnswer document, UploadChange change) =>
        run.RecordAsync(document.Entry.EntryId, change, Cancel);

    private static T One<T>(IUploadJournal journal, string requestFileId, Func<JournalEntry, T> select) =>
        select(journal.Query(new JournalQuery { RequestFileId = requestFileId }).Single());
}
