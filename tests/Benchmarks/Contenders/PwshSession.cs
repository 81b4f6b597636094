using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;
using Nanonets.Benchmarks.Sink;
using Nanonets.Processes;

namespace Nanonets.Benchmarks.Contenders;

/// <summary>
/// Ours as people run it: a real pwsh, with the staged module and the empty one, connected to the sink. It is the pwsh of the README,
/// whose engine is compiled while it runs; that of an installed PowerShell is compiled beforehand.
/// </summary>
internal sealed class PwshSession : IDisposable
{
    /// <summary>Runs each line that comes in, in its own scope, and answers with one line.</summary>
    private const string Loop = """
        $ErrorActionPreference = 'Stop'
        $ProgressPreference = 'SilentlyContinue'
        function Measure-Pipeline([scriptblock] $Pipeline) {
            [GC]::Collect()
            [GC]::WaitForPendingFinalizers()
            $process = [Diagnostics.Process]::GetCurrentProcess()
            $before = $process.TotalProcessorTime
            $watch = [Diagnostics.Stopwatch]::StartNew()
            & $Pipeline
            $watch.Stop()
            $process.Refresh()
            "$($watch.Elapsed.Ticks) $(($process.TotalProcessorTime - $before).Ticks)"
        }
        while ($null -ne ($line = [Console]::In.ReadLine())) {
            try { $answer = . ([scriptblock]::Create($line)) } catch { $answer = "error: $_" }
            [Console]::Out.WriteLine("$answer")
        }
        """;

    private readonly Process _process;

    private PwshSession(Process process) => _process = process;

    public static async Task<PwshSession> StartAsync(SinkProcess sink)
    {
        ProcessStartInfo start = Pwsh.Program;
        start.RedirectStandardError = false;
        foreach (string argument in (string[])["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", Loop])
            start.ArgumentList.Add(argument);
        var session = new PwshSession(Process.Start(start)!);
        await session.RunAsync($"Import-Module '{Modules.Staged}', '{Modules.Empty}'; Connect-Nanonets -ApiKey key -BaseUri "
            + $"'{sink.Address}' -ModelId m");
        return session;
    }

    /// <summary>Sends files as a user does, the objects of Get-ChildItem; enumerating them is outside.</summary>
    public Task<Sample> SendAsync(string[] files, int parallel) => MeasureAsync(files, $"Send-NanonetsDocument -ThrottleLimit {parallel}");

    /// <summary>Takes the same files through the empty module's cmdlet: what the engine alone costs.</summary>
    public Task<Sample> PassAsync(string[] files) => MeasureAsync(files, "Select-Everything");

    /// <summary>Sends all documents below a folder through one pipeline.</summary>
    /// <param name="step">After how many results it is measured.</param>
    /// <param name="journal">Path of the journal; null for none.</param>
    /// <returns>Seconds since the start and megabytes that are in use, for each step.</returns>
    public async Task<(double Seconds, double Megabytes)[]> SendManyAsync(string folder, int step, string? journal)
    {
        string parameters = journal is null ? string.Empty : $" -Journal '{journal}'";
        string answer = await RunAsync($$"""
            $n = 0; $marks = [Collections.Generic.List[string]]::new(); $watch = [Diagnostics.Stopwatch]::StartNew();
            & { foreach ($inner in [IO.Directory]::GetDirectories('{{folder}}')) { [IO.Directory]::GetFiles($inner) } } |
            Send-NanonetsDocument -ThrottleLimit 8{{parameters}} | ForEach-Object { if (++$n % {{step}} -eq 0) {
            $marks.Add("$($watch.Elapsed.TotalSeconds):$([GC]::GetTotalMemory($true) / 1MB)") } };
            "$marks"
            """.ReplaceLineEndings(" "));
        return [.. answer.Split(' ').Select(static mark => mark.Split(':')).Select(static mark => (Number(mark[0]), Number(mark[1])))];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<Sample> MeasureAsync(string[] files, string command)
    {
        string folder = Path.GetDirectoryName(files[0])!;
        string answer = await RunAsync(
            $"$files = [IO.DirectoryInfo]::new('{folder}').GetFiles(); Measure-Pipeline {{ $files | {command} | Out-Null }}");
        long[] ticks = [.. answer.Split(' ').Select(long.Parse)];
        return new Sample(TimeSpan.FromTicks(ticks[0]), TimeSpan.FromTicks(ticks[1]));
    }

    /// <exception cref="InvalidOperationException">Something went wrong: a benchmark of failures means nothing.</exception>
    private async Task<string> RunAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        string answer = await _process.StandardOutput.ReadLineAsync() ?? "error: pwsh has ended.";
        return answer.StartsWith("error: ", StringComparison.Ordinal) ? throw new InvalidOperationException($"{line}: {answer}") : answer;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
