using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Names that hold what a console would obey.</summary>
public class HostileNameTests
{
    private const string Evil = "a\u001b]0;owned\u0007\u001b[2J\u009b31m";

    [Fact]
    public async Task Escape_codes_in_names_reach_no_view_and_no_stream()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No file on Windows has such a name.");
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile(Evil + "-good.png");
        session.AddFile(Evil + "-lost.png");
        session.AddFile(Evil + "-refused.png");
        session.AddFile(Evil + "-empty.png", []);
        session.AddFile(Evil + "-other.png", "neither picture nor document"u8.ToArray());
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.CutAfter, Route = "LabelFile", FileName = "*lost*" });
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 400, Route = "LabelFile", FileName = "*refused*" });
        const string send = "(Get-ChildItem *.png) + (Join-Path $folder ('gone' + [char]27 + '[31m.png')) | Send-NanonetsDocument -Journal "
            + "uploads.db -OnAmbiguous Hold -Verbose -Debug";
        RunResult run = session.Run(send);
        Assert.Single(run.Output);
        Assert.Equal(5, run.Errors.Count);
        Assert.All(
            run.Errors.Select(static error => error.ToString()).Concat(run.Warnings).Concat(run.Verbose).Concat(run.Debug), AssertPlain);
        AssertPlain(session.Show("Get-ChildItem *good.png | Send-NanonetsDocument -Journal uploads.db"));
        AssertPlain(session.Show("Get-ChildItem *good.png | Send-NanonetsDocument -Journal uploads.db | Get-NanonetsResult -Wait"));
        AssertPlain(session.Show("Get-NanonetsJournalEntry -Journal uploads.db"));
        AssertPlain(session.Show("Get-ChildItem *good.png | Send-NanonetsDocument -WhatIf"));
    }

    /// <summary>The host's own colours are not ours.</summary>
    private static void AssertPlain(string text)
    {
        Assert.DoesNotContain("owned\u0007", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]0;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u009b", text, StringComparison.Ordinal);
        Assert.DoesNotContain("gone\u001b", text, StringComparison.Ordinal);
    }
}
