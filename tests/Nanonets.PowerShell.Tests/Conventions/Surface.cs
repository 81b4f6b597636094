using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Nanonets.Help;
using Nanonets.Help.Model;
using Nanonets.Help.Reading;
using Nanonets.PowerShell.Tests.Support;
using PowerShellEngine = System.Management.Automation.PowerShell;

namespace Nanonets.PowerShell.Tests.Conventions;

/// <summary>The staged module as the engine shows it, read once for all convention tests.</summary>
internal static class Surface
{
    private static readonly Lazy<IReadOnlyList<CmdletInfo>> s_cmdlets = new(ReadCmdlets);
    private static readonly Lazy<ModuleHelp> s_help = new(static () => ModuleReader.Read(Repository.Find()));

    public static IReadOnlyList<CmdletInfo> Cmdlets => s_cmdlets.Value;

    /// <summary>What the help says of each cmdlet.</summary>
    public static IReadOnlyList<CmdletHelp> Help => s_help.Value.Cmdlets;

    /// <summary>What the reference says of each type that users get.</summary>
    public static IReadOnlyList<OutputTypeHelp> TypeHelp => s_help.Value.OutputTypes;

    /// <summary>The staged module's folder.</summary>
    public static string Folder => Path.GetDirectoryName(RepositoryFiles.StagedManifest)!;

    /// <summary>The assembly of the cmdlets, as the engine loaded it.</summary>
    public static Assembly Module => Cmdlets[0].ImplementingType.Assembly;

    /// <summary>Parameters of our own: neither the common ones nor -WhatIf and -Confirm.</summary>
    public static IEnumerable<(CmdletInfo Cmdlet, CommandParameterSetInfo Set, CommandParameterInfo Parameter)> Parameters =>
        from cmdlet in Cmdlets
        from set in cmdlet.ParameterSets
        from parameter in set.Parameters
        where !Cmdlet.CommonParameters.Contains(parameter.Name) && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name)
        select (cmdlet, set, parameter);

    /// <summary>Our types that reach users: what cmdlets declare to write, and all that their properties lead to.</summary>
    public static IReadOnlyCollection<Type> OutputTypes { get; } =
        [.. s_help.Value.OutputTypes.Select(static help => help.Type).Where(static type => !type.IsEnum)];

    /// <summary>Every error id that is ours: failures of the core, and those that only cmdlets know.</summary>
    public static IEnumerable<string> ErrorIds =>
        Enum.GetNames(ErrorEnumeration).Union(ErrorFactories.Select(static factory => factory.Name));

    /// <summary>NanonetsErrorId, as the engine loaded it.</summary>
    public static Type ErrorEnumeration =>
        OutputTypes.First(static type => type.FullName == "Nanonets.PageResult").Assembly.GetType("Nanonets.NanonetsErrorId", true)!;

    /// <summary>The table of errors.</summary>
    public static Type ErrorTable => Module.GetType("Nanonets.Errors.ErrorTable", true)!;

    /// <summary>The factories of the table: each makes the record of one id and has its name. From takes any failure of the core.</summary>
    public static IEnumerable<MethodInfo> ErrorFactories => ErrorTable.GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(static method => method.ReturnType == typeof(ErrorRecord) && method.Name != "From");

    /// <summary>Runs a script with the staged module and gives back what a person sees at 100 columns.</summary>
    public static string Show(string script)
    {
        var host = new RecordingHost();
        using Runspace runspace = host.Open();
        using PowerShellEngine shell = PowerShellEngine.Create(runspace);
        shell.AddScript($"& {{ {script} }} | Out-Default").Invoke();
        Assert.Empty(shell.Streams.Error);
        return host.Console.Text;
    }

    private static IReadOnlyList<CmdletInfo> ReadCmdlets()
    {
        using Runspace runspace = new RecordingHost().Open();
        using PowerShellEngine shell = PowerShellEngine.Create(runspace);
        IReadOnlyList<CmdletInfo> cmdlets = [.. shell.AddScript("Get-Command -Module Nanonets").Invoke<CmdletInfo>()
            .OrderBy(static cmdlet => cmdlet.Name, StringComparer.Ordinal)];

        // The engine works parameter sets out on demand, which needs the runspace.
        foreach (CmdletInfo cmdlet in cmdlets)
            _ = (cmdlet.ParameterSets, cmdlet.OutputType);
        return cmdlets;
    }
}
