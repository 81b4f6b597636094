using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using Nanonets.Emulator;
using PowerShellEngine = System.Management.Automation.PowerShell;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>A runspace of the real engine with the staged module, an emulator of its own, and a folder of its own.</summary>
public sealed class ModuleSession : IAsyncDisposable
{
    /// <summary>The smallest valid PNG: one page of 1 x 1 pixel.</summary>
    private static readonly byte[] s_png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly Runspace _runspace;

    private ModuleSession(EmulatorServer emulator)
    {
        Emulator = emulator;
        var host = new RecordingHost();
        Console = host.Console;
        _runspace = host.Open();
        Set("folder", Folder);
        Set("key", emulator.Options.ApiKey);
        Set("uri", emulator.ApiUri);
        Set("model", emulator.Options.ModelId);
        _runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(Folder));
    }

    public EmulatorServer Emulator { get; }

    public RecordingConsole Console { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("nanonets-module-").FullName;

    /// <summary>Uploads that reached the emulator.</summary>
    public IEnumerable<LoggedRequest> Uploads => Emulator.Requests.All.Where(request => request.Route == "LabelFile");

    /// <param name="connect">Whether the session is connected to its emulator.</param>
    public static async Task<ModuleSession> StartAsync(bool connect = true, EmulatorOptions? options = null)
    {
        options ??= new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero };
        var session = new ModuleSession(await EmulatorServer.StartAsync(options, TestContext.Current.CancellationToken));
        if (connect)
            session.Run("Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId $model -MaximumRetryCount 1");
        return session;
    }

    public void Set(string name, object value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Writes a picture of its own content, so that each file is a document of its own.</summary>
    public string AddFile(string name, byte[]? content = null)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content ?? [.. s_png, .. System.Text.Encoding.UTF8.GetBytes(name)]);
        return path;
    }

    public void AddFiles(int count)
    {
        for (int i = 1; i <= count; i++)
            AddFile($"doc-{i:00}.png");
    }

    /// <summary>Starts a pipeline without waiting for it.</summary>
    public PowerShellEngine Create(string script)
    {
        PowerShellEngine shell = PowerShellEngine.Create();
        shell.Runspace = _runspace;
        return shell.AddScript(script);
    }

    /// <summary>Runs a script to its end; a terminating error is kept, not thrown.</summary>
    public RunResult Run(string script)
    {
        using PowerShellEngine shell = Create(script);
        var output = new PSDataCollection<PSObject>();
        ErrorRecord? terminating = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException failure)
        {
            terminating = failure.ErrorRecord;
        }

        foreach (ErrorRecord? error in shell.Streams.Error.Append(terminating))
            DocumentedErrors.Check(error);
        return new RunResult(
            [.. output], [.. shell.Streams.Error], terminating, [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)], [.. shell.Streams.Debug.Select(record => record.Message)]);
    }

    /// <summary>A session without an emulator's help, connected to a scripted service and its model m1.</summary>
    public static async Task<ModuleSession> StartAsync(ScriptedService service, int retries = 0)
    {
        ModuleSession session = await StartAsync(connect: false);
        session.Set("service", service.ApiUri);
        session.Run($"Connect-Nanonets -ApiKey k -BaseUri $service -ModelId m1 -MaximumRetryCount {retries}");
        return session;
    }

    /// <summary>What Tab offers at the end of a line.</summary>
    public IReadOnlyList<CompletionResult> Complete(string line)
    {
        using PowerShellEngine shell = Create(string.Empty);
        return CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches;
    }

    /// <summary>What a person sees of a script's output, at 100 columns.</summary>
    public string Show(string script)
    {
        int before = Console.Text.Length;
        Run($"& {{ {script} }} | Out-Default");
        return Console.Text[before..];
    }

    public async ValueTask DisposeAsync()
    {
        _runspace.Dispose();
        await Emulator.DisposeAsync();
        Directory.Delete(Folder, true);
    }
}

/// <summary>What a script left in each stream.</summary>
public sealed record RunResult(
    IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, ErrorRecord? Terminating,
    IReadOnlyList<string> Warnings, IReadOnlyList<string> Verbose, IReadOnlyList<string> Debug)
{
    /// <summary>A property of every object written.</summary>
    public IEnumerable<object?> Values(string property) => Output.Select(item => item.Properties[property]?.Value);

    /// <summary>The one error there is. One that ends a statement lands in the stream as well: the script around it goes on.</summary>
    public ErrorRecord OnlyError => Assert.Single([.. Errors, .. Terminating is null ? Array.Empty<ErrorRecord>() : [Terminating]]);

    /// <summary>The first part of every error's id, in order.</summary>
    public IEnumerable<string> ErrorIds => Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]);
}
