using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Processes;

/// <summary>A real pwsh in a process of its own, from the package that the build restores; see Pwsh.props.</summary>
internal static class Pwsh
{
    /// <summary>What starts it, without its arguments. NANONETS_TEST_ENGINE names another one, such as powershell.</summary>
    public static ProcessStartInfo Program
    {
        get
        {
            string? other = Environment.GetEnvironmentVariable("NANONETS_TEST_ENGINE");
            var start = new ProcessStartInfo(
                string.IsNullOrEmpty(other) ? Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet" : other)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["NO_COLOR"] = "1" },
            };
            if (string.IsNullOrEmpty(other))
                start.ArgumentList.Add(Path.Combine(Folder, OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll"));
            return start;
        }
    }

    private static string Folder =>
        typeof(Pwsh).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "PwshFolder").Value!;

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">Script text.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <param name="environment">Further variables.</param>
    /// <returns>What it wrote on standard output.</returns>
    /// <exception cref="InvalidOperationException">Its exit code is not 0; the message has all that it wrote.</exception>
    public static async Task<string> RunAsync(
        string command, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = Program;
        foreach (string argument in (string[])["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", command])
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration ending = cancellation.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"pwsh ended with exit code {process.ExitCode}.\n{output}{await errors}");
    }
}
