using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Journaling;
using static Nanonets.Tests.Conformance.JournalSteps;

namespace Nanonets.Tests.Conformance;

/// <summary>
/// What becomes of an entry, and who may send it, as tables held against every journal: what is asked is answered by the rows as
/// they are stored.
/// </summary>
public abstract class JournalRulesConformance
{
    private static readonly string[] s_states = ["Planned", "Sending", "Ambiguous", "Held", "Accepted", "Finished", "Refused", "Failed"];

    /// <summary>Opens the test's journal once more, as another process would.</summary>
    private protected abstract IUploadJournal Open();

    /// <summary>For each state of <see cref="s_states"/>: the state after the change, or <c>-</c> where it does not fit.</summary>
    [Theory]
    [InlineData("Starting", "Sending - Sending Sending - - - -")]
    [InlineData("NotSent", "- Planned - - - - - -")]
    [InlineData("Ambiguous", "- Ambiguous - - - - - -")]
    [InlineData("Held", "Held Held Held Held - - - -")]
    [InlineData("Accepted", "Accepted Accepted Accepted Accepted - - - -")]
    [InlineData("Refused", "- Refused - - - - - -")]
    [InlineData("Finished", "- - - - Finished Finished - -")]
    [InlineData("Finished with errors", "- - - - FinishedWithErrors FinishedWithErrors - -")]
    [InlineData("Adopted", "Accepted Accepted Accepted Accepted - - Accepted Accepted")]
    [InlineData("SentAgain", "Planned Planned Planned Planned - - Planned Planned")]
    [InlineData("Discarded", "Failed Failed Failed Failed - - Failed Failed")]
    public async Task A_change_leads_from_state_to_state(string change, string after)
    {
        foreach ((string state, string expected) in s_states.Zip(after.Split(' ')))
        {
            using IUploadJournal journal = Open();
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            JournalEntry entry = await BringToAsync(journal, run, state, $"{state} {change}");
            if (expected == "-")
                await Assert.ThrowsAsync<InvalidOperationException>(RecordAsync);
            else
                Assert.Equal(Noon.AddHours(1), (await RecordAsync()).ChangedAt);
            Assert.Equal(expected == "-" ? state : expected, Stored(journal, entry).State.ToString());

            Task<JournalEntry> RecordAsync() => run.RecordAsync(entry.EntryId, Change(change), Cancel);
        }
    }

