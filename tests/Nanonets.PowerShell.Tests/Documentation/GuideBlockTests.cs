using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Documentation;

/// <summary>
/// The commands of README and guides run as they are written, page by page, in the world of tests/Pester/ExampleWorld.ps1: here as far as the bare engine goes and the environment of the process is
/// left alone, in Pester all that GuideBlocks.ps1 gives no reason against.
/// </summary>
public class GuideBlockTests
{
    [Fact]
    public async Task Every_block_that_the_bare_engine_can_run_runs_as_written()
    {
        await using ModuleSession session = await ExampleWorld.StartAsync();
        var failures = new List<string>();
        int run = 0;
        foreach (IGrouping<string, Block> page in Blocks(session).GroupBy(static block => block.Page))
        {
            ExampleWorld.Connect(session);
            // What comes after a block that only a full pwsh runs may rest on it.
            foreach (Block block in page.Where(static block => block.Reason is null).TakeWhile(block => CanRun(session, block.Code)))
            {
                run++;
                for (int i = 0; i < 9; i++)
                    session.Console.Answers.Enqueue("y");
                RunResult result = session.Run(block.Code);
                failures.AddRange(result.Errors.Append(result.Terminating).OfType<ErrorRecord>().Select(error => $"{block.Page}, line {block.Line}: {error}"));
            }
        }

        Assert.Empty(failures);
        Assert.True(run >= 12, $"Only {run} blocks were run.");
    }

    [Fact]
    public async Task Every_reason_not_to_run_a_block_has_a_block()
    {
        await using ModuleSession session = await ExampleWorld.StartAsync();
        string[] reasons = [.. Blocks(session).Select(static block => block.Reason).OfType<string>().Distinct()];
        Assert.Equal(session.Run("$NotRunBlocks | ForEach-Object { $_.Reason }").Output.Select(static reason => reason.ToString()).Order(), reasons.Order());
    }

    private static Block[] Blocks(ModuleSession session) =>
    [
        .. session.Run(". ($root + '/tests/Pester/GuideBlocks.ps1'); Get-GuideBlock $root $emulator").Output
            .Select(static block => new Block(Text(block, "Page")!, Text(block, "Line")!, Text(block, "Code")!, Text(block, "Reason"))),
    ];

    private static string? Text(PSObject block, string name) => block.Properties[name].Value?.ToString();

    private static bool CanRun(ModuleSession session, string code)
    {
        ScriptBlockAst script = Parser.ParseInput(code, out _, out _);
        string[] commands = [.. script.FindAll(static node => node is CommandAst, true).Cast<CommandAst>().Select(static command => command.GetCommandName()).OfType<string>().Distinct()];
        session.Set("commands", commands);
        return !code.Contains("$env:", StringComparison.Ordinal)
            && session.Run("$commands | ForEach-Object { [bool] (Get-Command $_ -ErrorAction Ignore) }").Output.All(static known => (bool)known.BaseObject);
    }

    private sealed record Block(string Page, string Line, string Code, string? Reason);
}
