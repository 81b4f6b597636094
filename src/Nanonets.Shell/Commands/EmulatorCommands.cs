using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using Nanonets.Emulator;

namespace Nanonets.Shell.Commands;

/// <summary>Starts the emulator in this process on a free port of this machine.</summary>
[Cmdlet(VerbsLifecycle.Start, "NanonetsEmulator")]
[OutputType(typeof(RunningEmulator))]
public sealed class StartNanonetsEmulatorCommand : PSCmdlet
{
    /// <summary>How long the emulator takes to read a page, in milliseconds. Default 200.</summary>
    [Parameter]
    [ValidateRange(0, 600_000)]
    public int ProcessingTimePerPageMilliseconds { get; set; } = 200;

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(RunningEmulator.Start(TimeSpan.FromMilliseconds(ProcessingTimePerPageMilliseconds)));
}

/// <summary>Stops emulators that were started here; they also stop when the shell ends.</summary>
[Cmdlet(VerbsLifecycle.Stop, "NanonetsEmulator")]
public sealed class StopNanonetsEmulatorCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => RunningEmulator.StopAll();
}

/// <summary>An emulator that runs in this process: what Connect-Nanonets needs to reach it.</summary>
public sealed class RunningEmulator
{
    private static readonly ConcurrentBag<EmulatorServer> s_running = [];

    private RunningEmulator(EmulatorServer server) =>
        (BaseUri, ApiKey, ModelId) = (server.ApiUri, server.Options.ApiKey, server.Options.ModelId);

    /// <summary>Address of its API.</summary>
    public Uri BaseUri { get; }

    /// <summary>The key it takes.</summary>
    public string ApiKey { get; }

    /// <summary>Its invoice model.</summary>
    public string ModelId { get; }

    internal static RunningEmulator Start(TimeSpan processingTimePerPage)
    {
        EmulatorServer server = EmulatorServer.StartAsync(new EmulatorOptions { ProcessingTimePerPage = processingTimePerPage }).GetAwaiter().GetResult();
        s_running.Add(server);
        return new RunningEmulator(server);
    }

    internal static void StopAll()
    {
        while (s_running.TryTake(out EmulatorServer? server))
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
