using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Nanonets.Shell.Commands;
using Nanonets.Shell.Hosting;

namespace Nanonets.Shell;

/// <summary>A small console host on the real PowerShell engine, with the staged module loaded.</summary>
internal static class Program
{
    private const string Help = """
        Runs a PowerShell script or command with the Nanonets module loaded. It is not pwsh: see README.md beside its source.

        Nanonets.Shell SCRIPT [-Name value | -Switch | value ...]
        Nanonets.Shell -Command TEXT

          -Command, -c TEXT   runs the text instead of a script
          --module PATH       loads this module instead of the one the build staged; give it first
          --help, -h          shows this

        Start-NanonetsEmulator starts the emulator in this process and gives its address, key and model.
        Exit codes: what the script gives to exit; 1 after a terminating error; 130 after Ctrl+C; 2 for wrong arguments.
        """;

    private static int Main(string[] args)
    {
        // Where the system names no language (LANG=C, a bare container) the engine would break lines in the middle of words.
        if (CultureInfo.CurrentCulture.Equals(CultureInfo.InvariantCulture)
            && CultureInfo.GetCultures(CultureTypes.SpecificCultures).FirstOrDefault(static culture => culture.Name == "en-US") is { } english)
            CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = english;

        string? module = null;
        if (args is ["--module", var path, ..])
            (module, args) = (Path.GetFullPath(path), args[2..]);
        if (args.Length == 0 || args[0] is "--help" or "-h")
        {
            (args.Length == 0 ? Console.Error : Console.Out).WriteLine(Help);
            return args.Length == 0 ? 2 : 0;
        }

        try
        {
            return Run(module ?? StagedModule.Find(), args);
        }
        catch (Exception failure) when (failure is FileNotFoundException or RuntimeException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static int Run(string module, string[] args)
    {
        bool isCommand = string.Equals(args[0], "-Command", StringComparison.OrdinalIgnoreCase) || args[0] == "-c";
        if (isCommand && args.Length != 2)
        {
            Console.Error.WriteLine("-Command takes one text.");
            return 2;
        }

        if (!isCommand && !File.Exists(args[0]))
        {
            Console.Error.WriteLine($"There is no script '{args[0]}'.");
            return 2;
        }

        var host = new ShellHost(TerminalConsole.OfProcess());
        using Runspace runspace = ShellRunspace.Create(host, module);
        var runner = new ScriptRunner(host, runspace);
        ConsoleCancelEventHandler interrupt = (_, signal) =>
        {
            // A second Ctrl+C ends the process, whatever it is doing.
            signal.Cancel = !runner.IsInterrupted;
            runner.Interrupt();
        };
        Console.CancelKeyPress += interrupt;
        try
        {
            return isCommand ? runner.RunCommand(args[1]) : runner.RunFile(Path.GetFullPath(args[0]), ScriptArgument.Parse([.. args.Skip(1)]));
        }
        finally
        {
            Console.CancelKeyPress -= interrupt;
            RunningEmulator.StopAll();
        }
    }
}
