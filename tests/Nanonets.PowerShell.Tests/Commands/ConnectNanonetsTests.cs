using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

public class ConnectNanonetsTests
{
    [Theory]
    [InlineData("$key")]
    [InlineData("(ConvertTo-SecureString $key -AsPlainText)")]
    [InlineData("([pscredential]::new('any', (ConvertTo-SecureString $key -AsPlainText)))")]
    public async Task Takes_the_key_in_every_form_and_sends_nothing(string key)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFile("a.png");
        RunResult connected = session.Run($"Connect-Nanonets -ApiKey {key} -BaseUri $uri -ModelId $model -PassThru");
        Assert.Equal(session.Emulator.Options.ModelId, Assert.Single(connected.Values("ModelId")));
        Assert.Empty(session.Emulator.Requests.All);
        Assert.Single(session.Run("Send-NanonetsDocument a.png").Output);
    }

    [Fact]
    public async Task A_number_is_no_key_and_is_not_repeated()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        RunResult result = session.Run("Connect-Nanonets -ApiKey 123454321");
        ErrorRecord error = result.OnlyError;
        Assert.Contains("SecureString", error.ToString());
        Assert.DoesNotContain("123454321", error.ToString());
    }

    [Theory]
    [InlineData("http://example.com/api/v2", "in the clear")]
    [InlineData("not an address", "no address")]
    public async Task An_address_that_cannot_be_used_is_explained(string address, string explanation)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        RunResult result = session.Run($"Connect-Nanonets -ApiKey k -BaseUri '{address}'");
        Assert.StartsWith("InvalidConnection", result.OnlyError.FullyQualifiedErrorId);
        Assert.Contains(explanation, result.OnlyError.ToString());
    }

    [Fact]
    public async Task Without_a_connection_one_terminating_error_names_the_ways()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFiles(2);
        RunResult result = session.Run("Get-ChildItem *.png | Send-NanonetsDocument -ModelId m");
        Assert.StartsWith("ApiKeyMissing", result.OnlyError.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.AuthenticationError, result.OnlyError.CategoryInfo.Category);
        string advice = result.OnlyError.ErrorDetails.RecommendedAction;
        Assert.All(["Connect-Nanonets", "-Connection", "NANONETS_API_KEY"], way => Assert.Contains(way, advice));
    }

    [Fact]
    public async Task A_connection_in_another_runspace_is_pointed_out()
    {
        await using ModuleSession first = await ModuleSession.StartAsync();
        await using ModuleSession second = await ModuleSession.StartAsync(connect: false);
        second.AddFile("a.png");
        RunResult result = second.Run("Send-NanonetsDocument a.png -ModelId m");
        Assert.Contains("$using:connection", result.OnlyError.ToString());
    }

    [Fact]
    public async Task The_environment_connects_where_nothing_else_does()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFile("a.png");
        const string names = "NANONETS_API_KEY', 'NANONETS_BASE_URI', 'NANONETS_MODEL_ID";
        RunResult result = session.Run(
            "[Environment]::SetEnvironmentVariable('NANONETS_API_KEY', $key); [Environment]::SetEnvironmentVariable('NANONETS_BASE_URI', $uri);"
            + "[Environment]::SetEnvironmentVariable('NANONETS_MODEL_ID', $model);"
            + $"try {{ (Get-NanonetsConnection).Source; Send-NanonetsDocument a.png }} finally {{ foreach ($n in '{names}') {{ [Environment]::SetEnvironmentVariable($n, $null) }} }}");
        Assert.Equal("Environment", result.Output[0].ToString());
        Assert.Equal(2, result.Output.Count);
        Assert.Empty(session.Run("Get-NanonetsConnection").Output);
    }

    [Fact]
    public async Task Disconnecting_forgets_the_connection_and_twice_does_no_harm()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        Assert.Single(session.Run("Get-NanonetsConnection").Output);
        RunResult result = session.Run("Disconnect-Nanonets; Disconnect-Nanonets; Get-NanonetsConnection");
        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public async Task A_connection_object_works_in_parallel_runspaces()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFiles(3);
        RunResult result = session.Run(
            "$c = Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId $model -PassThru; $m = (Get-Module Nanonets).Path;"
            + "Get-ChildItem *.png | ForEach-Object -Parallel { Import-Module $using:m; Send-NanonetsDocument -LiteralPath $_.FullName -Connection $using:c }");
        Assert.Equal(3, result.Output.Count);
    }

    [Fact]
    public async Task The_key_is_in_no_view_of_a_connection()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        string shown = session.Show("Get-NanonetsConnection") + session.Show("Get-NanonetsConnection | Format-List *")
            + string.Join(' ', session.Run("Get-NanonetsConnection").Output.SelectMany(item => item.Properties.Select(property => property.Value)));
        Assert.Contains("api/v2", shown);
        Assert.DoesNotContain(session.Emulator.Options.ApiKey, shown);
    }
}
