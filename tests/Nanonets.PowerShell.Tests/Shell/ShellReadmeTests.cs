using System;
using System.Management.Automation.Runspaces;
using Nanonets.PowerShell.Tests.Support;
using Nanonets.Shell.Hosting;

namespace Nanonets.PowerShell.Tests.Shell;

/// <summary>What the shell's README says about its commands.</summary>
public class ShellReadmeTests
{
    [Fact]
    public void It_lists_every_command_the_shell_adds()
    {
        string readme = RepositoryFiles.Read("src/Nanonets.Shell/README.md");
        var console = new RecordingConsole();
        using Runspace runspace = ShellRunspace.Create(new ShellHost(console), modulePath: null);
        var builtIn = InitialSessionState.CreateDefault2();
        foreach (SessionStateCommandEntry command in runspace.InitialSessionState.Commands)
        {
            if (command is SessionStateAliasEntry || builtIn.Commands[command.Name].Count > 0)
                continue;
            Assert.Contains($"`{command.Name}`", readme, StringComparison.Ordinal);
        }
    }
}
