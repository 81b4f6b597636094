using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>What a run over an inbox does with -PageBudget: the oldest first, what fits goes on, and what never fits is named.</summary>
public class InboxBudgetTests
{
    [Fact]
    public async Task A_document_that_never_fits_is_named_and_holds_nothing_up()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        Add(session, "large.pdf", pages: 4, hours: 9);
        Add(session, "a.pdf", pages: 1, hours: 8);
        Add(session, "b.pdf", pages: 2, hours: 7);
        Add(session, "c.pdf", pages: 1, hours: 6);
        InboxRunView run = session.Pass("-PageBudget 3");
        Assert.Equal(("TooLarge", "Done", "Done", "Unsent"), (run.Of("large.pdf"), run.Of("a.pdf"), run.Of("b.pdf"), run.Of("c.pdf")));
        Assert.Equal((1, 3), (run.ExitCode, session.Module.Emulator.Billing.TotalPages));
        Assert.Equal("PageBudgetReached", run.Of("large.pdf", "ErrorId"));
        Assert.Contains("about 4 pages, more than -PageBudget (3)", run.Of("large.pdf", "Reason"));
        Assert.Contains("Raise -PageBudget to 4", run.Of("large.pdf", "Advice"));
        foreach (string part in (string[])["1 too large", "Too large: PageBudgetReached (1)", "Raise -PageBudget to 4"])
            Assert.Contains(part, run.Summary);

        run = session.Pass("-PageBudget 3");
        Assert.Equal((1, "Done", "TooLarge"), (run.ExitCode, run.Of("c.pdf"), run.Of("large.pdf")));
        Assert.Equal(["large.pdf"], session.Files("inbox"));
        Assert.Equal(0, session.Pass("-PageBudget 4").ExitCode);
        Assert.Equal(4, session.Charges);
    }

    [Fact]
    public async Task What_does_not_fit_any_more_waits_while_smaller_ones_go_on_and_comes_first_in_the_next_run()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        Add(session, "a.pdf", pages: 2, hours: 9);
        Add(session, "b.pdf", pages: 3, hours: 8);
        Add(session, "c.pdf", pages: 1, hours: 7);
        Add(session, "d.pdf", pages: 1, hours: 6);
        InboxRunView run = session.Pass("-PageBudget 4");
        Assert.Equal(("Done", "Unsent", "Done", "Done"), (run.Of("a.pdf"), run.Of("b.pdf"), run.Of("c.pdf"), run.Of("d.pdf")));
        Assert.Equal((3, "PageBudgetReached", null), (run.ExitCode, run.Of("b.pdf", "ErrorId"), run.ErrorId));
        Assert.Contains("about 3 pages, more than is left of -PageBudget (4)", run.Of("b.pdf", "Reason"));

        Add(session, "e.pdf", pages: 1, hours: 5);
        Assert.Contains("Leave e.pdf: It has about 1 page, more than is left", session.Module.Show(
            "Invoke-NanonetsInbox inbox out -Label total_amount -PageBudget 3 -WhatIf").ReplaceLineEndings(" "));

        // Smaller ones that have come since do not take its place.
        for (int i = 0; i < 3; i++)
            Add(session, $"new-{i}.pdf", pages: 1, hours: 1);
        run = session.Pass("-PageBudget 4 -ThrottleLimit 8");
        Assert.Equal((3, "Done", 2, 3), (run.ExitCode, run.Of("b.pdf"), run.Count("Done"), run.Count("Unsent")));
    }

    [Fact]
    public async Task What_is_known_is_filed_whatever_the_budget_since_it_is_free()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        byte[] content = TestInvoice.Create("known", pages: 5);
        session.Add("first.pdf", content);
        session.Pass();
        session.Add("again.pdf", content, TimeSpan.FromHours(9));
        Add(session, "a.pdf", pages: 1, hours: 8);
        Assert.Equal((0, 2), (session.Pass("-PageBudget 1").ExitCode, session.Charges));
    }

    [Fact]
    public async Task What_if_says_what_would_be_taken_within_the_budget()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        byte[] content = Add(session, "a.pdf", pages: 2, hours: 9);
        Add(session, "large.pdf", pages: 5, hours: 8);
        Add(session, "b.pdf", pages: 3, hours: 7);
        session.Add("copy.pdf", content, TimeSpan.FromHours(6));
        Add(session, "c.pdf", pages: 2, hours: 5);
        string shown = session.Module.Show("Invoke-NanonetsInbox inbox out -Label total_amount -PageBudget 4 -WhatIf")
            .ReplaceLineEndings(" ");
        foreach (string part in (string[])["Send a.pdf", "Leave large.pdf: It has about 5 pages, more than -PageBudget (4)",
            "Leave b.pdf: It has about 3 pages, more than is left of -PageBudget (4)", "File copy.pdf away", "Send c.pdf",
            "Total: 2 of 5 document(s) (1 skipped, 2 over the page budget), about 4 page(s)"])
            Assert.Contains(part, shown);
        Assert.Empty(session.Module.Emulator.Requests.All);
    }

    private static byte[] Add(InboxSession session, string name, int pages, int hours)
    {
        byte[] content = TestInvoice.Create(name, pages: pages);
        session.Add(name, content, TimeSpan.FromHours(hours));
        return content;
    }
}
