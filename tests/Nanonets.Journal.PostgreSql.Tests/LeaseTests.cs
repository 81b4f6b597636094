using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Journaling;
using Nanonets.Tests;
using static Nanonets.Tests.Conformance.JournalSteps;

namespace Nanonets.Journal.PostgreSql.Tests;

/// <summary>
/// Claims without a session: a run that is not heard of loses them once and for all, whatever it does afterwards, and no sooner.
/// </summary>
public sealed class LeaseTests(PostgreSqlCluster cluster)
{
    private readonly string _schema = $"t_{Guid.NewGuid():N}";

    [Fact]
    public async Task A_run_that_is_not_heard_of_loses_its_claims_and_can_only_tell_what_became_of_them()
    {
        using PostgreSqlJournal journal = Open();
        using IJournalRun silent = await journal.StartRunAsync(Cancel);
        JournalEntry sending = await BringToAsync(journal, silent, "Sending", "sending");
        JournalEntry known = await BringToAsync(journal, silent, "Sending", "known");
        JournalEntry planned = await BringToAsync(journal, silent, "Planned", "planned");
        await silent.ConfirmClaimsAsync(Cancel);
        await LetPassAsync(silent, seconds: 61);

        using PostgreSqlJournal second = Open();
        using IJournalRun next = await second.StartRunAsync(Cancel);
        JournalAnswer taken = await BeginAsync(next, "sending");
        Assert.Equal((JournalVerdict.Ambiguous, UploadState.Ambiguous, ChargeState.Unknown), (taken.Verdict, taken.Entry.State,
            taken.Entry.Charged));
        Assert.Equal(JournalVerdict.Begun, (await BeginAsync(next, "planned")).Verdict);

        // It wakes: nothing of it may leave any more, nothing new begin, and what is another's it cannot touch.
        Assert.Contains("had not heard of this run", (await RefusedAsync(silent.ConfirmClaimsAsync(Cancel))).Message);
        await RefusedAsync(silent.RecordAsync(planned.EntryId, Change("Starting"), Cancel));
        await RefusedAsync(BeginAsync(silent, "new"));
        await RefusedAsync(silent.ClaimUnresolvedAsync(Origin, Model, Noon, Cancel));
        await RefusedAsync(silent.RecordAsync(sending.EntryId, Change("Accepted"), Cancel));

        // What nobody has taken it still writes down.
        Assert.Equal(UploadState.Accepted, (await silent.RecordAsync(known.EntryId, Change("Accepted"), Cancel)).State);
        Assert.Equal(JournalVerdict.Done, (await BeginAsync(next, "known")).Verdict);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(61, true)]
    public async Task A_claim_passes_on_after_a_minute_by_the_clock_of_the_database(int seconds, bool passes)
    {
        using PostgreSqlJournal journal = Open();
        using IJournalRun silent = await journal.StartRunAsync(Cancel);
        await BringToAsync(journal, silent, "Sending", "a");
        await LetPassAsync(silent, seconds);
        using IJournalRun next = await journal.StartRunAsync(Cancel);
        Assert.Equal(passes ? 1 : 0, (await next.ClaimUnresolvedAsync(Origin, Model, Noon, Cancel)).Count);
        Assert.Equal(passes ? JournalVerdict.Ambiguous : JournalVerdict.ElsewhereAlive, (await BeginAsync(next, "a")).Verdict);
    }

    [Theory]
    [InlineData("confirm")]
    [InlineData("record")]
    [InlineData("begin")]
    [InlineData("renew")]
    public async Task Whatever_a_run_writes_renews_its_lease(string what)
    {
        var times = new JournalTimes { Renewal = what == "renew" ? TimeSpan.FromMilliseconds(20) : TimeSpan.FromHours(1) };
        using PostgreSqlJournal journal = Open(times);
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        JournalEntry entry = (await BeginAsync(run, "a")).Entry;
        await LetPassAsync(run, seconds: 59);
        switch (what)
        {
            case "confirm":
                await run.ConfirmClaimsAsync(Cancel);
                break;
            case "record":
                await run.RecordAsync(entry.EntryId, Change("Starting"), Cancel);
                break;
            case "begin":
                await BeginAsync(run, "b");
                break;
            default:
                while (await SecondsLeftAsync(run) < 50)
                    await Task.Delay(5, Cancel);
                break;
        }

        Assert.InRange(await SecondsLeftAsync(run), 50, 60);
    }

    [Fact]
    public async Task Two_runs_that_find_a_third_one_gone_share_what_it_left()
    {
        using PostgreSqlJournal journal = Open();
        using IJournalRun gone = await journal.StartRunAsync(Cancel);
        for (int i = 0; i < 20; i++)
            await BringToAsync(journal, gone, "Sending", $"doc{i}");
        await LetPassAsync(gone, seconds: 61);
        using PostgreSqlJournal second = Open();
        using IJournalRun one = await journal.StartRunAsync(Cancel);
        using IJournalRun other = await second.StartRunAsync(Cancel);
        var claimed = await Task.WhenAll(
            one.ClaimUnresolvedAsync(Origin, Model, Noon, Cancel), other.ClaimUnresolvedAsync(Origin, Model, Noon, Cancel));
        Assert.Equal(20, claimed.Sum(static some => some.Count));
        Assert.Equal(20, claimed.SelectMany(static some => some).Select(static entry => entry.EntryId).Distinct().Count());
        Assert.All(claimed[0], entry => Assert.Equal(one.RunId, Stored(journal, entry).RunId));
        Assert.All(claimed[1], entry => Assert.Equal(other.RunId, Stored(journal, entry).RunId));
    }

    [Fact]
    public async Task An_entry_says_which_machine_and_account_sent_it()
    {
        using PostgreSqlJournal journal = Open();
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        JournalEntry entry = await BringToAsync(journal, run, "Accepted", "a");
        Assert.Equal(Environment.MachineName, entry.Machine);
        Assert.EndsWith(Environment.UserName, entry.Account, StringComparison.Ordinal);
    }

    private static async Task<NanonetsException> RefusedAsync(Task task)
    {
        NanonetsException why = await Assert.ThrowsAsync<NanonetsException>(() => task);
        Assert.Equal(NanonetsErrorId.JournalUnavailable, why.ErrorId);
        return why;
    }

    private PostgreSqlJournal Open(JournalTimes? times = null) =>
        PostgreSqlJournal.Open(JournalLocation.OfDatabase(cluster.Address(_schema)), times: times);

    /// <summary>As if the run had last been heard of so long ago.</summary>
    private Task<object?> LetPassAsync(IJournalRun run, int seconds) => cluster.ExecuteAsync(
        $"UPDATE {_schema}.run SET expires_at = expires_at - interval '{seconds} s' WHERE id = '{run.RunId}'");

    private async Task<int> SecondsLeftAsync(IJournalRun run) => (int)(await cluster.ExecuteAsync(
        $"SELECT extract(epoch FROM expires_at - clock_timestamp())::int FROM {_schema}.run WHERE id = '{run.RunId}'"))!;
}
