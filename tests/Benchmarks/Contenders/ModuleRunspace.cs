using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;
using Nanonets.Benchmarks.Sink;
using Engine = System.Management.Automation.PowerShell;

namespace Nanonets.Benchmarks.Contenders;

/// <summary>
/// Ours: the staged module in the engine within this process, where it can be stopped and its memory be watched, connected to the sink.
/// </summary>
internal sealed class ModuleRunspace : IDisposable
{
    private readonly SinkProcess _sink;
    private readonly Runspace _runspace;

    public ModuleRunspace(SinkProcess sink)
    {
        _sink = sink;
        var state = InitialSessionState.CreateDefault();
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        state.ImportPSModule([Modules.Staged]);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        _runspace.SessionStateProxy.SetVariable("sink", sink.Address.ToString());
        Run("Connect-Nanonets -ApiKey key -BaseUri $sink -ModelId m");
    }

    /// <summary>Sends files as a user does; file enumeration is outside.</summary>
    public async Task<Sample> SendAsync(
        string[] files, int parallel, string before = "$ProgressPreference = 'SilentlyContinue'", string parameters = "")
    {
        // A benchmark before may have left a sink that answers nothing.
        await _sink.ResetAsync();
        Set("files", files);
        Set("parallel", parallel);
        Run(before);
        return await Sample.OfAsync(
            () => Task.Run(() => Run($"$files | Send-NanonetsDocument -ThrottleLimit $parallel {parameters} | Out-Null")));
    }

    public void Set(string name, object value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>A number that a script left in a global variable.</summary>
    public long Get(string name) => LanguagePrimitives.ConvertTo<long>(_runspace.SessionStateProxy.GetVariable(name));

    public Engine Create(string script)
    {
        Engine shell = Engine.Create();
        shell.Runspace = _runspace;
        return shell.AddScript(script);
    }

    /// <exception cref="InvalidOperationException">Something went wrong: a benchmark of failures means nothing.</exception>
    public void Run(string script)
    {
        using Engine shell = Create(script);
        shell.Invoke();
        if (shell.HadErrors)
            throw new InvalidOperationException($"{script}: {string.Join(" | ", shell.Streams.Error)}");
    }

    public void Dispose() => _runspace.Dispose();
}
