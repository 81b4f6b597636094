using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Journal.PostgreSql.Serving;
using Nanonets.Journal.PostgreSql.Storage;
using Nanonets.Journaling;
using Nanonets.Tests;
using static Nanonets.Tests.Conformance.JournalSteps;

namespace Nanonets.Journal.PostgreSql.Tests;

/// <summary>Who may make a journal, who may only use it, and journals of other versions.</summary>
public sealed class RightsTests(PostgreSqlCluster cluster)
{
    private readonly string _schema = $"t_{Guid.NewGuid():N}";

    private JournalLocation Administrator => JournalLocation.OfDatabase(cluster.Address(_schema));

    [Fact]
    public async Task An_account_that_may_only_read_and_write_rows_uses_what_the_script_has_made()
    {
        JournalLocation limited = await LimitedAsync();
        NanonetsException mayNot = Assert.Throws<NanonetsException>(() => PostgreSqlJournal.Open(limited));
        Assert.Contains("Get-NanonetsJournalSchema writes the script", mayNot.Message);
        Assert.Equal(("Journal", CheckStatus.Failed), One(new PostgreSqlJournalLibrary().Check(limited)[0]));

        string role = limited.Address!["user"]!;
        await cluster.ExecuteAsync(new PostgreSqlJournalLibrary().SchemaScript(limited, role));
        Assert.Equal(
            [("Journal", CheckStatus.Ok), ("JournalRights", CheckStatus.Ok), ("JournalTls", CheckStatus.Ok),
                ("JournalClock", CheckStatus.Ok)],
            new PostgreSqlJournalLibrary().Check(limited).Select(One));
        using (PostgreSqlJournal journal = PostgreSqlJournal.Open(limited))
        {
            using IJournalRun run = await journal.StartRunAsync(Cancel);
            foreach (string state in (string[])["Planned", "Held", "Finished"])
                await BringToAsync(journal, run, state, state);
            await run.CompleteRebuildAsync(Origin, Model, Cancel);
            await run.KeepListedAsync(Origin, Model, [new("f", "a.pdf", null, string.Empty, Noon)], Cancel);
            Assert.Single(journal.Months());
        }

        using PostgreSqlJournal again = PostgreSqlJournal.Open(limited);
        Assert.Equal(3, again.Query(new JournalQuery()).Count());
        Assert.Equal(2, await again.RemoveAsync(Noon.AddYears(1), false, Cancel));
    }

    [Fact]
    public async Task A_right_that_is_taken_away_is_named()
    {
        JournalLocation limited = await LimitedAsync();
        string role = limited.Address!["user"]!;
        await cluster.ExecuteAsync(new PostgreSqlJournalLibrary().SchemaScript(limited, role));
        using PostgreSqlJournal journal = PostgreSqlJournal.Open(limited);
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        JournalEntry entry = (await BeginAsync(run, "a")).Entry;
        await cluster.ExecuteAsync($"REVOKE UPDATE ON {_schema}.entry FROM {role}");
        NanonetsException why = await Assert.ThrowsAsync<NanonetsException>(
            () => run.RecordAsync(entry.EntryId, Change("Starting"), Cancel));
        Assert.Equal(NanonetsErrorId.JournalUnavailable, why.ErrorId);
        Assert.Contains("the account may not do this (permission denied for table entry)", why.Message);
        Assert.Equal(("JournalRights", CheckStatus.Failed), One(new PostgreSqlJournalLibrary().Check(limited)[1]));
    }

    [Theory]
    [InlineData("right", true)]
    [InlineData("wrong", false)]
    public async Task A_password_comes_in_the_address_or_apart_from_it(string password, bool isTaken)
    {
        JournalLocation limited = await LimitedAsync(password: "right");
        string user = limited.Address!["user"]!;
        var apart = new System.Net.NetworkCredential(user, password);
        string bare = cluster.Address(_schema).Replace("postgres@", $"{user}@", StringComparison.Ordinal);
        foreach (JournalLocation location in (JournalLocation[])
        [
            JournalLocation.OfDatabase(bare.Replace($"{user}@", $"{user}:{password}@", StringComparison.Ordinal)),
            JournalLocation.OfDatabase(bare, new System.Net.NetworkCredential("somebody", password)),
            JournalLocation.OfDatabase(bare.Replace($"{user}@", "", StringComparison.Ordinal), apart),
        ])
        {
            if (isTaken)
            {
                Assert.False(new PostgreSqlJournalLibrary().Exists(location));
                continue;
            }

            NanonetsException refused = Assert.Throws<NanonetsException>(() => new PostgreSqlJournalLibrary().Exists(location));
            Assert.Contains("refuses the account", refused.Message);
            Assert.DoesNotContain(password, refused.ToString());
        }
    }

