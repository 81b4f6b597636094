using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Rows that name their model: what is wrong with one model fails its rows, and the others go on.</summary>
public class SeveralModelsTests
{
    private const string Unknown = "00000000-dead-4bad-8bad-00000000dead";
    private const string Rows = "1..4 | ForEach-Object { [pscustomobject]@{ Path = \"doc-0$_.png\"; ModelId = $_ -eq 2 ? $unknown : $model } } | Export-Csv rows.csv; Import-Csv rows.csv";

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
        FileInfo target = result.OnlyError.TargetObject as FileInfo ?? Assert.Single(Assert.IsType<FileInfo[]>(result.OnlyError.TargetObject));
        Assert.Equal("doc-02.png", target.Name);
    }

    [Theory]
    [InlineData("Get-NanonetsResult", 3)]
    [InlineData("Get-NanonetsResult -Wait", 3)]
    [InlineData("Get-NanonetsResult -IdOnly", 3)]
    public async Task Results_of_the_other_models_are_fetched(string cmdlet, int results)
    {
        await using ModuleSession session = await StartAsync();
        session.Run("$sent = Get-ChildItem *.png | Sort-Object Name | Send-NanonetsDocument | Get-NanonetsResult -Wait");
        RunResult result = session.Run($"{{0}} | {cmdlet}".Replace("{0}", FileRows));
        Assert.Equal(results, result.Output.Count);
        Assert.StartsWith("ModelNotFound", result.OnlyError.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("Approve-NanonetsDocument", "Verify")]
    [InlineData("Undo-NanonetsApproval", "UnVerify")]
    [InlineData("Remove-NanonetsDocument -Confirm:$false", "Delete")]
    public async Task Files_of_the_other_models_are_reviewed(string cmdlet, string route)
    {
        await using ModuleSession session = await StartAsync();
        session.Run("$sent = Get-ChildItem *.png | Sort-Object Name | Send-NanonetsDocument | Get-NanonetsResult -Wait");
        RunResult result = session.Run($"{FileRows} | {cmdlet}");
        Assert.Equal(3, session.Emulator.Requests.All.Count(request => request.Route == route && request.Status == 200));
        Assert.StartsWith("ModelNotFound", result.OnlyError.FullyQualifiedErrorId);
    }

    private const string FileRows =
        "$sent | ForEach-Object { [pscustomobject]@{ RequestFileId = $_.RequestFileId; ModelId = $_.Input -eq 'doc-02.png' ? $unknown : $model } } | Export-Csv files.csv; Import-Csv files.csv";

    private static async Task<ModuleSession> StartAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(4);
        session.Set("unknown", Unknown);
        return session;
    }
}
