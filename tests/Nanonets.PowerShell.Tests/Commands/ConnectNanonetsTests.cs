using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
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

    [Theory]
    [InlineData("~/key")]
    [InlineData("./key")]
    [InlineData("key")]
    [InlineData("Keys:/key")]
    public async Task The_key_file_of_the_environment_is_found_as_the_parameter_finds_it(string path)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        string file = session.AddFile("key", System.Text.Encoding.ASCII.GetBytes(session.Emulator.Options.ApiKey));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        session.Set("path", path);
        RunResult result = session.Run(
            """
            $null = New-PSDrive Keys FileSystem $folder -Scope Global
            $provider = $ExecutionContext.SessionState.Provider.GetOne('FileSystem'); $usual = $provider.Home; $provider.Home = $folder
            $env:NANONETS_API_KEY_FILE = $path; $env:NANONETS_BASE_URI = $uri; $env:NANONETS_MODEL_ID = $model
            try { Get-NanonetsModel -ModelId $model; Get-NanonetsConnection }
            finally { $provider.Home = $usual; $env:NANONETS_API_KEY_FILE = $env:NANONETS_BASE_URI = $env:NANONETS_MODEL_ID = $null }
            """);
        Assert.Empty(result.Errors);
        Assert.Null(result.Terminating);
        Assert.Equal(2, result.Output.Count);
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
    [InlineData("not an address", "is not an address")]
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
            "[Environment]::SetEnvironmentVariable('NANONETS_API_KEY', $key); "
                + "[Environment]::SetEnvironmentVariable('NANONETS_BASE_URI', $uri);"
            + "[Environment]::SetEnvironmentVariable('NANONETS_MODEL_ID', $model);"
            + $"try {{ (Get-NanonetsConnection).Source; Send-NanonetsDocument a.png }} finally {{ foreach ($n in '{names}') {{ "
            + "[Environment]::SetEnvironmentVariable($n, $null) } }");
        Assert.Equal("Environment", result.Output[0].ToString());
        Assert.Equal(2, result.Output.Count);
        Assert.Empty(session.Run("Get-NanonetsConnection").Output);
    }

    [Fact]
    public async Task The_environment_can_name_a_key_file_which_is_read_anew_each_time()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFile("a.png");
        session.Set("keyFile", KeyFile(session, "old"));
        session.Set("newKey", session.Emulator.Options.ApiKey);
        RunResult result = session.Run(
            "[Environment]::SetEnvironmentVariable('NANONETS_API_KEY_FILE', $keyFile); "
                + "[Environment]::SetEnvironmentVariable('NANONETS_BASE_URI', $uri); try {"
            + "try { Send-NanonetsDocument a.png -ModelId $model } catch { $_.FullyQualifiedErrorId }; [IO.File]::WriteAllText($keyFile, "
            + "$newKey); (Send-NanonetsDocument a.png -ModelId $model).Input"
            + "} finally { foreach ($n in 'NANONETS_API_KEY_FILE', 'NANONETS_BASE_URI') { "
            + "[Environment]::SetEnvironmentVariable($n, $null) } }");
        Assert.Equal(
            ["ApiKeyRejected,Nanonets.Commands.SendNanonetsDocumentCommand", "a.png"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public async Task A_key_file_is_used_only_when_nobody_else_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The rules of Windows are tested on the text of its access lists.");
            return;
        }

        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        string path = KeyFile(session, session.Emulator.Options.ApiKey + "\r\n");
        Assert.Single(session.Run("Connect-Nanonets -ApiKeyFile key.txt -BaseUri $uri -PassThru").Output);

        foreach (UnixFileMode open in (UnixFileMode[])[UnixFileMode.GroupRead, UnixFileMode.OtherRead, UnixFileMode.OtherWrite])
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | open);
            ErrorRecord error = session.Run("Connect-Nanonets -ApiKeyFile key.txt -BaseUri $uri").OnlyError;
            Assert.StartsWith("ApiKeyFileUnusable", error.FullyQualifiedErrorId);
            Assert.Equal($"Run: chmod 600 '{path}'", error.ErrorDetails.RecommendedAction);
        }
    }

    [Theory]
    [InlineData("gone.txt", null)]
    [InlineData("key.txt", "")]
    [InlineData("key.txt", "two\nlines")]
    [InlineData("key.txt", "a-wr0ng:key")]
    public async Task A_key_file_without_a_key_is_an_error_that_does_not_repeat_its_content(string name, string? content)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        if (content is not null)
            KeyFile(session, content);
        ErrorRecord error = session.Run($"Connect-Nanonets -ApiKeyFile {name}").OnlyError;
        Assert.Matches("^(ApiKeyFileUnusable|InvalidConnection),", error.FullyQualifiedErrorId);
        Assert.DoesNotContain("wr0ng", error.ToString() + error.Exception);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("O:S-1-5-21-1-2-3-1001D:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;S-1-5-21-1-2-3-1001)", "")]
    [InlineData("O:BAG:DUD:(D;;FA;;;WD)(A;;FR;;;S-1-5-21-1-2-3-1001)(A;OICIIO;GA;;;CO)", "")]
    [InlineData("O:BAD:PAI(A;;FA;;;SY)(A;;FR;;;BU)", "S-1-5-32-545")]
    [InlineData("O:BAD:AI(A;ID;0x1200a9;;;BU)(A;ID;FA;;;WD)(A;ID;FA;;;WD)", "S-1-5-32-545 S-1-1-0")]
    [InlineData("O:S-1-5-21-1-2-3-1002D:P(A;;FA;;;SY)", "S-1-5-21-1-2-3-1002")]
    [InlineData("O:LSD:PAI(A;;FA;;;LS)", "")]
    [InlineData("O:NSD:PAI(A;;FA;;;SY)(A;;FA;;;NS)", "")]
    [InlineData("O:LAD:PAI(A;;FA;;;LA)(A;;FR;;;DA)", "S-1-5-21-1-2-3-512")]
    [InlineData("O:BAD:PAI(A;;FR;;;ZZ)", "ZZ")]
    [InlineData("O:BA", "S-1-1-0")]
    [InlineData("O:BAD:NO_ACCESS_CONTROL", "S-1-1-0")]
    public void An_access_list_of_Windows_names_who_else_can_use_the_file(string descriptor, string strangers)
    {
        // The accounts of the first rows, and what Windows says of the letters.
        Dictionary<string, string> known = new()
        {
            ["SY"] = "S-1-5-18", ["BA"] = "S-1-5-32-544", ["WD"] = "S-1-1-0", ["BU"] = "S-1-5-32-545",
            ["LS"] = "S-1-5-19", ["NS"] = "S-1-5-20", ["LA"] = "S-1-5-21-1-2-3-500", ["DA"] = "S-1-5-21-1-2-3-512",
        };
        string account = descriptor[2..4] is "LS" or "NS" or "LA" ? known[descriptor[2..4]] : "S-1-5-21-1-2-3-1001";
        Func<string, string> sidOf = alias => known.GetValueOrDefault(alias, alias);
        Assert.Equal(strangers, string.Join(' ', (IEnumerable<string>)AccessList("Strangers").Invoke(null, [descriptor, account, sidOf])!));
    }

    [Fact]
    public void The_remedy_names_accounts_as_icacls_takes_them_and_is_PowerShell()
    {
        string remedy = (string)AccessList("Remedy").Invoke(null, [@"C:\it's\key.txt", "S-1-5-19", (string[])["S-1-5-32-545", "ZZ"]])!;
        Assert.Equal(
            @"icacls 'C:\it''s\key.txt' /setowner *S-1-5-19; "
                + @"icacls 'C:\it''s\key.txt' /inheritance:r /grant:r *S-1-5-19:F /remove:g *S-1-5-32-545",
            remedy);
        Parser.ParseInput(remedy, out _, out ParseError[] errors);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("-NoProxy -Proxy http://p:1", "-NoProxy")]
    [InlineData("-Proxy http://user:p4ss@p:1", "-ProxyCredential")]
    [InlineData("-Proxy socks://p:1", "http")]
    [InlineData(
        "-ProxyUseDefaultCredentials -ProxyCredential ([pscredential]::new('u', (ConvertTo-SecureString p4ss -AsPlainText)))", "either")]
    public async Task Settings_that_contradict_each_other_are_refused(string settings, string explanation)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        ErrorRecord error = session.Run("Connect-Nanonets -ApiKey k " + settings).OnlyError;
        Assert.StartsWith("InvalidConnection", error.FullyQualifiedErrorId);
        Assert.Contains(explanation, error.ToString());
        Assert.DoesNotContain("p4ss", error.ToString());
    }

    [Fact]
    public async Task A_proxy_is_gone_through_and_told_who_calls_but_never_the_key()
    {
        using var proxy = new ProxyStub();
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFile("a.png");
        session.Set("proxy", proxy.Address);
        RunResult result = session.Run(
            "Connect-Nanonets -ApiKey s3cret-key -BaseUri https://nanonets.invalid -ModelId m -Proxy $proxy -MaximumRetryCount 0"
            + " -ProxyCredential ([pscredential]::new('clerk', (ConvertTo-SecureString p4ss -AsPlainText))); Send-NanonetsDocument a.png");
        Assert.StartsWith("ConnectionFailed", result.OnlyError.FullyQualifiedErrorId);
        Assert.StartsWith("CONNECT nanonets.invalid:443 ", proxy.Seen);
        Assert.Contains("Proxy-Authorization: Basic " + Convert.ToBase64String("clerk:p4ss"u8), proxy.Seen);
        Assert.DoesNotContain(Convert.ToBase64String("s3cret-key:"u8), proxy.Seen);
        Assert.DoesNotContain("p4ss", result.OnlyError.ToString());
    }

    [Theory]
    [InlineData("Send-NanonetsDocument a.png", "InvalidResponse")]
    [InlineData("Get-NanonetsResult some-id", "InvalidResponse")]
    public async Task A_redirect_is_not_followed_and_the_key_stays_here(string script, string expected)
    {
        using var other = new StubService(_ => (200, "{}"));
        using var service = new StubService(_ => (302, "{}"));
        service.Headers["Location"] = other.Address + "api/v2/x";
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFile("a.png");
        session.Set("stub", service.Address);
        RunResult result = session.Run($"Connect-Nanonets -ApiKey k -BaseUri $stub -ModelId m -MaximumRetryCount 0; {script}");
        Assert.StartsWith(expected, result.OnlyError.FullyQualifiedErrorId);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Several_connections_are_used_side_by_side()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        await using ModuleSession other = await ModuleSession.StartAsync(options: new Emulator.EmulatorOptions { ApiKey = "another-key" });
        session.AddFiles(2);
        session.Set("otherUri", other.Emulator.ApiUri);
        session.Set("otherModel", other.Emulator.Options.ModelId);
        RunResult result = session.Run(
            "$a = Get-NanonetsConnection; $b = Connect-Nanonets -ApiKey another-key -BaseUri $otherUri -ModelId $otherModel -PassThru;"
            + "Send-NanonetsDocument doc-01.png -Connection $a; Send-NanonetsDocument doc-02.png -Connection $b; "
            + "Send-NanonetsDocument doc-02.png");
        Assert.Empty(result.Errors);
        Assert.Equal(["doc-01.png"], session.Emulator.Billing.Charges.Select(charge => charge.FileName));
        Assert.Equal(["doc-02.png", "doc-02.png"], other.Emulator.Billing.Charges.Select(charge => charge.FileName));
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
            + "Get-ChildItem *.png | ForEach-Object -Parallel { Import-Module $using:m; Send-NanonetsDocument -LiteralPath "
            + "$_.FullName -Connection $using:c }");
        Assert.Equal(3, result.Output.Count);
    }

    [Fact]
    public async Task The_key_is_in_no_view_of_a_connection()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        string shown = session.Show("Get-NanonetsConnection") + session.Show("Get-NanonetsConnection | Format-List *")
            + string.Join(
                ' ', session.Run("Get-NanonetsConnection").Output.SelectMany(item => item.Properties.Select(property => property.Value)));
        Assert.Contains("api/v2", shown);
        Assert.DoesNotContain(session.Emulator.Options.ApiKey, shown);
    }

    private static MethodInfo AccessList(string method) =>
        Conventions.Surface.Module.GetType("Nanonets.Sessions.AccessList", true)!.GetMethod(method)!;

    /// <summary>A key file that only its owner can read.</summary>
    private static string KeyFile(ModuleSession session, string content)
    {
        string path = session.AddFile("key.txt", System.Text.Encoding.UTF8.GetBytes(content));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