    [Fact]
    public async Task A_journal_of_a_newer_version_is_refused_and_left_alone()
    {
        PostgreSqlJournal.Open(Administrator).Dispose();
        await cluster.ExecuteAsync($"UPDATE {_schema}.journal SET format = 99");
        foreach (Func<PostgreSqlJournal> open in (Func<PostgreSqlJournal>[])[
            () => PostgreSqlJournal.Open(Administrator), () => PostgreSqlJournal.OpenReadOnly(Administrator)])
            Assert.Contains("was written by a newer version of the module (format 99, this one knows 1)",
                Assert.Throws<NanonetsException>(open).Message);
        Assert.Equal(CheckStatus.Failed, new PostgreSqlJournalLibrary().Check(Administrator)[0].Status);
        Assert.Equal(99, await cluster.ExecuteAsync($"SELECT format FROM {_schema}.journal"));
    }

    [Fact]
    public async Task An_older_journal_is_updated_once_no_run_uses_it()
    {
        var newer = new Schema([.. Schema.Current.Steps, "ALTER TABLE @entry ADD COLUMN more text;"]);
        using (PostgreSqlJournal old = PostgreSqlJournal.Open(Administrator))
        {
            using IJournalRun run = await old.StartRunAsync(Cancel);
            await BringToAsync(old, run, "Held", "a");
            Assert.Contains("a run of an older version is using it",
                Assert.Throws<NanonetsException>(() => PostgreSqlJournal.Open(Administrator, newer)).Message);
            Assert.Contains("was written by an older version",
                Assert.Throws<NanonetsException>(() => PostgreSqlJournal.OpenReadOnly(Administrator, newer)).Message);
        }

        using PostgreSqlJournal updated = PostgreSqlJournal.Open(Administrator, newer);
        Assert.Single(updated.Query(new JournalQuery()));
        Assert.Equal(2, await cluster.ExecuteAsync($"SELECT format FROM {_schema}.journal"));
    }

    [Fact]
    public async Task Two_that_come_at_once_make_one_journal()
    {
        JournalLocation location = Administrator;
        PostgreSqlJournal[] both = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => Task.Run(() => PostgreSqlJournal.Open(location), Cancel)));
        Assert.Equal(1L, await cluster.ExecuteAsync($"SELECT count(*) FROM {_schema}.journal"));
        Array.ForEach(both, static journal => journal.Dispose());
    }

    [Theory]
    [InlineData("postgresql://db.example.com/x", "verify-full")]
    [InlineData("postgresql://db.example.com/x?sslmode=require", "require")]
    [InlineData("postgresql://localhost/x", "prefer")]
    [InlineData("postgresql://localhost/x?sslmode=verify-full", "verify-full")]
    [InlineData("postgresql://localhost,db.example.com/x", "verify-full")]
    public void Beyond_this_machine_the_server_is_verified(string address, string mode) =>
        Assert.Equal(mode, ServerSettings.SslModeOf(JournalAddress.Parse(address)));

    [Fact]
    public async Task A_password_that_is_missing_is_asked_for_at_once()
    {
        JournalLocation limited = await LimitedAsync(password: "x");
        JournalLocation without = JournalLocation.OfDatabase(limited.Address!.Shown);
        var patient = new JournalTimes { Patience = TimeSpan.FromHours(1) };
        NanonetsException refused = Assert.Throws<NanonetsException>(() => PostgreSqlJournal.Open(without, times: patient));
        Assert.Contains("cannot be used: No password has been provided", refused.Message);
    }

    [Fact]
    public void What_is_not_asked_for_is_not_made()
    {
        Assert.Contains("does not exist", Assert.Throws<NanonetsException>(() => PostgreSqlJournal.OpenReadOnly(Administrator)).Message);
        Assert.False(new PostgreSqlJournalLibrary().Exists(Administrator));
        Assert.Contains("the first run creates it", new PostgreSqlJournalLibrary().Check(Administrator)[0].Detail);
    }

    private static (string Check, CheckStatus Status) One(ConnectionCheck check) => (check.Check, check.Status);

    /// <summary>An account that may do nothing yet.</summary>
    private async Task<JournalLocation> LimitedAsync(string password = "se/cr@t")
    {
        cluster.NeedOwn();
        string role = $"r_{Guid.NewGuid():N}";
        string address = cluster.Address(_schema);
        await cluster.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD '{password}'");
        return JournalLocation.OfDatabase(
            address.Replace("postgres@", $"{role}:{Uri.EscapeDataString(password)}@", StringComparison.Ordinal));
    }
}
