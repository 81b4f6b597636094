using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Processes;
using Nanonets.Tests;

namespace Nanonets.Journal.PostgreSql.Tests;

/// <summary>The staged module in a process of its own, with a journal in a database.</summary>
public sealed class CmdletTests(PostgreSqlCluster cluster)
{
    private const string Password = "n0b0dy-sees-this";

    [Fact]
    public async Task A_night_with_a_database_is_like_one_with_a_file_and_shows_its_password_nowhere()
    {
        cluster.NeedOwn();
        string schema = $"t_{Guid.NewGuid():N}";
        string address = cluster.Address(schema).Replace("postgres@", "worker@", StringComparison.Ordinal);
        await cluster.ExecuteAsync($"CREATE ROLE worker LOGIN PASSWORD '{Password}'; GRANT CREATE ON DATABASE postgres TO worker");
        await using EmulatorServer emulator = await EmulatorServer.StartAsync(
            new EmulatorOptions { AcceptAnyContent = true, ProcessingTimePerPage = TimeSpan.Zero }, TestContext.Current.CancellationToken);
        string folder = Directory.CreateTempSubdirectory("nanonets-cmdlets-").FullName;
        try
        {
            foreach (string name in (string[])["a.pdf", "b.pdf"])
                await File.WriteAllTextAsync(Path.Combine(folder, name), $"%PDF-1.4\n{name}\n", TestContext.Current.CancellationToken);
            string output = await Pwsh.RunAsync(Script(address, emulator, folder), TestContext.Current.CancellationToken);
            string[] lines = output.ReplaceLineEndings("\n").Split('\n');
            Assert.DoesNotContain(Password, output);
            Assert.Contains("first Pending Pending", lines);
            Assert.Contains("again 2", lines);
            Assert.Contains("entries Finished Finished", lines);
            Assert.Contains($"who {Environment.MachineName}", lines);
            Assert.Contains($"journal {address}", lines);
            Assert.Contains("resolved UploadNotResolved", lines);
            Assert.Contains("months 2", lines);
            Assert.Contains("checks Journal=Ok JournalRights=Ok JournalTls=Ok JournalClock=Ok", lines);
            Assert.Contains("short InvalidConnection ShortResendAfter", lines);
            Assert.Contains("removed 0", lines);
            Assert.Contains("wrong JournalUnavailable", lines);
            Assert.Equal(2, emulator.Billing.Charges.Count);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>What a user types; the password comes in each of the ways.</summary>
    private static string Script(string address, EmulatorServer emulator, string folder)
    {
        string secret = address.Replace("worker@", $"worker:{Password}@", StringComparison.Ordinal);
        string connect =
            $"Connect-Nanonets -ApiKey {emulator.Options.ApiKey} -BaseUri {emulator.ApiUri} -ModelId {emulator.Options.ModelId}";
        return $$"""
            Import-Module '{{Manifest()}}' -ErrorAction Stop
            Set-Location '{{folder}}'
            $ErrorActionPreference = 'Continue'
            function Id { ($Error[0].FullyQualifiedErrorId -split ',')[0] }
            $credential = [pscredential]::new('worker', (ConvertTo-SecureString '{{Password}}' -AsPlainText -Force))
            {{connect}} -Journal '{{address}}' -JournalCredential $credential -PassThru | Format-List * | Out-String
            "first $((Send-NanonetsDocument *.pdf -Verbose 4>&1 | Where-Object Input | ForEach-Object State) -join ' ')"
            $env:PGPASSWORD = '{{Password}}'
            {{connect}} -Journal '{{address}}'
            $pages = Send-NanonetsDocument *.pdf | Get-NanonetsResult -Wait
            "again $(@($pages).Count)"
            $env:PGPASSWORD = $null
            {{connect}} -Journal '{{secret}}' -Verbose
            (Get-NanonetsConnection | Out-String), "$(Get-NanonetsConnection)", ((Get-NanonetsConnection).Journal)
            $entries = @(Get-NanonetsJournalEntry)
            $entries | Format-List * | Out-String
            "entries $($entries.State -join ' ')"
            "who $(($entries.Machine | Select-Object -Unique) -join ' ')"
            "journal $($entries[0].Journal)"
            $null = $entries[0] | Resolve-NanonetsJournalEntry -Discard -Confirm:$false 2>&1
            "resolved $(Id)"
            "months $((Measure-NanonetsJournal).Documents)"
            "checks $((Test-NanonetsConnection | Where-Object Check -Like Journal* | ForEach-Object { "$($_.Check)=$($_.Status)" }) -join ' ')"
            Test-NanonetsConnection | Format-List * | Out-String
            Send-NanonetsDocument *.pdf -WhatIf | Out-String
            "removed $((Remove-NanonetsJournalEntry -Before 2000-01-01 -Confirm:$false -Verbose 4>&1).Count - 1)"
            $short = $(try { {{connect}} -Journal '{{address}}' -ResendAfter 4 } catch { Id })
            {{connect}} -ResendAfter 4
            "short $short $(try { Send-NanonetsDocument *.pdf -Journal '{{address}}' } catch { Id })"
            try { Get-NanonetsJournalEntry -Journal '{{secret}}_no' } catch { "wrong $(Id)"; $_ | Format-List * -Force | Out-String -Width 80 | ForEach-Object { ($_ -split 'InvocationInfo')[0] } }
            """;
    }

    internal static string Manifest()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Nanonets.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "artifacts", "module", "Nanonets", "Nanonets.psd1");
    }
}
