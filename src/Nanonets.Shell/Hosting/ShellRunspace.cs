using System;
using System.IO;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using Nanonets.Shell.Commands;

namespace Nanonets.Shell.Hosting;

/// <summary>Opens runspaces of the real engine with this shell's everyday commands and, where wanted, a module.</summary>
public static class ShellRunspace
{
    /// <summary>Must be called before the engine is touched: it would write an id file under the user's cache folder.</summary>
    public static void OptOutOfTelemetry() => Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

    /// <summary>Opens a runspace.</summary>
    /// <param name="host">The host of its pipelines.</param>
    /// <param name="modulePath">A manifest or module folder to import; null for none.</param>
    /// <returns>The opened runspace; the caller disposes of it.</returns>
    /// <exception cref="System.Management.Automation.RuntimeException">The module cannot be imported.</exception>
    public static Runspace Create(PSHost host, string? modulePath)
    {
        OptOutOfTelemetry();

        // CreateDefault() wants the console host's assembly, which is no package.
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        ShellCommands.AddTo(state);
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        if (modulePath is not null)
            state.ImportPSModule([modulePath]);

        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        runspace.SessionStateProxy.Path.SetLocation(Directory.GetCurrentDirectory());
        return runspace;
    }
}
