using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation.Runspaces;
using PowerShellEngine = System.Management.Automation.PowerShell;

namespace Nanonets.Package;

/// <summary>How long a person waits for Import-Module.</summary>
internal static class ImportTime
{
    private const int Repetitions = 9;

    /// <summary>The first import in a process, and the median of those in fresh runspaces after it.</summary>
    public static (TimeSpan First, TimeSpan Later) Measure(string manifest)
    {
        // Before the engine is touched: it would write an id file under the user's cache folder.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        TimeSpan first = Import(manifest);
        TimeSpan[] later = [.. Enumerable.Range(0, Repetitions).Select(_ => Import(manifest)).Order()];
        return (first, later[Repetitions / 2]);
    }

    private static TimeSpan Import(string manifest)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using PowerShellEngine shell = PowerShellEngine.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", "Stop");
        long start = Stopwatch.GetTimestamp();
        shell.Invoke();
        return Stopwatch.GetElapsedTime(start);
    }
}
