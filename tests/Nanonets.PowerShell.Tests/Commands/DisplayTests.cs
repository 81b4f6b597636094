using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>What a person sees in a terminal of 100 columns.</summary>
public class DisplayTests
{
    [Fact]
    public async Task A_list_of_a_page_shows_what_people_read_and_not_the_whole_answer()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("invoice.pdf", TestInvoice.Create());
        session.Run("$page = Send-NanonetsDocument invoice.pdf | Get-NanonetsResult -Wait");
        string shown = session.Show("$page | Format-List");
        Assert.Contains("RequestFileId", shown);
        Assert.Contains("invoice_number", shown);
        Assert.DoesNotContain("ocr_text", shown);
        Assert.True(Lines(shown).Length < 25, shown);
        Assert.Contains("ocr_text", session.Show("$page | Format-List *"));
    }

    [Theory]
    [InlineData("Get-NanonetsModel -ModelId $model", "Categories")]
    [InlineData("Read-NanonetsText invoice.pdf", "Text")]
    [InlineData("$null = Add-NanonetsTrainingDocument invoice.pdf; Get-NanonetsTrainingDocument", "Annotations")]
    public async Task No_list_shows_the_answer_of_the_service_unasked(string command, string member)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("invoice.pdf", TestInvoice.Create());
        string shown = session.Show($"{command} | Format-List");
        Assert.Contains(member, shown);
        Assert.DoesNotContain("Raw", shown);
        Assert.Contains("Raw", session.Show($"{command} | Format-List *"));
    }

    [Fact]
    public async Task WhatIf_has_a_line_of_100_columns_for_each_document_as_seen_from_here_and_one_for_all()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("inbox/of a supplier with a name that is rather long/invoice 2025-11-25.png");
        string elsewhere = System.IO.Path.GetFullPath(session.AddFile("elsewhere/b.png"));
        string[] lines = Lines(session.Show("Set-Location inbox; Get-ChildItem -Recurse -File | Send-NanonetsDocument -WhatIf; "
            + "Send-NanonetsDocument ../elsewhere/b.png -WhatIf; Set-Location .."));
        Assert.Equal("What if: Upload of a supplier with a name that is rather long/invoice 2025-11-25.png (144 B)".Replace(
            '/', System.IO.Path.DirectorySeparatorChar), lines[0]);
        Assert.StartsWith("What if: Total: 1 document(s), about 1 page(s), 144 B", lines[1]);
        Assert.Contains($"to model {session.Emulator.Options.ModelId}.", string.Concat(lines));
        Assert.Contains($"What if: Upload {elsewhere} (", string.Concat(lines));
    }

    private static string[] Lines(string text) =>
        [.. text.ReplaceLineEndings("\n").Split('\n').Select(static line => line.TrimEnd()).Where(static line => line.Length > 0)];
}
