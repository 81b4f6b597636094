using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Page results that come back from a job or a file, as bags of properties, do for every cmdlet what they did before.</summary>
public class RevivedPageTests
{
    [Theory]
    [InlineData("$what | ConvertTo-NanonetsRow")]
    [InlineData("$what | ConvertTo-NanonetsRow -As Table")]
    [InlineData("$what | ConvertTo-NanonetsRow -As Fields, Table -Culture en-US")]
    [InlineData("$what | ConvertTo-NanonetsRow -Label total_amount, invoice_number")]
    [InlineData("ConvertTo-NanonetsRow -InputObject $what")]
    public async Task Rows_are_the_same_as_of_the_pages_themselves(string script)
    {
        await using ModuleSession session = await StartAsync();
        Assert.Equal("Deserialized.Nanonets.PageResult", session.Run("$bags[0].PSTypeNames[0]").Output.Single().ToString());
        RunResult live = session.Run("$what = $pages; " + script);
        RunResult revived = session.Run("$what = $bags; " + script);
        Assert.Empty(revived.Errors);
        Assert.NotEmpty(revived.Output);
        Assert.Equal(live.Output.Select(Describe), revived.Output.Select(Describe));
    }

    [Fact]
    public async Task Finished_ones_pass_through_as_page_results_and_pending_ones_are_fetched()
    {
        await using ModuleSession session = await StartAsync();
        session.Emulator.Requests.Clear();
        RunResult finished = session.Run("$bags | Get-NanonetsResult");
        Assert.Empty(session.Emulator.Requests.All);
        Assert.All(finished.Output, page => Assert.Equal("Nanonets.PageResult", page.BaseObject.GetType().FullName));
        Assert.All(finished.Values("SourcePath"), path => Assert.Equal(Path.Combine(session.Folder, "invoice.pdf"), path));
        RunResult pending = session.Run(
            "Send-NanonetsDocument invoice.pdf | Export-Clixml sent.xml; Import-Clixml sent.xml | Get-NanonetsResult");
        Assert.All(pending.Values("State"), state => Assert.Equal("Success", state!.ToString()));
        Assert.All(pending.Values("SourcePath"), path => Assert.Equal(Path.Combine(session.Folder, "invoice.pdf"), path));
        Assert.Single(session.Emulator.Requests.All, request => request.Route == "GetPredictions");
    }

    [Fact]
    public async Task What_is_queued_stays_pending_though_its_json_says_success()
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run(
            "Send-NanonetsDocument invoice.pdf | Export-Clixml sent.xml; Import-Clixml sent.xml | ConvertTo-NanonetsRow");
        Assert.Single(result.Output);
        Assert.Contains("1 of the documents are pending", Assert.Single(result.Warnings));
    }

    [Theory]
    [InlineData("$bags | Save-NanonetsDocument out", "GetPredictions")]
    [InlineData("$bags | Approve-NanonetsDocument", "Verify")]
    [InlineData("$bags | Update-NanonetsResult -Field @{ invoice_number = 'X' }", "Update")]
    [InlineData("$bags | Get-NanonetsResult -IdOnly", "GetPageIds")]
    [InlineData("$bags | Send-NanonetsDocument", "LabelFile")]
    public async Task Other_cmdlets_take_them_too(string script, string route)
    {
        await using ModuleSession session = await StartAsync();
        session.Emulator.Requests.Clear();
        Assert.Empty(session.Run(script).Errors);
        Assert.Single(session.Emulator.Requests.All, request => request.Route == route);
    }

    [Fact]
    public async Task What_never_was_a_page_result_is_refused_by_name_and_the_rest_goes_on()
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run("& { 5; [pscustomobject]@{ RequestFileId = 'x' }; $bags } | ConvertTo-NanonetsRow");
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.StartsWith("InputObjectNotBound", error.FullyQualifiedErrorId));
        Assert.Single(result.Output);
    }

    [Fact]
    public async Task A_page_that_was_classified_keeps_its_classes()
    {
        using var service = new StubService(_ =>
            (200,
                """
                {"message":"Success","model_id":"m","result":[{"message":"Success","file":"a.png","prediction":[{"label":"cat","probability":0.97}]}]}
                """));
        await using ModuleSession session = await ModuleSession.StartAsync(false);
        session.AddFile("a.png");
        session.Set("stub", service.Address);
        session.Run("Connect-Nanonets -ApiKey k -BaseUri $stub -ModelId m -MaximumRetryCount 0");
        RunResult result = session.Run("Send-NanonetsDocument a.png -Classification | Export-Clixml sent.xml; Import-Clixml sent.xml | "
            + "Get-NanonetsResult | ForEach-Object { $_.Prediction[0].Label }");
        Assert.Equal("cat", Assert.Single(result.Output).ToString());
    }

    private static async Task<ModuleSession> StartAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("invoice.pdf", TestInvoice.Create());
        RunResult result = session.Run("$pages = Send-NanonetsDocument invoice.pdf | Get-NanonetsResult -Wait; $pages | Export-Clixml "
            + "pages.xml; $bags = @(Import-Clixml pages.xml)");
        Assert.Empty(result.Errors);
        return session;
    }

    private static string Describe(PSObject row) =>
        string.Join("; ", row.Properties.Select(property => $"{property.Name}={property.Value} ({property.Value?.GetType().Name})"));
}
