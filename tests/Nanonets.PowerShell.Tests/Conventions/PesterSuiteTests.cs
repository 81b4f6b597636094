using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Nanonets.PowerShell.Tests.Conventions;

/// <summary>What goes wrong in the Pester suite makes dotnet test fail, and is named there.</summary>
public sealed class PesterSuiteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanonets-pester-").FullName;

    [Fact]
    public async Task Each_result_is_a_test_of_its_own_and_whatever_fails_is_named()
    {
        Add("Sums", """
            Describe 'Sums' { It 'is right' { }
            It 'is wrong' { Write-Host 'on the way'; 1 + 1 | Should -Be 3 }
            It 'is left out' { Set-ItResult -Skipped -Because 'of a reason' }
            It 'is hidden' -Skip { } }
            """);
        Add("Before", "Describe 'Prepared' { BeforeAll { throw 'no world' }; It 'first' { } }");
        Add("After", "Describe 'Tidied' { It 'fine' { }; AfterAll { throw 'not tidy' } }");
        Add("Discovery", "BeforeDiscovery { throw 'no discovery' }; Describe 'D' { It 'never' { } }");
        Add("Syntax", "Describe 'Broken' { It 'x' {");
        Add("Nothing", "Describe 'Nothing' { }");
        string output = await RunAsync(expectedExitCode: 2);
        Assert.All(
            [
                "failed Sums.Tests.ps1: Sums.is wrong", "Expected 3, but got 2.", "Sums.Tests.ps1: line 2", "on the way",
                "skipped Sums.Tests.ps1: Sums.is left out", "of a reason",
                "failed Sums.Tests.ps1: Sums.is hidden", "skipped without a reason",
                "failed Before.Tests.ps1: Prepared.first", "no world",
                "failed After.Tests.ps1: Tidied (before or after its tests)", "not tidy",
                "failed Discovery.Tests.ps1: (the file)", "no discovery",
                "failed Syntax.Tests.ps1: (the file)", "Missing closing '}'",
                "failed Nothing.Tests.ps1: (the file)", "There is no test in this file.",
                "failed: 8", "succeeded: 2", "skipped: 1",
            ],
            text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_suite_without_files_fails() =>
        Assert.Contains("Zero tests ran", await RunAsync(expectedExitCode: 8), StringComparison.Ordinal);

    [Fact]
    public async Task When_PowerShell_ends_too_early_the_file_that_ran_and_those_after_it_fail()
    {
        Add("A", "Describe 'A' { It 'passes' { } }");
        Add("B", "Describe 'B' { It 'ends the process' { [Environment]::Exit(3) } }");
        Add("C", "Describe 'C' { It 'passes' { } }");
        string output = await RunAsync(expectedExitCode: 2);
        Assert.Contains("PowerShell ended with exit code 3 before this file was finished.", output, StringComparison.Ordinal);
        Assert.Contains("Not run, since PowerShell ended in B.Tests.ps1.", output, StringComparison.Ordinal);
        Assert.Contains("succeeded: 1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_does_not_end_is_ended_and_fails()
    {
        Add("Waits", "Describe 'Waits' { It 'for ever' { while ($true) { [System.Threading.Thread]::Sleep(1000) } } }");
        string output = await RunAsync(expectedExitCode: 2, "--file-timeout", "5");
        Assert.Contains("failed Waits.Tests.ps1: (the file)", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was heard of this file for 5 seconds.", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private void Add(string name, string script) => File.WriteAllText(Path.Combine(_folder, $"{name}.Tests.ps1"), script);

    private async Task<string> RunAsync(int expectedExitCode, params string[] more)
    {
        // The program that dotnet test runs, built beside this one.
        string here = AppContext.BaseDirectory.Replace("Nanonets.PowerShell.Tests", "Nanonets.Pester.Tests", StringComparison.Ordinal);
        string[] arguments = [Path.Combine(here, "Nanonets.Pester.Tests.dll"), "--folder", _folder, "--no-ansi", .. more];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == expectedExitCode, $"Exit code {process.ExitCode}.\n{output}");
        return output;
    }
}
