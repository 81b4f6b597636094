using System;
using System.Globalization;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>The host of a test: what a person would see is recorded, what a person would answer is given beforehand.</summary>
public sealed class RecordingHost : PSHost
{
    private readonly RecordingConsole _console = new();

    /// <summary>What was shown, and what is answered.</summary>
    public RecordingConsole Console => _console;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => nameof(RecordingHost);

    public override PSHostUserInterface UI => _console;

    public override Version Version { get; } = new(1, 0);

    /// <summary>Opens a runspace of this host, with the commands of a full PowerShell and the staged module.</summary>
    public Runspace Open()
    {
        var state = InitialSessionState.CreateDefault();
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        state.ImportPSModule([RepositoryFiles.StagedManifest]);
        Runspace runspace = RunspaceFactory.CreateRunspace(this, state);
        runspace.Open();
        return runspace;
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
