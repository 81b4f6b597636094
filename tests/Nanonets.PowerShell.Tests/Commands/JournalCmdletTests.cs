using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Get-NanonetsJournalEntry, Resolve-NanonetsJournalEntry and Remove-NanonetsJournalEntry.</summary>
public class JournalCmdletTests
{
    [Fact]
    public async Task Shows_entries_newest_first_and_narrows_them()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        Seed(session);
        Assert.Equal(
            ["held.pdf", "failed.pdf", "march.pdf", "february.pdf"], Inputs(session, "Get-NanonetsJournalEntry -Journal uploads.db"));
        Assert.Equal(["held.pdf", "failed.pdf"], Inputs(session, "Get-NanonetsJournalEntry -Journal uploads.db -State Held, Failed"));
        Assert.Equal(["february.pdf"], Inputs(session, "Get-NanonetsJournalEntry -Journal uploads.db -Before 2025-03-01"));
        Assert.Equal(
            ["held.pdf", "failed.pdf"], Inputs(session, "Get-NanonetsJournalEntry -Journal uploads.db -After ([datetime]'2025-03-18')"));
        Assert.Equal(["march.pdf"], Inputs(session, "Get-NanonetsJournalEntry march.pdf -Journal uploads.db"));
        Assert.Equal(["march.pdf"], Inputs(session, "Get-NanonetsJournalEntry ./march.pdf -Journal uploads.db"));
        Assert.Equal(["march.pdf"], Inputs(session, "Get-NanonetsJournalEntry (Join-Path $folder march.pdf) -Journal uploads.db"));
        Assert.Equal(["march.pdf", "february.pdf"], Inputs(session, "Get-NanonetsJournalEntry *[hy].pdf -Journal uploads.db"));
        Assert.Equal(["march.pdf"], Inputs(session, "Get-NanonetsJournalEntry -RequestFileId file-of-march.pdf -Journal uploads.db"));
        Assert.Empty(Inputs(session, "Get-NanonetsJournalEntry -ModelId another -Journal uploads.db"));
    }

    [Fact]
    public async Task Entries_lead_on_to_the_cmdlets_that_take_them()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        Seed(session);
        PSObject entry = Assert.Single(
            session.Run("Get-NanonetsJournalEntry -Journal uploads.db -State Finished -SourcePath march.pdf").Output);
        Assert.Equal("file-of-march.pdf", entry.Properties["RequestFileId"].Value);
        Assert.Equal("model-1", entry.Properties["ModelId"].Value);
        Assert.Equal(Path.Combine(session.Folder, "march.pdf"), entry.Properties["SourcePath"].Value);
        Assert.Equal(Path.Combine(session.Folder, "uploads.db"), entry.Properties["Journal"].Value);
    }

    [Fact]
    public async Task Adds_up_months()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        Seed(session);
        string shown = session.Show("Measure-NanonetsJournal -Journal uploads.db");
        Assert.Matches(@"Month +Documents +Pages +Unknown", shown);
        Assert.Matches(@"2025-03 +1 +3 +1\s", shown);
        Assert.Matches(@"2025-02 +1 +2 +0\s", shown);
    }

    [Fact]
    public async Task The_view_is_a_flat_table()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        Seed(session).Add(new string('n', 90) + ".pdf", "FinishedWithErrors", pages: 12);
        string shown = session.Show("Get-NanonetsJournalEntry -Journal uploads.db");
        Assert.Matches(@"Changed +State +Charged +Pages +Sent +Input", shown);
        Assert.Matches(@"Held +Unknown +1 held\.pdf", shown);
        Assert.Contains("n…", shown);
        Assert.All(shown.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
    }

    [Fact]
    public async Task A_journal_that_is_not_there_is_an_error_and_is_not_made()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        foreach (string command in (string[])["Get-NanonetsJournalEntry", "Remove-NanonetsJournalEntry -Before 2025-01-01"])
        {
            RunResult result = session.Run($"{command} -Journal none.db");
            Assert.StartsWith("JournalUnavailable,", result.OnlyError.FullyQualifiedErrorId);
            Assert.Contains("does not exist", result.OnlyError.ToString());
        }

        Assert.Empty(Directory.EnumerateFiles(session.Folder));
    }

    [Fact]
    public async Task Without_a_journal_the_ways_to_name_one_are_told()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        RunResult result = session.Run("Get-NanonetsJournalEntry");
        Assert.StartsWith("JournalPathMissing,", result.OnlyError.FullyQualifiedErrorId);
        Assert.All(["-Journal", "Connect-Nanonets", "NANONETS_JOURNAL"],
            way => Assert.Contains(way, result.OnlyError.ErrorDetails.RecommendedAction));
    }

    [Fact]
    public async Task The_connection_names_the_journal_from_where_it_was_made()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        Seed(session);
        Directory.CreateDirectory(Path.Combine(session.Folder, "elsewhere"));
        RunResult result = session.Run(
            "$c = Connect-Nanonets -ApiKey k -Journal ./uploads.db -PassThru; Set-Location elsewhere; "
            + "Get-NanonetsJournalEntry; Disconnect-Nanonets; Get-NanonetsJournalEntry -Connection $c");
        Assert.Equal(8, result.Output.Count);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public async Task A_file_of_something_else_is_no_journal()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFile("text.db", new byte[4096]);
        RunResult result = session.Run("Get-NanonetsJournalEntry -Journal text.db");
        Assert.StartsWith("JournalUnavailable,", result.OnlyError.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("-Adopt ' file-9 '", "Accepted")]
    [InlineData("-Resend", "Planned")]
    [InlineData("-Discard", "Failed")]
    public async Task A_person_says_what_became_of_an_upload(string word, string state)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        SeededJournal journal = Seed(session);
        RunResult preview = session.Run(
            $"Get-NanonetsJournalEntry -Journal uploads.db -State Held | Resolve-NanonetsJournalEntry {word} -WhatIf");
        Assert.Empty(preview.Output);
        Assert.Contains("held.pdf (Held, entry 4)", session.Console.Text);
        Assert.Equal("Held", journal.States()[3]);

        RunResult result = session.Run(
            $"Get-NanonetsJournalEntry -Journal uploads.db -State Held | Resolve-NanonetsJournalEntry {word} -PassThru");
        Assert.Equal(state, Assert.Single(result.Values("State"))!.ToString());
        Assert.Equal(state, journal.States()[3]);
        if (state == "Accepted")
            Assert.Equal("file-9", Assert.Single(result.Values("RequestFileId")));
    }

    [Fact]
    public async Task One_id_is_adopted_for_one_document()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        SeededJournal journal = Seed(session);
        journal.Add("held-too.pdf", "Held");
        RunResult result = session.Run(
            "Get-NanonetsJournalEntry -Journal uploads.db -State Held | Resolve-NanonetsJournalEntry -Adopt file-9");
        Assert.Equal(["UploadNotResolved"], result.ErrorIds);
        Assert.Equal("Nanonets.JournalEntry", result.Errors[0].TargetObject.GetType().FullName);
        Assert.Equal(["Accepted", "Held"], new[] { journal.States()[3], journal.States()[4] }.Order());
    }

    [Fact]
    public async Task What_the_service_has_cannot_be_resolved_and_the_rest_goes_on()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        SeededJournal journal = Seed(session);
        RunResult result = session.Run("Get-NanonetsJournalEntry -Journal uploads.db | Resolve-NanonetsJournalEntry -Discard");
        Assert.Equal(["UploadNotResolved", "UploadNotResolved"], result.ErrorIds);
        Assert.Contains("file-of-march.pdf", result.Errors[0].ToString());
        Assert.Equal(["Finished", "Finished", "Failed", "Failed"], journal.States());
    }

    [Fact]
    public async Task Entries_are_resolved_in_the_journal_they_come_from()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        SeededJournal journal = Seed(session);
        var other = new SeededJournal(Path.Combine(session.Folder, "other.db"));
        other.Add("innocent.pdf", "Held");
        session.Run(
            "Connect-Nanonets -ApiKey k -Journal other.db; "
            + "Get-NanonetsJournalEntry -Journal uploads.db -State Held | Resolve-NanonetsJournalEntry -Discard");
        Assert.Equal("Failed", journal.States()[3]);
        Assert.Equal(["Held"], other.States());

        // The same number in another journal is another document.
        RunResult mixed = session.Run(
            "$e = Get-NanonetsJournalEntry -Journal uploads.db -SourcePath february.pdf; "
            + "Resolve-NanonetsJournalEntry $e -Discard -Journal other.db");
        Assert.Contains("has no entry for 'february.pdf'", mixed.OnlyError.ToString());
        Assert.Equal(["Held"], other.States());
    }

    [Fact]
    public async Task Old_entries_are_forgotten_after_asking()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        SeededJournal journal = Seed(session);
        session.Run("Remove-NanonetsJournalEntry -Before 2026-01-01 -Journal uploads.db -WhatIf");
        Assert.Contains("3 entries", session.Console.Text);
        Assert.Contains("1 with an unknown outcome are kept", session.Console.Text);
        Assert.Equal(4, journal.States().Length);

        session.Console.Answers.Enqueue("N");
        session.Run("Remove-NanonetsJournalEntry -Before 2026-01-01 -Journal uploads.db");
        Assert.Equal(4, journal.States().Length);

        RunResult result = session.Run("Remove-NanonetsJournalEntry -Before 2026-01-01 -Journal uploads.db -Confirm:$false -Verbose");
        Assert.Equal(["Held"], journal.States());
        Assert.Contains("3 entries removed.", result.Verbose);

        session.Run("Remove-NanonetsJournalEntry -Before 2026-01-01 -Journal uploads.db -Force -Confirm:$false");
        Assert.Empty(journal.States());
        Assert.Contains("nothing to remove",
            session.Run("Remove-NanonetsJournalEntry -Before 2026-01-01 -Journal uploads.db -Verbose").Verbose.Single());
    }

    private static SeededJournal Seed(ModuleSession session)
    {
        var journal = new SeededJournal(Path.Combine(session.Folder, "uploads.db"));
        journal.Add("february.pdf", "Finished", "2025-02-11T12:00:00Z", pages: 2);
        journal.Add("march.pdf", "Finished", "2025-03-17T12:00:00Z", pages: 3);
        journal.Add("failed.pdf", "Failed", "2025-03-19T12:00:00Z");
        journal.Add("held.pdf", "Held", "2025-03-20T12:00:00Z");
        return journal;
    }

    private static string[] Inputs(ModuleSession session, string script)
    {
        RunResult result = session.Run(script);
        Assert.True(
            result.Errors.Count == 0 && result.Terminating is null, $"{script}: {result.Terminating} {string.Join(" ", result.Errors)}");
        return [.. result.Values("Input").Cast<string>()];
    }
}
