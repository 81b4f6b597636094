using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>The script that an administrator runs: for the journal that the other cmdlets use, and made without asking anybody.</summary>
public class GetNanonetsJournalSchemaTests
{
    private const string Address = "'postgresql://nanonets:secret-word@db.example.com/nanonets?schema=accounting'";

    [Theory]
    [InlineData($"Get-NanonetsJournalSchema -Journal {Address}")]
    [InlineData($"Connect-Nanonets -ApiKey $key -BaseUri $uri -Journal {Address}; Get-NanonetsJournalSchema")]
    public async Task Is_one_text_for_the_journal_in_use_and_asks_nobody(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Null(result.Terminating);
        string sql = Assert.IsType<string>(Assert.Single(result.Output).BaseObject);
        Assert.Contains("accounting", sql);
        Assert.DoesNotContain("secret-word", sql);
        Assert.DoesNotContain("GRANT", sql);
        Assert.Empty(session.Emulator.Requests.All);
    }

    [Fact]
    public async Task A_role_is_granted_to_read_and_write_rows_and_nothing_else()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        string sql = (string)Assert.Single(session.Run($"Get-NanonetsJournalSchema uploads -Journal {Address}").Output).BaseObject;
        Assert.Contains("GRANT", sql);
        Assert.Contains("\"uploads\"", sql);
        Assert.DoesNotContain("GRANT ALL", sql);
        Assert.DoesNotContain("CREATE ROLE", sql);
    }

    [Fact]
    public async Task A_journal_in_a_file_has_none()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        RunResult result = session.Run("Get-NanonetsJournalSchema -Journal uploads.db");
        Assert.StartsWith("JournalUnavailable", result.OnlyError.FullyQualifiedErrorId);
        Assert.Empty(session.Emulator.Requests.All);
    }
}
