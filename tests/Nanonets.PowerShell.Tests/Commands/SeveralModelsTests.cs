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

    private static async Task<ModuleSession> StartAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(4);
        session.Set("unknown", Unknown);
        return session;
    }
}
