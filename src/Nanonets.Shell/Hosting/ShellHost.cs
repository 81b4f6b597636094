using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace Nanonets.Shell.Hosting;

/// <summary>A PowerShell host over a console. The same host runs scripts and serves cmdlet tests.</summary>
/// <param name="console">Where it writes and reads.</param>
public sealed class ShellHost(IShellConsole console) : PSHost
{
    private readonly ShellHostUI _ui = new(console);

    /// <summary>The code of the script's <c>exit</c>; null when there was none.</summary>
    public int? ExitCode { get; private set; }

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override string Name => "Nanonets.Shell";

    /// <inheritdoc/>
    public override PSHostUserInterface UI => _ui;

    /// <inheritdoc/>
    public override Version Version => typeof(ShellHost).Assembly.GetName().Version ?? new Version(0, 0);

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException("This shell has no nested prompts; use pwsh.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new NotSupportedException("This shell has no nested prompts; use pwsh.");

    /// <summary>Programs that scripts start write to the same streams; there is nothing to switch.</summary>
    public override void NotifyBeginApplication()
    {
    }

    /// <summary>See <see cref="NotifyBeginApplication"/>.</summary>
    public override void NotifyEndApplication()
    {
    }
}
