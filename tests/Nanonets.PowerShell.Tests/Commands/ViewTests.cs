using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Every output type looks the same fresh, back from a job or a file, and in constrained language mode.</summary>
public class ViewTests
{
    private const string Made =
        """
        $pages = Send-NanonetsDocument invoice.pdf -Journal uploads.db | Get-NanonetsResult -Wait
        $entries = Get-NanonetsJournalEntry -Journal uploads.db
        $months = Measure-NanonetsJournal -Journal uploads.db
        $model = Get-NanonetsModel
        $texts = Read-NanonetsText invoice.pdf
        $new = New-NanonetsModel -Label total_amount, invoice_number -Confirm:$false
        $trained = Add-NanonetsTrainingDocument invoice.pdf -ModelId $new.ModelId -Annotation @{ Label = 'total_amount'; Text = '12.00'; XMin = 1; YMin = 1; XMax = 5; YMax = 5 }
        $checks = Test-NanonetsConnection
        $connection = Get-NanonetsConnection
        """;

    public static TheoryData<string> Outputs =>
    [
        "$pages", "$pages.Prediction", "$pages.Prediction.Cells", "$pages.Size", "$entries", "$months", "$model", "$model.Categories",
        "$texts", "$texts.Words", "$trained", "$trained.Annotations",
        "$checks", "$connection", "$pages.Prediction[0].Box",
    ];

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task Looks_the_same_when_it_comes_back_from_a_job(string output)
    {
        await using ModuleSession session = await StartAsync();
        string live = session.Show(output);
        Assert.NotEmpty(live.Trim());
        session.Run($"$back = [System.Management.Automation.PSSerializer]::Deserialize("
            + $"[System.Management.Automation.PSSerializer]::Serialize(@({output}), 2)); $Error.Clear()");
        Assert.Equal(live, session.Show("$back"));
        Assert.Empty(session.Run("$Error").Output);
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task Looks_the_same_in_constrained_language_mode(string output)
    {
        await using ModuleSession session = await StartAsync();
        string live = session.Show(output);
        session.Run("$Error.Clear(); $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'");
        Assert.Equal(live, session.Show(output));
        Assert.Empty(session.Run("$Error").Output);
    }

    [Fact]
    public async Task The_score_that_the_view_shows_is_a_property_that_scripts_can_ask_for()
    {
        await using ModuleSession session = await StartAsync();
        RunResult asked = session.Run("""
            $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($pages[0]))
            $lowest = ($pages[0].Prediction | Where-Object Type -EQ Field | Measure-Object Score -Minimum).Minimum
            $pages[0].Score -eq $lowest; $back.Score -eq $lowest
            @($pages[0] | Where-Object Score -lt $lowest).Count
            @($pages[0], $back | Where-Object Score -le $lowest).Count
            $null -eq (Send-NanonetsDocument invoice.pdf)[0].Score
            """);
        Assert.Empty(asked.Errors);
        Assert.Equal(["True", "True", "0", "2", "True"], asked.Output.Select(static item => item.ToString()));
    }

    [Fact]
    public async Task What_the_views_compute_is_seen_by_no_script()
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run("($pages, $entries, $texts | ForEach-Object { $_ } | Get-Member).Name; ($pages[0] | Format-List * | "
            + "Out-String); ($entries | ConvertTo-Json)");
        Assert.NotEmpty(result.Output);
        Assert.DoesNotContain(result.Output, static item => item.ToString().Contains("View", System.StringComparison.Ordinal));
    }

    private static async Task<ModuleSession> StartAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("invoice.pdf", TestInvoice.Create());
        RunResult made = session.Run(Made);
        Assert.Empty(made.Errors);
        Assert.Null(made.Terminating);
        return session;
    }
}
