using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Nanonets.PowerShell.Tests.Shell;

/// <summary>The program itself, as a person or a scheduler starts it.</summary>
public class ShellProgramTests
{
    [Fact]
    public async Task A_command_runs_with_the_module_and_its_streams_and_exit_code_are_the_process_s()
    {
        (int code, string output, string error) = await RunAsync(
            "-Command", "Get-Command -Module Nanonets Send-NanonetsDocument | ForEach-Object Name; Write-Error 'wrong'; $ProgressPreference = 'Continue'; exit 7");
        Assert.Equal(7, code);
        Assert.Equal("Send-NanonetsDocument", output.Trim());
        Assert.Contains("wrong", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output + error);
    }

    [Theory]
    [InlineData("", "-Command TEXT")]
    [InlineData("no-such-script.ps1", "There is no script 'no-such-script.ps1'.")]
    [InlineData("-Command", "-Command takes one text.")]
    public async Task Wrong_arguments_give_2_and_say_what_is_wrong(string arguments, string expected)
    {
        (int code, string output, string error) = await RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Nanonets.Shell.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
