using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Nanonets.Shell.Hosting;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>The shell as a process of its own, for what concerns a whole process: what it has loaded, what its environment says, that it can be killed.</summary>
internal static class ShellProcess
{
    /// <summary>Starts a command.</summary>
    /// <param name="command">Script text.</param>
    /// <param name="module">A manifest; null for the staged one.</param>
    /// <param name="environment">Further variables.</param>
    public static Process Start(string command, string? module = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Nanonets.Shell" + (OperatingSystem.IsWindows() ? ".exe" : string.Empty)))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["--module", module ?? StagedModule.Find(), "-Command", command])
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>What it wrote, both streams together.</returns>
    public static async Task<string> RunAsync(string command, string? module = null, params (string Name, string Value)[] environment)
    {
        using Process process = Start(command, module, environment);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return output + await errors;
    }
}
