using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Conventions;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Documentation;

/// <summary>The examples of the help run as they are written, in the world of tests/Pester/ExampleWorld.ps1. Pester runs all of them in a real pwsh.</summary>
public class HelpExampleTests
{
    /// <summary>Examples that the bare engine cannot run, with the reason. Pester runs these as well.</summary>
    private static readonly Dictionary<string, string> s_inPesterOnly = new()
    {
        ["Connect-Nanonets 3"] = "Its runspaces find the module by PSModulePath, which concerns the whole process.",
        ["Disconnect-Nanonets 3"] = "It changes the environment of the whole process.",
        ["Get-NanonetsConnection 3"] = "Thread jobs are a module that the bare engine does not have.",
    };

    /// <summary>All in one world, since it takes a while to make one; what deletes comes last.</summary>
    [Fact]
    public async Task Every_example_runs_as_written()
    {
        await using ModuleSession session = await ExampleWorld.StartAsync();
        var failures = new List<string>();
        foreach ((string title, string code) in Examples.Where(static example => !s_inPesterOnly.ContainsKey(example.Title)).OrderBy(static example => example.Title.StartsWith("Remove-", StringComparison.Ordinal)))
        {
            // One example leaves a model in training, some leave files, disconnect, or connect to elsewhere; one asks a person.
            session.Run("Start-Sleep 3600; Get-ChildItem out | Remove-Item");
            ExampleWorld.Connect(session);
            session.Console.Answers.Enqueue("y");
            RunResult result = session.Run($"& {{ {code}\n}}");
            failures.AddRange(result.Errors.Append(result.Terminating).OfType<ErrorRecord>().Select(error => $"{title}: {error}\n{code}"));
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void What_only_Pester_runs_is_there()
    {
        Assert.Subset(Examples.Select(static example => example.Title).ToHashSet(), s_inPesterOnly.Keys.ToHashSet());
    }

    private static IEnumerable<(string Title, string Code)> Examples =>
        Surface.Help.SelectMany(static help => help.Examples.Select((example, index) => ($"{help.Name} {index + 1}", example.Code)));
}
