using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Runs that can be repeated: what the journal remembers, and what a lost answer comes to.</summary>
public class SendWithJournalTests
{
    private const string Send = "Get-ChildItem *.png | Sort-Object Name | Send-NanonetsDocument -Journal uploads.db";

    [Fact]
    public async Task The_same_line_again_sends_nothing_and_its_results_are_fetched()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(4);
        RunResult first = session.Run(Send);
        Assert.Empty(first.Errors);
        session.AddFile("new.png");

        RunResult again = session.Run(Send + " | Get-NanonetsResult -Wait");
        Assert.Equal(5, again.Output.Count);
        Assert.All(again.Values("State"), state => Assert.Equal("Success", state!.ToString()));
        Assert.Equal(5, session.Uploads.Count());
        RunResult third = session.Run(Send);
        Assert.Equal(5, third.Output.Count);
        Assert.All(third.Values("FromJournal"), value => Assert.True((bool)value!));
        Assert.Equal(first.Values("RequestFileId").Order(),
            third.Values("RequestFileId").Where(id => first.Values("RequestFileId").Contains(id)).Order());
        Assert.Empty(session.Run(Send + " -NewOnly").Output);
        Assert.Equal(5, session.Emulator.Billing.Charges.Count);
    }

    [Fact]
    public async Task The_same_content_under_two_names_is_sent_once_and_both_are_answered()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        byte[] content = File.ReadAllBytes(session.AddFile("a.png"));
        session.AddFile("b.png", content);
        RunResult result = session.Run(Send);
        Assert.Equal(2, result.Output.Count);
        Assert.Single(result.Values("RequestFileId").Distinct());
        Assert.Single(session.Emulator.Billing.Charges);
        RunResult waited = session.Run(Send + " | Get-NanonetsResult -Wait");
        Assert.Equal(["a.png", "b.png"], waited.Values("SourcePath").Select(path => Path.GetFileName((string)path!)).Order());
        Assert.Equal(
            ["Finished"], session.Run("Get-NanonetsJournalEntry -Journal uploads.db").Values("State").Select(state => state!.ToString()));
        IDictionary<string, object?> of = result.Output.ToDictionary(
            page => (string)page.Properties["Input"].Value, page => (object?)page.Properties["DuplicateOf"].Value);
        Assert.Equal(1, of.Values.Count(value => value is null));
        Assert.Contains(Path.Combine(session.Folder, of["a.png"] is null ? "a.png" : "b.png"), of.Values);
    }

    [Fact]
    public async Task Other_metadata_makes_it_another_document_with_a_warning()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        session.Run(Send);
        RunResult other = session.Run(Send + " -Metadata 'invoice 7'");
        Assert.Single(other.Output);
        Assert.Contains("other metadata", Assert.Single(other.Warnings));
        Assert.Equal(2, session.Uploads.Count());
    }

    [Fact]
    public async Task What_is_held_in_one_run_is_found_by_the_next()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.CutAfter, Route = "LabelFile", From = 2, To = 2 });
        RunResult first = session.Run(Send + " -OnAmbiguous Hold");
        Assert.Equal(["UploadAmbiguous"], first.ErrorIds);
        Assert.IsType<FileInfo>(first.Errors[0].TargetObject);
        Assert.Equal(2, first.Output.Count);

        RunResult second = session.Run(Send);
        Assert.Empty(second.Errors);
        Assert.Equal(3, second.Values("RequestFileId").Distinct().Count());
        Assert.Equal(3, session.Uploads.Count());
        Assert.All(session.Emulator.Billing.Charges, charge => Assert.Equal(1, session.Emulator.Billing.TimesCharged(charge.Sha256)));
    }

    [Fact]
    public async Task What_was_refused_is_skipped_until_asked_for()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("bad.png");
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Route = "LabelFile", From = 1, To = 1, Status = 400 });
        Assert.Single(session.Run(Send).Errors);
        RunResult second = session.Run(Send);
        Assert.Empty(second.Errors);
        Assert.Contains("-Resend", Assert.Single(second.Warnings));
        Assert.Single(session.Run(Send + " -Resend Failed").Output);
        Assert.Equal(2, session.Uploads.Count());
    }

    [Theory]
    [InlineData("N", "", 1)]
    [InlineData("Y", "", 22)]
    [InlineData(null, " -Force", 22)]
    public async Task Many_are_not_sent_again_without_a_word_and_a_no_holds_up_nothing_else(string? answer, string force, int sent)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(21);
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Route = "LabelFile", Status = 400 });
        session.Run(Send);
        session.Emulator.Faults.Clear();
        session.AddFile("new.png");
        if (answer is not null)
            session.Console.Answers.Enqueue(answer);
        RunResult result = session.Run(Send + " -Resend Failed" + force + "; 'went on'");
        Assert.Equal("went on", result.Output[^1].ToString());
        Assert.Equal(sent, result.Output.Count - 1);
        Assert.Equal(sent, session.Emulator.Billing.Charges.Count);
        Assert.Equal(answer is not null, session.Console.Text.Contains("21 documents"));
    }

    [Fact]
    public async Task A_page_budget_ends_in_one_error_with_the_unsent_files()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(6);
        RunResult result = session.Run("Get-ChildItem *.png | Send-NanonetsDocument -PageBudget 4");
        Assert.Equal(4, result.Output.Count);
        Assert.StartsWith("PageBudgetReached", result.OnlyError.FullyQualifiedErrorId);
        Assert.Equal(2, Assert.IsType<FileInfo[]>(result.OnlyError.TargetObject).Length);
        Assert.Equal(4, session.Emulator.Billing.TotalPages);
    }

    [Fact]
    public async Task What_a_page_budget_does_not_suffice_for_holds_up_no_smaller_document()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.pdf", TestInvoice.Create(pages: 3));
        session.AddFile("b.png");
        session.AddFile("c.png");
        string shown = session.Show("Get-ChildItem | Send-NanonetsDocument -PageBudget 2 -WhatIf").ReplaceLineEndings(" ");
        Assert.Matches(@"Skip a\.pdf \([^)]+\): over the page budget", shown);
        Assert.Contains("Total: 2 of 3 document(s) (1 over the page budget), about 2 page(s)", shown);
        RunResult result = session.Run("Get-ChildItem | Send-NanonetsDocument -PageBudget 2");
        Assert.Equal(["b.png", "c.png"], result.Values("Input").Order());
        Assert.StartsWith("PageBudgetReached", result.OnlyError.FullyQualifiedErrorId);
        Assert.Equal("a.pdf", Assert.IsType<FileInfo>(result.OnlyError.TargetObject).Name);
        Assert.Equal(2, session.Emulator.Billing.TotalPages);
    }

    [Fact]
    public async Task WhatIf_forecasts_and_makes_no_journal()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(2);
        session.AddFile("copy.png", File.ReadAllBytes(Path.Combine(session.Folder, "doc-01.png")));
        RunResult result = session.Run(
            "Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId $model -PagesPerMinute 1; " + Send + " -WhatIf");
        Assert.Empty(result.Errors);
        Assert.Contains("Total: 2 of 3 document(s) (1 skipped)", session.Console.Text);
        Assert.Contains("about 2 page(s)", session.Console.Text);
        Assert.Contains("at least 2 minute(s)", session.Console.Text);
        Assert.False(File.Exists(Path.Combine(session.Folder, "uploads.db")));
        Assert.Empty(session.Emulator.Requests.All);
    }

    [Fact]
    public async Task The_tag_travels_and_is_taken_off_and_text_is_sent_untouched()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        RunResult none = session.Run("Send-NanonetsDocument a.png");
        RunResult members = session.Run("Send-NanonetsDocument a.png -Metadata @{ order = 7 }");
        RunResult text = session.Run("Send-NanonetsDocument a.png -Metadata 'order 7'");
        RunResult tagged = session.Run("Send-NanonetsDocument a.png -Metadata 'order 7' -TagMetadata");
        string[] sent = [.. session.Uploads.Select(upload => upload.Fields["request_metadata"])];
        Assert.Matches("^nn1\\.[0-9a-f]{20}\\.1$", sent[0]);
        Assert.Matches("^\\{\"order\":7,\"_nn\":\"nn1\\.[0-9a-f]{20}\\.1\"\\}$", sent[1]);
        Assert.Equal("order 7", sent[2]);
        Assert.Matches("^nn1\\.[0-9a-f]{20}\\.1 order 7$", sent[3]);
        Assert.Equal(["", "{\"order\":7}", "order 7", "order 7"],
            new[] { none, members, text, tagged }.Select(result => (string)result.Values("RequestMetadata").Single()!));
        Assert.Contains("nn1.", (string)none.Values("Raw").Single()!);
    }

    [Fact]
    public async Task The_summary_adds_up()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.AddFile("doc-04.png", File.ReadAllBytes(Path.Combine(session.Folder, "doc-01.png")));
        RunResult result = session.Run(Send + " -InformationVariable said | ForEach-Object { }; $said.MessageData");
        Assert.Equal(
            "4 document(s): 3 accepted, 1 with the same content as another. 3 page(s) sent.", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public async Task A_journal_that_cannot_be_used_ends_the_run_before_anything_is_sent()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(2);
        session.AddFile("broken.db", Encoding.UTF8.GetBytes(new string('x', 5000)));
        RunResult result = session.Run("Get-ChildItem *.png | Send-NanonetsDocument -Journal broken.db");
        Assert.StartsWith("JournalUnavailable", result.OnlyError.FullyQualifiedErrorId);
        Assert.Empty(session.Uploads);
    }

    [Fact]
    public async Task With_a_journal_each_document_travels_alone()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(2);
        Assert.StartsWith("FilesPerRequestWithJournal", session.Run(Send + " -FilesPerRequest 2").OnlyError.FullyQualifiedErrorId);
    }
}
