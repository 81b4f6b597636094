using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Processes;

namespace Nanonets.Pester.Tests;

/// <summary>Runs tests/Pester/Run.ps1 in a process of PowerShell.</summary>
internal sealed class PesterProcess(Suite suite, IReadOnlyList<string> files)
{
    /// <summary>What stands before a line of results; any other line was written by tests.</summary>
    private const char Mark = '\u001E';

    private readonly StringBuilder _output = new();

    /// <summary>Gives the results of each file as soon as it is finished, with what was written meanwhile.</summary>
    /// <exception cref="PesterEndedException">PowerShell ended, or was ended, before all files were finished.</exception>
    public async IAsyncEnumerable<(FileResults Results, string Output)> RunAsync(
        bool listOnly, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using Process process = Process.Start(Command(listOnly))!;
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        try
        {
            int finished = 0;
            while (await NextLineAsync(process.StandardOutput, cancellation) is { } line)
            {
                int mark = line.IndexOf(Mark, StringComparison.Ordinal);
                Write(mark < 0 ? line : line[..mark]);
                if (mark < 0)
                    continue;
                finished++;
                yield return (FileResults.Parse(line[(mark + 1)..]), TakeOutput());
            }

            if (finished < files.Count)
            {
                await process.WaitForExitAsync(cancellation);
                throw new PesterEndedException(
                    $"PowerShell ended with exit code {process.ExitCode} before this file was finished.\n{TakeOutput()}");
            }
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private async Task<string?> NextLineAsync(StreamReader reader, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(suite.Timeout);
        try
        {
            return await reader.ReadLineAsync(late.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new PesterEndedException(
                $"Nothing was heard of this file for {suite.Timeout.TotalSeconds:0} seconds. PowerShell was ended.\n{TakeOutput()}");
        }
    }

    private ProcessStartInfo Command(bool listOnly)
    {
        ProcessStartInfo start = Pwsh.Program;
        string script = Path.Combine(SuiteOptions.Metadata(nameof(Suite)), "Run.ps1");
        string[] parameters = ["-Folder", suite.Folder, "-Pester", SuiteOptions.Metadata("Pester"), "-AsJson"];
        string[] list = listOnly ? ["-ListOnly"] : [];
        string[] all = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", script, .. parameters, .. list, .. files];
        foreach (string argument in all)
            start.ArgumentList.Add(argument);
        return start;
    }

    private void Write(string? line)
    {
        if (string.IsNullOrEmpty(line))
            return;
        lock (_output)
            _output.AppendLine(line);
    }

    private string TakeOutput()
    {
        lock (_output)
        {
            string text = _output.ToString();
            _output.Clear();
            return text;
        }
    }
}

/// <summary>PowerShell did not come to the end of the suite.</summary>
internal sealed class PesterEndedException(string message) : Exception(message);
