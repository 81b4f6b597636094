using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>A slip in -Label costs nothing: it is said before anything is sent.</summary>
public class InboxLabelTests
{
    [Fact]
    public async Task A_label_that_the_model_does_not_have_ends_the_run_before_anything_is_sent()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        RunResult result = session.Module.Run("Invoke-NanonetsInbox inbox out -Label invoice_numbr, total_amount, seler_name");
        var run = new InboxRunView(Assert.Single(result.Output));
        Assert.Equal((2, "LabelNotFound", "Unsent"), (run.ExitCode, run.ErrorId, run.Of("a.pdf")));
        Assert.Equal("LabelNotFound", result.OnlyError.FullyQualifiedErrorId.Split(',')[0]);
        foreach (string part in (string[])["'invoice_numbr', 'seler_name'", "It has currency, due_date, invoice_date, invoice_number"])
            Assert.Contains(part, result.OnlyError.Exception.Message);
        Assert.Empty(session.Module.Uploads);
        Assert.Equal(["a.pdf"], session.Files("inbox"));

        // The model was asked a moment ago, and is asked again.
        Assert.Equal(2, new InboxRunView(session.Module.Run("Invoke-NanonetsInbox inbox out -Label nothing").Output[0]).ExitCode);
        Assert.Equal(0, session.Pass().ExitCode);
    }

    [Fact]
    public async Task The_case_of_a_label_does_not_matter()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        RunResult result = session.Module.Run("Invoke-NanonetsInbox inbox out -Label Invoice_Number, @{ TOTAL_AMOUNT = 'Total' }");
        Assert.Equal(0, new InboxRunView(Assert.Single(result.Output)).ExitCode);
    }

    [Fact]
    public async Task The_labels_of_tables_are_not_known_before_and_are_not_checked()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        RunResult result = session.Module.Run("Invoke-NanonetsInbox inbox out -As Table -Label Description, Quantity, total_amount");
        Assert.Equal(0, new InboxRunView(Assert.Single(result.Output)).ExitCode);
    }

    [Fact]
    public async Task A_model_that_names_no_labels_is_taken_at_its_word()
    {
        await using ScriptedService service = await ScriptedService.StartAsync();
        service.Answer = static request => request.Method == "POST"
            ? (402, """{"code":402,"message":"Payment Required","errors":[{"field":"","message":"Payment Required"}]}""")
            : (200, """{"model_id":"m1","model_type":"ocr","state":5,"categories":[]}""");
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.AddFile("inbox/a.png");
        RunResult result = session.Run("Invoke-NanonetsInbox inbox out -Label anything -MinimumAge 0");
        Assert.Equal(["QuotaExhausted"], result.ErrorIds);
    }

    [Fact]
    public async Task An_empty_inbox_asks_for_no_labels()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        Assert.Equal(0, new InboxRunView(session.Module.Run("Invoke-NanonetsInbox inbox out -Label nothing").Output.Single()).ExitCode);
        Assert.Empty(session.Module.Emulator.Requests.All);
    }
}
