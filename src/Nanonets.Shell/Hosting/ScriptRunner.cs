using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;

namespace Nanonets.Shell.Hosting;

/// <summary>Runs one script or command to its end and says with which exit code the process should leave.</summary>
public sealed class ScriptRunner(ShellHost host, Runspace runspace)
{
    /// <summary>What a process that was interrupted returns by custom: 128 and the number of the signal.</summary>
    public const int InterruptedExitCode = 130;

    private readonly object _lock = new();
    private PowerShell? _running;
    private bool _interrupted;

    /// <summary>Whether it was asked to stop.</summary>
    public bool IsInterrupted
    {
        get
        {
            lock (_lock)
                return _interrupted;
        }
    }

    /// <summary>Runs a command text.</summary>
    /// <param name="command">Script text.</param>
    /// <returns>0; the code of <c>exit</c>; 1 after a terminating error; 130 after an interruption.</returns>
    public int RunCommand(string command) => Run(shell => shell.AddScript(command));

    /// <summary>Runs a script file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arguments">Its arguments, parsed.</param>
    /// <returns>As <see cref="RunCommand"/>.</returns>
    public int RunFile(string path, IReadOnlyList<ScriptArgument> arguments)
    {
        int code = Run(shell =>
        {
            // The script is the command itself: an argument it does not take ends the run, as in pwsh -File.
            shell.AddCommand(path, useLocalScope: true);
            foreach (ScriptArgument argument in arguments)
            {
                if (argument.Name is null)
                    shell.AddArgument(argument.Value);
                else
                    shell.AddParameter(argument.Name, argument.Value);
            }
        });

        // `exit` in a script file sets this variable and does not reach the host.
        return code == 0 && runspace.SessionStateProxy.GetVariable("LASTEXITCODE") is int exit ? exit : code;
    }

    /// <summary>Stops what is running, from any thread. Only begins it: the pipeline unwinds by itself.</summary>
    public void Interrupt()
    {
        lock (_lock)
        {
            _interrupted = true;
            _running?.BeginStop(static _ => { }, null);
        }
    }

    private int Run(Action<PowerShell> compose)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        compose(shell);
        Show(shell);
        lock (_lock)
        {
            if (_interrupted)
                return InterruptedExitCode;
            _running = shell;
        }

        int code = 0;
        try
        {
            shell.Invoke();
        }
        catch (PipelineStoppedException)
        {
            code = InterruptedExitCode;
        }
        catch (RuntimeException failure)
        {
            Report(failure.ErrorRecord);
            code = 1;
        }
        finally
        {
            lock (_lock)
                _running = null;
        }

        return _interrupted ? InterruptedExitCode : host.ExitCode ?? code;
    }

    private void Report(ErrorRecord error)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript("[CmdletBinding()] param($Record) $PSCmdlet.WriteError($Record)").AddParameter("Record", error);
        Show(shell);
        shell.Invoke();
    }

    /// <summary>Everything goes where a person sees it, errors in their place and not into a list.</summary>
    private static void Show(PowerShell shell)
    {
        shell.AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
    }
}

/// <summary>An argument of a script.</summary>
/// <param name="Name">The parameter's name; null for one by position.</param>
/// <param name="Value">Its value; true for a switch.</param>
public sealed record ScriptArgument(string? Name, object Value)
{
    /// <summary>Reads arguments as <c>pwsh -File</c> does: <c>-Name value</c>, <c>-Switch</c>, <c>-Name:value</c>, and values by position.</summary>
    /// <param name="arguments">The arguments after the script's path.</param>
    /// <returns>The arguments, parsed.</returns>
    public static IReadOnlyList<ScriptArgument> Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new List<ScriptArgument>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!IsName(argument))
            {
                parsed.Add(new ScriptArgument(null, argument));
                continue;
            }

            int colon = argument.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                parsed.Add(new ScriptArgument(argument[1..colon], ValueOf(argument[(colon + 1)..])));
            else if (i + 1 < arguments.Count && !IsName(arguments[i + 1]))
                parsed.Add(new ScriptArgument(argument[1..], arguments[++i]));
            else
                parsed.Add(new ScriptArgument(argument[1..], true));
        }

        return parsed;
    }

    private static bool IsName(string argument) => argument.Length > 1 && argument[0] == '-' && char.IsLetter(argument[1]);

    private static object ValueOf(string text) => text switch { "$true" => true, "$false" => false, _ => text };
}
