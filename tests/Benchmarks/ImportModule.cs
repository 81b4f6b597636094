using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Reflection.Emit;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;
using Nanonets.Benchmarks.Sink;
using Nanonets.Shell.Hosting;

namespace Nanonets.Benchmarks;

/// <summary>Import-Module in a fresh process: ours, and a compiled module with one cmdlet that does nothing.</summary>
internal static class ImportModule
{
    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        string folder = Directory.CreateTempSubdirectory("nanonets-empty-").FullName;
        try
        {
            string empty = MakeEmptyModule(folder);
            List<double> ours = [], floor = [];
            for (int round = 0; round <= bench.Options.Rounds; round++)
            {
                double own = await ImportAsync(StagedModule.Find()), other = await ImportAsync(empty);
                if (round == 0)
                    continue;
                ours.Add(own);
                floor.Add(other);
            }

            double over = Sample.Median(ours) - Sample.Median(floor);
            return [new("Import-Module over an empty compiled module", "at most 100 ms", $"{over:0} ms ({Sample.Median(ours):0} against {Sample.Median(floor):0} ms)", over <= 100,
                over <= 100 ? string.Empty : "nothing of ours runs at import: it is the engine that reads the manifest, the format files and the types file, which an empty module does not have, and looks through our types for cmdlets. The engine of this measurement is compiled while it runs; that of an installed PowerShell is compiled beforehand.")];
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>The part that runs in the fresh process: prints milliseconds.</summary>
    public static int Child(string manifest)
    {
        ShellRunspace.OptOutOfTelemetry();
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        Run("$null = Get-Module");
        var watch = Stopwatch.StartNew();
        Run($"Import-Module '{manifest.Replace("'", "''")}'");
        Console.WriteLine(watch.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return 0;

        void Run(string script)
        {
            using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create();
            shell.Runspace = runspace;
            shell.AddScript(script).Invoke();
            if (shell.HadErrors)
                throw new InvalidOperationException(shell.Streams.Error[0].ToString());
        }
    }

    private static async Task<double> ImportAsync(string manifest)
    {
        using Process child = Sink.Child.Start("--import", manifest);
        string text = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static string MakeEmptyModule(string folder)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Empty"), typeof(object).Assembly);
        TypeBuilder cmdlet = assembly.DefineDynamicModule("Empty").DefineType("GetEmptyCommand", TypeAttributes.Public | TypeAttributes.Sealed, typeof(PSCmdlet));
        cmdlet.SetCustomAttribute(new CustomAttributeBuilder(typeof(CmdletAttribute).GetConstructor([typeof(string), typeof(string)])!, [VerbsCommon.Get, "Empty"]));
        cmdlet.DefineDefaultConstructor(MethodAttributes.Public);
        cmdlet.CreateType();
        assembly.Save(Path.Combine(folder, "Empty.dll"));
        string manifest = Path.Combine(folder, "Empty.psd1");
        File.WriteAllText(manifest, "@{ RootModule = 'Empty.dll'; ModuleVersion = '1.0'; CmdletsToExport = @('Get-Empty'); FunctionsToExport = @(); AliasesToExport = @(); VariablesToExport = @() }");
        return manifest;
    }
}
