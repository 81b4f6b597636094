using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>
/// A classification leaves no file, so that no journal can keep it from being billed again: nobody must believe that one does.
/// </summary>
[Collection(RunsAlone.Name)]
public class ClassificationJournalTests
{
    private const string Classes =
        """
        {"message":"Success","model_id":"m","result":[{"message":"Success","file":"doc.png","prediction":[{"label":"cat","probability":0.97},{"label":"dog","probability":0.03}]}]}
        """;

    [Theory]
    [InlineData("-Journal uploads.db")]
    [InlineData("-Metadata x")]
    [InlineData("-ProcessingType Sync")]
    [InlineData("-PagesToProcess 1")]
    [InlineData("-Resend All")]
    [InlineData("-NewOnly")]
    [InlineData("-OnAmbiguous Hold")]
    [InlineData("-TagMetadata")]
    [InlineData("-Force")]
    public async Task What_does_not_apply_cannot_be_given(string parameter)
    {
        using var service = new StubService(static _ => (200, Classes));
        await using ModuleSession session = await StartAsync(service, string.Empty);
        RunResult result = session.Run($"Get-ChildItem *.png | Send-NanonetsDocument -Classification {parameter}");
        Assert.StartsWith("AmbiguousParameterSet", result.OnlyError.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
        Assert.Empty(service.Uploads);
        Assert.False(File.Exists(Path.Combine(session.Folder, "uploads.db")));
    }

    [Theory]
    [InlineData(" -Journal uploads.db", "")]
    [InlineData("", "$env:NANONETS_JOURNAL = 'uploads.db'; ")]
    public async Task A_journal_of_the_connection_or_the_environment_is_one_warning(string connection, string environment)
    {
        using var service = new StubService(static _ => (200, Classes));
        await using ModuleSession session = await StartAsync(service, connection);
        RunResult result = session.Run(
            $"try {{ {environment}Get-ChildItem *.png | Send-NanonetsDocument -Classification }} finally {{ Remove-Item "
                + "Env:NANONETS_JOURNAL -ErrorAction Ignore }");
        Assert.Empty(result.Errors);
        Assert.Equal(3, result.Output.Count);
        string warning = Assert.Single(result.Warnings);
        Assert.Contains("journal", warning, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(session.Run("Get-ChildItem *.png | Select-Object -First 1 | Send-NanonetsDocument -Classification "
            + "-WarningAction SilentlyContinue").Warnings);
    }

    private static async Task<ModuleSession> StartAsync(StubService service, string connection)
    {
        ModuleSession session = await ModuleSession.StartAsync(false);
        session.AddFiles(3);
        session.Set("stub", service.Address);
        session.Run($"Connect-Nanonets -ApiKey k -BaseUri $stub -ModelId m -MaximumRetryCount 0{connection}");
        return session;
    }
}
