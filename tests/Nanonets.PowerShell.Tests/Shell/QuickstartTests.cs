using System;
using System.IO;
using System.Management.Automation.Runspaces;
using Nanonets.PowerShell.Tests.Support;
using Nanonets.Shell.Hosting;

namespace Nanonets.PowerShell.Tests.Shell;

/// <summary>The first thing a newcomer runs.</summary>
public class QuickstartTests
{
    [Fact]
    public void It_shows_pages_and_values_that_are_really_in_the_sample_documents()
    {
        var console = new RecordingConsole();
        var host = new ShellHost(console);
        using Runspace runspace = ShellRunspace.Create(host, StagedModule.Find());
        int code = new ScriptRunner(host, runspace).RunFile(Path.Combine(RepositoryFiles.Root, "samples/quickstart.ps1"), []);

        Assert.Empty(console.Of(ShellChannel.Error));
        Assert.Equal(0, code);
        string shown = console.Of(ShellChannel.Output);
        Assert.Contains("Sending 12 documents", shown, StringComparison.Ordinal);
        Assert.Matches(@"fax-purchase-order-3-pages\.tif +3/3 Success", shown);
        Assert.Matches(@"HMS-2025-00817 +2025-03-14 +Halvorsen Marine Supply AS +NOK 1,053,765\.91", shown);
        Assert.Matches(@"2025-0042 +07\.04\.2025 +.* +1\.034,32 €", shown);
        Assert.All(shown.Split('\n'), static line => Assert.True(line.TrimEnd().Length <= 100, line));
    }
}
