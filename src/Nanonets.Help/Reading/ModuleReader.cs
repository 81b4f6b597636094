using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.Loader;
using Nanonets.Help.Model;
using PowerShellEngine = System.Management.Automation.PowerShell;

namespace Nanonets.Help.Reading;

/// <summary>Imports the staged module into the real engine and asks it about its cmdlets.</summary>
public static class ModuleReader
{
    /// <summary>Reads everything that the help says.</summary>
    /// <param name="repository">Where the module and its documentation files are.</param>
    /// <returns>The help.</returns>
    /// <exception cref="RuntimeException">The module cannot be imported.</exception>
    public static ModuleHelp Read(Repository repository)
    {
        // Before the engine is touched: it would write an id file under the user's cache folder.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        state.ImportPSModule([repository.StagedModule]);
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();

        IReadOnlyList<CmdletInfo> cmdlets = Cmdlets(runspace);
        XmlDocumentation documentation = XmlDocumentation.Load(repository.DocumentationFolder);
        Assembly module = cmdlets[0].ImplementingType.Assembly;
        var errors = new ErrorReader(documentation, module);
        var reader = new CmdletReader(documentation, errors);
        return new ModuleHelp(
            "Nanonets", [.. cmdlets.Select(reader.Read)], [.. new OutputTypeReader(documentation, cmdlets).Read()], ClientOf(module));
    }

    /// <summary>The very one that the module uses, wherever its load context is.</summary>
    private static Assembly ClientOf(Assembly module) => AssemblyLoadContext.GetLoadContext(module)!.Assemblies
        .Single(static assembly => assembly.GetName().Name == "Nanonets.Client");

    private static IReadOnlyList<CmdletInfo> Cmdlets(Runspace runspace)
    {
        using PowerShellEngine shell = PowerShellEngine.Create(runspace);
        shell.AddCommand("Get-Command").AddParameter("Module", "Nanonets.PowerShell")
            .AddParameter("CommandType", CommandTypes.Cmdlet);
        return [.. shell.Invoke<CmdletInfo>().OrderBy(static cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }
}
