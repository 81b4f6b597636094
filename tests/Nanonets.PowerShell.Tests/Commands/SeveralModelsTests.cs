using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Rows that name their model: what is wrong with one model fails its rows, and the others go on.</summary>
public class SeveralModelsTests
{
    private const string Unknown = "00000000-dead-4bad-8bad-00000000dead";
    private const string Rows =
        "1..4 | ForEach-Object { [pscustomobject]@{ Path = \"doc-0$_.png\"; ModelId = $_ -eq 2 ? $unknown : $model } }"
        + " | Export-Csv rows.csv; Import-Csv rows.csv";

    [Theory]
    [InlineData("")]
    [InlineData(" -Journal uploads.db")]
    [InlineData(" -ThrottleLimit 1")]
    public async Task One_row_of_an_unknown_model_is_one_error_and_the_others_are_sent(string more)
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run($"{Rows} | Send-NanonetsDocument{more}");
        Assert.Equal(3, result.Output.Count);
        Assert.Equal(3, session.Emulator.Billing.Charges.Count);
        Assert.StartsWith("ModelNotFound", result.OnlyError.FullyQualifiedErrorId);
        FileInfo target = result.OnlyError.TargetObject as FileInfo
            ?? Assert.Single(Assert.IsType<FileInfo[]>(result.OnlyError.TargetObject));
        Assert.Equal("doc-02.png", target.Name);
    }

    [Theory]
    [InlineData("Get-NanonetsResult", 7)]
    [InlineData("Get-NanonetsResult -Wait", 7)]
    [InlineData("Get-NanonetsResult -IdOnly", 7)]
    [InlineData("Save-NanonetsDocument -Destination saved", 7)]
    public async Task Results_of_the_other_models_are_fetched(string cmdlet, int results)
    {
        await using ModuleSession session = await StartReadAsync();
        RunResult result = session.Run($"{FileRows} | {cmdlet}");
        Assert.Equal(results, result.Output.Count);
        Assert.StartsWith("ModelNotFound", result.OnlyError.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("Approve-NanonetsDocument", "Verify")]
    [InlineData("Undo-NanonetsApproval", "UnVerify")]
    [InlineData("Remove-NanonetsDocument -Confirm:$false", "Delete")]
    public async Task Files_of_the_other_models_are_reviewed(string cmdlet, string route)
    {
        await using ModuleSession session = await StartReadAsync();
        RunResult result = session.Run($"{FileRows} | {cmdlet}");
        Assert.Equal(7, session.Emulator.Requests.All.Count(request => request.Route == route && request.Status == 200));
        Assert.StartsWith("ModelNotFound", result.OnlyError.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task Each_unknown_model_is_one_error_with_its_own_files()
    {
        await using ModuleSession session = await StartReadAsync();
        RunResult result = session.Run(
            "1..6 | ForEach-Object { [pscustomobject]@{ RequestFileId = \"f$_\"; ModelId = $_ -le 4 ? $unknown : 'another' } }"
            + " | Get-NanonetsResult");
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, static error => Assert.StartsWith("ModelNotFound", error.FullyQualifiedErrorId));
        Assert.Equal(["f1 f2 f3 f4", "f5 f6"], result.Errors.Select(static error =>
            string.Join(' ', Assert.IsType<object[]>(error.TargetObject).Select(IdOf).Order())));

        static object? IdOf(object page) => page.GetType().GetProperty("RequestFileId")!.GetValue(page);
    }

    private const string FileRows =
        "$sent | ForEach-Object { $id = $_.Input -eq 'doc-01.png' ? $unknown : $model; "
        + "[pscustomobject]@{ RequestFileId = $_.RequestFileId; ModelId = $id } }"
        + " | Export-Csv files.csv; Import-Csv files.csv";

    /// <summary>Eight files whose results are there: more than are asked for at once.</summary>
    private static async Task<ModuleSession> StartReadAsync()
    {
        ModuleSession session = await StartAsync(8);
        session.Run("$sent = Get-ChildItem *.png | Sort-Object Name | Send-NanonetsDocument | Get-NanonetsResult -Wait");
        return session;
    }

    private static async Task<ModuleSession> StartAsync(int files = 4)
    {
        ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(files);
        session.Set("unknown", Unknown);
        return session;
    }
}