    /// <summary>Steps, then: state, charged, attempts, how many of them may have been accepted, how many may have been seen.</summary>
    [Theory]
    [InlineData("Starting", "Sending No 1 0 1")]
    [InlineData("Starting NotSent", "Planned No 1 0 0")]
    [InlineData("Starting NotPosted", "Planned No 0 0 0")]
    [InlineData("Starting Refused", "Refused No 1 0 0")]
    [InlineData("Starting Accepted", "Accepted Yes 1 0 1")]
    [InlineData("Starting Ambiguous", "Ambiguous Unknown 1 1 1")]
    [InlineData("Starting Held", "Held Unknown 1 1 1")]
    [InlineData("Starting Ambiguous Held", "Held Unknown 1 1 1")]
    [InlineData("Starting Ambiguous Held Held", "Held Unknown 1 1 1")]
    [InlineData("Starting Ambiguous Found", "Accepted Yes 1 1 1")]
    [InlineData("Starting Ambiguous Starting", "Sending Unknown 2 1 2")]
    [InlineData("Starting Ambiguous Starting NotSent", "Ambiguous Unknown 2 1 1")]
    [InlineData("Starting Ambiguous Starting NotPosted", "Ambiguous Unknown 1 1 1")]
    [InlineData("Starting Ambiguous Starting Refused", "Held Unknown 2 1 1")]
    [InlineData("Starting Ambiguous Starting RefusedForGood", "Refused Unknown 2 1 1")]
    [InlineData("Starting Ambiguous Starting Accepted", "Accepted Yes 2 1 2")]
    [InlineData("Starting Ambiguous Starting Ambiguous", "Ambiguous Unknown 2 2 2")]
    [InlineData("Starting Ambiguous SentAgain", "Planned Unknown 1 0 0")]
    [InlineData("Starting Ambiguous SentAgain Starting NotSent", "Planned Unknown 2 0 0")]
    [InlineData("Starting Ambiguous Adopted", "Accepted Yes 1 1 1")]
    [InlineData("Starting Ambiguous Discarded", "Failed Unknown 1 1 1")]
    public async Task What_may_have_been_charged_is_never_forgotten(string steps, string expected)
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        JournalEntry entry = (await BeginAsync(run, "a")).Entry;
        foreach (string step in steps.Split(' '))
            entry = await run.RecordAsync(entry.EntryId, Change(step), Cancel);
        JournalEntry stored = Stored(journal, entry);
        Assert.Equal(expected, $"{stored.State} {stored.Charged} {stored.Attempts} {stored.AmbiguousAttempts} {stored.Seen.Count}");
        Assert.Equal(entry.Seen, stored.Seen);
    }

    /// <summary>For each state of <see cref="s_states"/>: what a run is told whose predecessor is dead, alive, or itself.</summary>
    [Theory]
    [InlineData("dead", ResendScope.None, "Begun Ambiguous Ambiguous Ambiguous Done Done Settled Settled")]
    [InlineData("dead", ResendScope.Failed, "Begun Ambiguous Ambiguous Ambiguous Done Done Begun Begun")]
    [InlineData("dead", ResendScope.Held, "Begun Ambiguous Ambiguous Begun Done Done Settled Settled")]
    [InlineData("dead", ResendScope.All, "Begun Ambiguous Ambiguous Begun Done Done Begun Begun")]
    [InlineData("alive", ResendScope.None, "Elsewhere Elsewhere Elsewhere Elsewhere Done Done Settled Settled")]
    [InlineData("alive", ResendScope.All, "Elsewhere Elsewhere Elsewhere Elsewhere Done Done Elsewhere Elsewhere")]
    [InlineData("itself", ResendScope.None, "Begun Ambiguous Ambiguous Ambiguous Done Done Settled Settled")]
    [InlineData("itself", ResendScope.All, "Begun Ambiguous Ambiguous Begun Done Done Begun Begun")]
    public async Task A_run_that_wants_to_send_is_told(string owner, ResendScope resend, string verdicts)
    {
        using IUploadJournal journal = Open();
        using IUploadJournal second = Open();
        using IJournalRun first = await journal.StartRunAsync(Cancel);
        foreach (string state in s_states)
            await BringToAsync(journal, first, state, state);
        if (owner == "dead")
            first.Dispose();
        using IJournalRun next = owner == "itself" ? first : await second.StartRunAsync(Cancel);
        foreach ((string state, string expected) in s_states.Zip(verdicts.Split(' ')))
        {
            JournalAnswer answer = await next.BeginAsync(Planned(state), resend, Noon.AddHours(1), Cancel);
            Assert.Equal((state, expected), (state, answer.Verdict.ToString().Replace("ElsewhereAlive", "Elsewhere")));

            // Only what was claimed can be written by it.
            if (answer.Verdict is JournalVerdict.Begun or JournalVerdict.Ambiguous)
                Assert.Equal(UploadState.Sending, (await next.RecordAsync(answer.Entry.EntryId, Change("Starting"), Cancel)).State);
            else if (owner != "itself")
            {
                await Assert.ThrowsAsync<InvalidOperationException>(
                    () => next.RecordAsync(answer.Entry.EntryId, Change("Starting"), Cancel));
            }
        }
    }

    [Theory]
    [InlineData("Held", "other.pdf", ResendScope.None, "Held.pdf")]
    [InlineData("Held", "other.pdf", ResendScope.Held, "other.pdf")]
    [InlineData("Planned", "other.pdf", ResendScope.None, "other.pdf")]
    [InlineData("Accepted", "other.pdf", ResendScope.None, "Accepted.pdf")]
    public async Task What_is_looked_for_keeps_the_name_it_was_sent_with(string state, string name, ResendScope resend, string expected)
    {
        using IUploadJournal journal = Open();
        using IJournalRun first = await journal.StartRunAsync(Cancel);
        await BringToAsync(journal, first, state, state);
        first.Dispose();
        using IJournalRun next = await journal.StartRunAsync(Cancel);
        JournalAnswer answer = await next.BeginAsync(Planned(state) with { Input = name }, resend, Noon, Cancel);
        Assert.Equal((expected, expected), (answer.Entry.Input, Stored(journal, answer.Entry).Input));
    }

    [Theory]
    [InlineData("Accepted", 0, false, 0)]
    [InlineData("Accepted", 1, false, 1)]
    [InlineData("Refused", 1, false, 1)]
    [InlineData("Planned", 1, false, 1)]
    [InlineData("Sending", 1, false, 0)]
    [InlineData("Ambiguous", 1, false, 0)]
    [InlineData("Held", 1, false, 0)]
    [InlineData("Held", 0, true, 0)]
    [InlineData("Held", 1, true, 1)]
    public async Task An_entry_is_forgotten(string state, long ticksLater, bool evenUnresolved, int removed)
    {
        using IUploadJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        JournalEntry entry = await BringToAsync(journal, run, state, state);
        run.Dispose();
        Assert.Equal(removed, await journal.RemoveAsync(entry.ChangedAt.AddTicks(ticksLater), evenUnresolved, Cancel));
        Assert.Equal(1 - removed, journal.Query(new JournalQuery()).Count());
    }
}
